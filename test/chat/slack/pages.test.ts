/** The bot's home, clicks on it, and the menu of a message: through the real Bolt app, signed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackDeps } from '../../../src/chat/slack/index.ts';
import type { Interaction, Reply } from '../../../src/chat/types.ts';
import { AppError } from '../../../src/core/errors.ts';
import { text, type View } from '../../../src/view/elements.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { visible } from './block-kit.ts';
import { clickPayload } from './payloads.ts';
import {
  type RunningApp,
  type SlackStandIn,
  startApp,
  startSlackStandIn,
  UNPROCESSED,
} from './slack-stand-in.ts';

let slack: SlackStandIn;
let app: RunningApp;
let asked: Interaction[];
beforeEach(async () => {
  slack = await startSlackStandIn();
  asked = [];
});
afterEach(async () => {
  await app.stop();
  await slack.close();
});

const words = (said: string): View => ({ elements: [{ kind: 'text', spans: [text(said)] }] });
const withChart: View = { elements: [...words('bert: $12,480').elements, { kind: 'chart', chart }] };

async function running(replies: readonly Reply[], deps: Partial<SlackDeps> = {}): Promise<void> {
  app = await startApp(slack, {
    dispatch: async (interaction) => {
      asked.push(interaction);
      return interaction.kind === 'posted' ? [] : replies;
    },
    ...deps,
  });
}

describe('the home', () => {
  const opened = { type: 'app_home_opened', user: 'U1', channel: 'D7', tab: 'home', event_ts: '1' };

  it('is published for who opened it, tables as text, picture included', async () => {
    const table = { kind: 'table', columns: [{ title: 'model' }], rows: [['bert']] } as const;
    await running([{ kind: 'home', view: { elements: [...withChart.elements, table] } }]);
    await app.tell(opened);
    const { args } = await slack.seen('views.publish');
    expect(args.user_id).toBe('U1');
    expect(args.view.type).toBe('home');
    const kinds = args.view.blocks.map(({ type }: { type: string }) => type);
    expect(kinds).toContain('image');
    expect(kinds).not.toContain('table');
    expect(visible(args.view.blocks)).toContain('bert');
    expect(asked).toMatchObject([{ kind: 'home', actor: { id: 'U1' }, conversation: { channel: 'D7' } }]);
  });

  it('says what went wrong on the home itself', async () => {
    app = await startApp(slack, {
      dispatch: async () => {
        throw new TypeError('secret');
      },
    });
    await app.tell(opened);
    expect(visible((await slack.seen('views.publish')).args.view.blocks)).toMatch(
      /could not answer.*reference/,
    );
    expect(slack.of('chat.postMessage')).toEqual([]);
  });

  it('is shown plainer when Slack refuses it', async () => {
    slack.on('views.publish', (_, times) =>
      times < 3 ? { body: { ok: false, error: 'invalid_arguments' } } : undefined,
    );
    await running([{ kind: 'home', view: withChart }], { wait: () => new Promise(() => undefined) });
    await app.tell(opened);
    const { args } = await slack.seen('views.publish', (call) =>
      /plain text/.test(visible(call.args.view.blocks)),
    );
    expect(visible(args.view.blocks)).toContain('bert: $12,480');
  });

  it('leaves the messages tab alone', async () => {
    await running([{ kind: 'home', view: words('never') }]);
    await app.tell({ ...opened, tab: 'messages' });
    await app.platform.stop();
    expect(asked).toEqual([]);
  });
});

describe('a click on a page', () => {
  const clickOn = (view: object) => {
    const { channel: _, response_url: __, ...click } = clickPayload(slack, 'opaque-9', { ephemeral: false });
    return { ...click, container: { type: 'view', view_id: 'V1' }, view };
  };
  const home = { id: 'V1', type: 'home' };
  const dialog = { id: 'V7', type: 'modal' };
  const answer: Reply = { kind: 'private', view: withChart, replace: true };

  it('on the home opens the answer over it, and its picture follows', async () => {
    slack.on('files.info', (_, times) => (times < 3 ? UNPROCESSED : undefined));
    await running([answer], { wait: async () => undefined });
    const click = clickOn(home);
    await app.send(click);
    const opened = await slack.seen('views.open');
    expect(opened.args.trigger_id).toBe(Reflect.get(click, 'trigger_id'));
    expect(visible(opened.args.view.blocks)).toContain('Drawing the chart');
    const { args } = await slack.seen('views.update');
    expect(args.view_id).toBe('V1');
    expect(args.view.blocks).toContainEqual(expect.objectContaining({ type: 'image' }));
    expect(asked).toMatchObject([{ kind: 'button', buttonId: 'opaque-9', conversation: { channel: 'U1' } }]);
  });

  it('in an answer takes its place', async () => {
    await running([{ kind: 'private', view: words('by service'), replace: true }]);
    await app.send(clickOn(dialog));
    expect((await slack.seen('views.update')).args).toMatchObject({ view_id: 'V7' });
    expect(slack.of('views.open')).toEqual([]);
  });

  it('for a form opens it on top', async () => {
    const form = { form: 'ask', text: '', title: 'Ask', submit: 'Ask', id: 'form-1', fields: [] };
    await running([{ kind: 'form', form }]);
    await app.send(clickOn(dialog));
    expect((await slack.seen('views.push')).args.view.callback_id).toBe('form');
  });

  it('is answered by message when Slack no longer opens a dialog', async () => {
    slack.on('views.open', () => ({ body: { ok: false, error: 'expired_trigger_id' } }));
    await running([answer]);
    await app.send(clickOn(home));
    const { args } = await slack.seen('chat.postMessage');
    expect([args.channel, visible(args.blocks)]).toEqual(['D1', expect.stringContaining('bert: $12,480')]);
  });

  it('whose dialog was closed meanwhile is left at that', async () => {
    slack.on('files.info', (_, times) => (times < 3 ? UNPROCESSED : undefined));
    slack.on('views.update', () => ({ body: { ok: false, error: 'not_found' } }));
    await running([answer], { wait: async () => undefined });
    await app.send(clickOn(home));
    await app.platform.stop();
    expect(slack.of('views.update')).toHaveLength(1);
    expect(slack.of('chat.postMessage')).toEqual([]);
  });

  it('that goes wrong says so in the dialog', async () => {
    app = await startApp(slack, {
      dispatch: async () => {
        throw new AppError('NOT_FOUND', 'This button is too old.');
      },
    });
    await app.send(clickOn(home));
    expect(visible((await slack.seen('views.open')).args.view.blocks)).toBe('This button is too old.');
  });
});

describe('a message’s menu', () => {
  const chosen = (callback: string, message = {}) => ({
    type: 'message_action',
    callback_id: `pennywatch_${callback}`,
    trigger_id: '1.2',
    response_url: slack.responseUrl,
    message_ts: '17.5',
    channel: { id: 'C1', name: 'ml-search' },
    user: { id: 'U1', name: 'mira', team_id: 'T1' },
    team: { id: 'T1', domain: 'acme' },
    token: 'deprecated',
    action_ts: '1',
    message: { type: 'message', user: 'U2', ts: '17.5', text: 'is *bert* expensive?', ...message },
  });

  it('shares in the thread of the message', async () => {
    await running([{ kind: 'public', view: words('$12'), command: 'model bert' }]);
    await app.send(chosen('share'));
    expect((await slack.seen('chat.postMessage')).args).toMatchObject({ channel: 'C1', thread_ts: '17.5' });
    await app.platform.stop();
    expect(asked).toMatchObject([
      {
        kind: 'shortcut',
        shortcut: 'share',
        message: { id: '17.5', text: 'is bert expensive?', author: 'U2' },
        actor: { id: 'U1', name: 'mira' },
        conversation: { channel: 'C1', thread: '17.5' },
      },
      { kind: 'posted', conversation: { channel: 'C1', thread: '17.5' } },
    ]);
  });

  it('answers privately in the channel, or in the thread the message is in', async () => {
    await running([{ kind: 'private', view: words('pinned') }]);
    await app.send(chosen('pin'));
    const { args } = await slack.seen('response_url');
    expect([args.response_type, args.thread_ts]).toEqual(['ephemeral', undefined]);
    await app.send(chosen('pin', { thread_ts: '16.1' }));
    await slack.seen('response_url', (call) => call.args.thread_ts === '16.1');
    expect(asked).toMatchObject([{ shortcut: 'pin' }, { conversation: { thread: '16.1' } }]);
  });

  it('knows the bot’s own messages', async () => {
    await running([]);
    await app.send(chosen('pin', { user: 'UB', bot_id: 'B1', bot_profile: { name: 'Pennywatch' } }));
    await app.send(chosen('pin', { user: undefined, bot_id: 'B9', username: 'other-bot' }));
    await app.platform.stop();
    const messages = asked.map((one) => (one.kind === 'shortcut' ? one.message : undefined));
    expect(messages[0]).toEqual({ id: '17.5', text: 'is bert expensive?' });
    expect(messages[1]).toEqual({ id: '17.5', text: 'is bert expensive?', authorName: 'other-bot' });
    expect(slack.of('auth.test')).toHaveLength(1);
  });

  it('is answered also when Slack does not say who we are', async () => {
    slack.on('auth.test', () => ({ body: { ok: false, error: 'internal_error' } }));
    await running([{ kind: 'private', view: words('pinned') }]);
    await app.send(chosen('pin'));
    await slack.seen('response_url');
  });
});
