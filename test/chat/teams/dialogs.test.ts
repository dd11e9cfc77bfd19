/** Forms: in a Teams dialog, or in the place of the card where there are no dialogs. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Dispatch } from '../../../src/chat/types.ts';
import {
  form,
  formButton,
  offering,
  openly,
  privately,
  type RunningTeams,
  startTeams,
  words,
} from './running-teams.ts';
import { textOfMessage } from './teams-stand-in-cards.ts';
import { SEARCH, type StandInMessage, TENANT } from './teams-stand-in-world.ts';

let app: RunningTeams;
/** Teams with dialogs, and a local client without. */
let apps: { readonly real: RunningTeams; readonly local: RunningTeams };
beforeAll(async () => {
  apps = { real: await startTeams(), local: await startTeams({ local: true }) };
});
afterEach(() => app.reset());
afterAll(async () => {
  await apps.real.stop();
  await apps.local.stop();
});

const budget = offering('search has no budget', formButton('Set…'));

/** A message with a form button; in the person's own chat unless told. */
async function start(which: keyof typeof apps, channel = apps[which].teams.as('mira').direct) {
  app = apps[which];
  await app.teams.as('mira').says('hello', { in: channel, mention: true });
  await app.settled();
  app.asked.length = 0;
  const ref = await app.platform.deliver({ platform: 'teams', workspace: TENANT, channel }, budget);
  const message = app.teams.messages(channel).find(({ id }) => id === ref.id);
  if (!message) throw new Error('It was not delivered.');
  return message;
}

const answering =
  (answer: readonly ReturnType<typeof privately>[] | readonly ReturnType<typeof openly>[]): Dispatch =>
  async ({ kind }) =>
    kind === 'form' ? answer : [{ kind: 'form', form }];

const shown = (message: StandInMessage): string => textOfMessage(message.activity);

