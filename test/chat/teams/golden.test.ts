/** Every message of the product on both platforms: valid, within the limits, nothing live but what was meant, and reviewed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { renderMessage as renderSlack } from '../../../src/chat/slack/render.ts';
import { renderForm as renderSlackForm } from '../../../src/chat/slack/render-form.ts';
import { renderCard, renderMessage } from '../../../src/chat/teams/render.ts';
import { renderForm } from '../../../src/chat/teams/render-form.ts';
import type { TeamsMessage } from '../../../src/chat/teams/types.ts';
import { goldensIn, matchesGolden } from '../golden.ts';
import type { Samples } from '../sample-views/collect.ts';
import { registered, registeredForm, sampleViews } from '../sample-views.ts';
import { blockKitProblems, liveParts as liveInSlack } from '../slack/block-kit.ts';
import { cardProblems, messageProblems } from './adaptive-card.ts';
import { liveParts } from './card-reader.ts';

const CONVERSATION = { platform: 'teams', channel: '19:search@thread.tacv2', thread: '1700000000000' };
let samples: Samples;
beforeAll(async () => {
  samples = await sampleViews();
}, 120_000);

const views = () => Object.entries(samples.views);
const forms = () => Object.entries(samples.forms);
const cardOf = ({ attachments }: TeamsMessage) => attachments[0]?.content;

describe('every message', () => {
  it('is there', () => {
    expect(views().length).toBeGreaterThan(60);
    expect(forms().length).toBeGreaterThan(10);
  });

  it('is a valid card with nothing live but mentions of people', () => {
    for (const [name, view] of views()) {
      const message = renderMessage(registered(view, 'teams'));
      expect(messageProblems(message), name).toEqual([]);
      const live = liveParts(cardOf(message));
      expect(
        live.filter((part) => !/^@[0-9a-f-]{36}$/.test(part)),
        name,
      ).toEqual([]);
      expect(
        cardProblems(renderCard(registered(view, 'teams'), { back: true, dialogs: true })),
        name,
      ).toEqual([]);
    }
  });

  it('is valid in Slack', () => {
    for (const [name, view] of views()) {
      const message = renderSlack(registered(view, 'slack'));
      expect(blockKitProblems(message.blocks), name).toEqual([]);
      expect(
        liveInSlack(message).filter((part) => !/^@[US]\w+$/.test(part)),
        name,
      ).toEqual([]);
    }
  });

  it('is a dialog on both', () => {
    for (const [name, form] of forms()) {
      for (const inDialog of [true, false]) {
        const card = renderForm(registeredForm(form, 'teams'), {
          inDialog,
          back: true,
          conversation: CONVERSATION,
        });
        expect(cardProblems(card), name).toEqual([]);
        expect(liveParts(card), name).toEqual([]);
      }
      const modal = renderSlackForm(registeredForm(form, 'slack'), '');
      expect(blockKitProblems(modal.blocks, 'modal'), name).toEqual([]);
    }
  });
});

describe('as reviewed', () => {
  it('messages in Teams', () => {
    for (const [name, view] of views())
      matchesGolden(`teams/${name}.json`, cardOf(renderMessage(registered(view, 'teams'))));
  });

  it('messages in Slack', () => {
    for (const [name, view] of views())
      matchesGolden(`slack/messages/${name}.json`, renderSlack(registered(view, 'slack')));
  });

  it('dialogs', () => {
    for (const [name, form] of forms()) {
      const options = { inDialog: false, back: true, conversation: CONVERSATION };
      matchesGolden(`teams/form-${name}.json`, renderForm(registeredForm(form, 'teams'), options));
      matchesGolden(`slack/messages/form-${name}.json`, renderSlackForm(registeredForm(form, 'slack'), ''));
    }
  });

  it('and nothing else', () => {
    const names = [...views().map(([name]) => name), ...forms().map(([name]) => `form-${name}`)].sort();
    for (const folder of ['teams', 'slack/messages']) expect(goldensIn(folder)).toEqual(names);
  });
});