describe('a form in a dialog', () => {
  it('opens over the message of a channel, and is answered in the dialog', async () => {
    const message = await start('real', SEARCH);
    app.answer(answering([privately(offering('Budget: $700', 'Undo'))]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    expect(opened.body.task).toMatchObject({ type: 'continue', value: { title: 'Set a budget' } });
    expect(opened.surface?.dialog).toBe(true);
    const answer = await mira.submits('Set', { amount: '700' }, opened.surface ?? message);
    expect(answer.text).toBe('Budget: $700\nUndo');
    const conversation = { platform: 'teams', workspace: TENANT, channel: SEARCH, thread: message.id };
    expect(app.asked).toMatchObject([
      { kind: 'button', conversation },
      { kind: 'form', formId: 'form-1', values: { amount: '700' }, conversation },
    ]);
    expect(Object.keys(app.asked[1]?.kind === 'form' ? app.asked[1].values : {})).toEqual(['amount']);
    await app.settled();
    expect([message.edits, app.teams.messages(SEARCH).length]).toEqual([0, 1]);

    app.answer([privately(words('undone'), true)]);
    expect((await mira.clicks('Undo', answer.surface ?? message)).text).toBe('undone');
    expect(app.asked[2]).toMatchObject({ kind: 'button', buttonId: 'id-undo', conversation });
  });

  it('is closed in a personal chat, where the answer is a message', async () => {
    const message = await start('real');
    app.answer(answering([privately(words('Budget: $700'))]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    const answer = await mira.submits('Set', {}, opened.surface ?? message);
    expect([answer.status, answer.body]).toEqual([200, undefined]);
    await app.settled();
    expect(app.teams.posted(mira.direct)).toEqual([shown(message), 'Budget: $700']);
    expect(app.asked[1]).toMatchObject({ values: { amount: '500' } });
  });

  it('keeps an answer that Teams does not take as a message', async () => {
    const message = await start('real');
    app.answer(answering([privately(words('Budget: $700'))]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    app.teams.failNext({ on: 'send', status: 500 });
    expect((await mira.submits('Set', {}, opened.surface ?? message)).text).toBe('Budget: $700');
  });

  it('says where an answer for all was posted', async () => {
    const message = await start('real', SEARCH);
    app.answer(answering([openly(words('Budget of search: $700'), 'budget')]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    const answer = await mira.submits('Set', {}, opened.surface ?? message);
    expect(answer.body.task).toEqual({ type: 'message', value: 'Posted in this thread.' });
    await app.settled();
    expect(app.teams.messages(SEARCH).map(({ thread }) => thread)).toEqual([undefined, message.id]);
  });

  it('shows a refusal instead of a form', async () => {
    const message = await start('real', SEARCH);
    app.answer([privately(words('You can’t change this budget.'))]);
    const answer = await app.teams.as('mira').clicks('Set…', message);
    expect([answer.text, answer.surface?.dialog]).toEqual(['You can’t change this budget.', true]);
  });

  it('that takes long comes to the person alone, and works from there', async () => {
    const message = await start('real', SEARCH);
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    app.answer(async ({ kind }) => {
      if (kind === 'form') return [privately(words('Budget: $700'))];
      await held;
      return [{ kind: 'form', form }];
    });
    const mira = app.teams.as('mira');
    const clicked = mira.clicks('Set…', message);
    await app.askedOnce();
    app.pass('invoke');
    expect((await clicked).body.task).toEqual({
      type: 'message',
      value: 'Working on it: the answer follows.',
    });
    release();
    await app.settled();
    const [, late] = app.teams.messages(mira.direct);
    if (!late) throw new Error('The form did not come.');
    const answer = await mira.submits('Set', { amount: '700' }, late);
    await app.settled();
    expect(answer.status).toBe(200);
    expect(app.asked[1]).toMatchObject({
      kind: 'form',
      values: { amount: '700' },
      conversation: { channel: mira.direct, direct: true },
    });
    expect(app.teams.posted(mira.direct).at(-1)).toBe('Budget: $700');
  });

  it('of another conversation is not taken', async () => {
    const message = await start('real', SEARCH);
    app.answer(answering([privately(words('Budget: $700'))]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    if (!opened.surface) throw new Error('No form was opened.');
    const elsewhere = await mira.submits('Set', {}, { ...opened.surface, conversation: mira.direct });
    expect(elsewhere.status).toBe(400);
    expect(app.asked.map(({ kind }) => kind)).toEqual(['button']);
  });

  it.each([{}, { data: { x: 1 } }, { data: { pw: 'back' } }])('is refused when broken: %j', async (value) => {
    app = apps.real;
    for (const name of ['task/fetch', 'task/submit'])
      expect((await app.teams.as('mira').invokes(name, value)).status).toBe(400);
  });
});

describe('a form where there are no dialogs', () => {
  it('takes the place of the card for the person who clicked, and can be cancelled', async () => {
    const message = await start('local', SEARCH);
    app.answer(answering([privately(words('Budget: $700'))]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    expect(opened.text.split('\n')).toEqual(
      expect.arrayContaining(['Set a budget', 'Amount', 'Set', 'Cancel']),
    );
    const cancelled = await mira.clicks('Cancel', opened.surface ?? message);
    expect(cancelled.text).toBe(shown(message));
    const answer = await mira.submits('Set', { amount: '700', why: '' }, opened.surface ?? message);
    expect(answer.text).toBe('Budget: $700\nBack');
    expect(app.asked[1]).toMatchObject({ kind: 'form', formId: 'form-1', values: { amount: '700' } });
    expect(Object.keys(app.asked[1]?.kind === 'form' ? app.asked[1].values : {})).toEqual(['amount']);
    expect(message.edits).toBe(0);
  });

  it('makes room for the card again in a personal chat, with the answer below', async () => {
    const message = await start('local');
    app.answer(answering([privately(words('Budget: $700'))]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    const answer = await mira.submits('Set', {}, opened.surface ?? message);
    expect(answer.text).toBe(shown(message));
    await app.settled();
    expect(app.teams.posted(mira.direct)).toEqual([shown(message), 'Budget: $700']);
  });

  it('of another conversation is not taken', async () => {
    const message = await start('local', SEARCH);
    app.answer(answering([privately(words('Budget: $700'))]));
    const mira = app.teams.as('mira');
    const opened = await mira.clicks('Set…', message);
    if (!opened.surface) throw new Error('No form was opened.');
    const elsewhere = await mira.submits('Set', {}, { ...opened.surface, conversation: mira.direct });
    expect(elsewhere.body.statusCode).toBe(400);
    expect(app.asked.map(({ kind }) => kind)).toEqual(['button']);
  });
});
