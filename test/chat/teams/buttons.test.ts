/** Clicks on cards: for whom the card changes, where answers go, and what happens when they take long. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/chat/types.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { View } from '../../../src/view/elements.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { idOf, offering, openly, privately, type RunningTeams, startTeams, words } from './running-teams.ts';
import { textOfCard, textOfMessage } from './teams-stand-in-cards.ts';
import { PEOPLE, SEARCH, type StandInMessage, TENANT } from './teams-stand-in-world.ts';

let app: RunningTeams;
beforeAll(async () => {
  app = await startTeams();
});
afterEach(() => app.reset());
afterAll(() => app.stop());

const anomaly = offering('bert is $1,460 above expected', 'By service', 'Share');

/** A message of ours that is there before anybody clicks. */
async function delivered(view: View, channel: string): Promise<StandInMessage> {
  await app.teams.as('mira').says('hello', { in: channel, mention: true });
  await app.settled();
  app.asked.length = 0;
  const ref = await app.platform.deliver({ platform: 'teams', workspace: TENANT, channel }, view);
  const message = app.teams.messages(channel).find(({ id }) => id === ref.id);
  if (!message) throw new Error('It was not delivered.');
  return message;
}

const shown = (message: StandInMessage): string => textOfMessage(message.activity);

describe('a click in a channel', () => {
  it('changes the card for the person who clicked, and for nobody else', async () => {
    const message = await delivered(anomaly, SEARCH);
    const before = shown(message);
    app.answer(async ({ actor }) => [
      privately(words(`for ${actor.kind === 'person' ? actor.name : ''}`), true),
    ]);
    const [mira, jon] = [app.teams.as('mira'), app.teams.as('jon')];
    const hers = await mira.clicks('By service', message);
    const his = await jon.clicks('By service', message);
    expect([hers.text, his.text]).toEqual(['for Mira Chen\nBack', 'for Jon Park\nBack']);
    await app.settled();
    expect([shown(message), message.edits, app.teams.messages(SEARCH).length]).toEqual([before, 0, 1]);
    expect(app.asked[0]).toEqual({
      kind: 'button',
      buttonId: idOf('By service'),
      actor: {
        kind: 'person',
        platform: 'teams',
        id: PEOPLE.mira.id,
        name: 'Mira Chen',
        workspace: TENANT,
      },
      conversation: { platform: 'teams', workspace: TENANT, channel: SEARCH, thread: message.id },
    });
  });

  it('leads back to what the message shows by then', async () => {
    const message = await delivered(anomaly, SEARCH);
    app.answer([privately(words('by service: 3 services'), true)]);
    const mira = app.teams.as('mira');
    const answer = await mira.clicks('By service', message);
    const ref = { platform: 'teams', channel: SEARCH, id: message.id };
    await app.platform.update(ref, offering('resolved', 'By service'));
    const back = await mira.clicks('Back', answer.surface ?? message);
    expect(back.text).toBe('resolved\nBy service');
    expect(app.asked).toHaveLength(1);
  });

  it('says so where it no longer knows what the message shows', async () => {
    const message = await delivered(anomaly, SEARCH);
    const value = {
      action: { type: 'Action.Execute', verb: 'back', data: { pw: 'back' } },
      trigger: 'manual',
    };
    const place = { in: SEARCH, thread: message.id, replyTo: 'of-another-day' };
    const back = await app.teams.as('mira').invokes('adaptiveCard/action', value, place);
    expect(back.body.type).toBe('application/vnd.microsoft.activity.message');
    expect(back.text).toContain('The message itself shows');
  });

  it('carries the picture into the card', async () => {
    const message = await delivered(anomaly, SEARCH);
    app.answer([privately({ elements: [{ kind: 'chart', chart }] }, true)]);
    const answer = await app.teams.as('mira').clicks('By service', message);
    expect(JSON.stringify(answer.body.value)).toContain('data:image/png;base64,');
  });

  it('shares in the thread, tells where that is, and leaves the card as it is', async () => {
    const message = await delivered(anomaly, SEARCH);
    app.answer([openly(words('bert, shared by Mira Chen'), 'model bert')]);
    const answer = await app.teams.as('mira').clicks('Share', message);
    expect(answer.body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Posted in this thread.',
    });
    await app.settled();
    const [, posted] = app.teams.messages(SEARCH);
    expect([posted?.thread, posted && shown(posted)]).toEqual([message.id, 'bert, shared by Mira Chen']);
    expect(app.posted).toMatchObject([{ command: 'model bert', messageId: posted?.id }]);
  });

  it('refuses in the card, with a way back', async () => {
    const message = await delivered(anomaly, SEARCH);
    app.answer(async () => {
      throw new AppError('FORBIDDEN', "You can't approve this: you asked for it.", { hint: 'Jon Park can.' });
    });
    const answer = await app.teams.as('mira').clicks('By service', message);
    expect(answer.text).toBe("You can't approve this: you asked for it.\nJon Park can.\nBack");
    expect(message.edits).toBe(0);
  });

  it('gives a reference for an unexpected error', async () => {
    const message = await delivered(anomaly, SEARCH);
    app.answer(async () => {
      throw new TypeError('cannot read secret of undefined');
    });
    const { text } = await app.teams.as('mira').clicks('By service', message);
    const reference = /reference ([0-9A-F]{8})/.exec(text)?.[1];
    expect(text).not.toContain('secret');
    expect(app.log.find(({ level }) => level === 'error')?.fields.reference).toBe(reference);
  });

  it('of an older client is answered in the person’s own chat', async () => {
    const message = await delivered(anomaly, SEARCH);
    app.answer([privately(words('by service'), true)]);
    const mira = app.teams.as('mira');
    await mira.clicks('By service', message, { old: true });
    await app.settled();
    expect(app.asked[0]).toMatchObject({ kind: 'button', buttonId: idOf('By service') });
    expect(app.teams.posted(mira.direct)).toEqual(['by service']);
    expect([message.edits, app.teams.messages(SEARCH).length]).toEqual([0, 1]);
  });
});

/** An answer with buttons, in the person's own chat. */
async function answered(): Promise<StandInMessage> {
  const mira = app.teams.as('mira');
  app.answer([openly(anomaly)]);
  await mira.says('cost why bert');
  const [message] = await app.teams.postedCount(1, mira.direct);
  if (!message) throw new Error('It was not answered.');
  await app.settled();
  return message;
}

describe('a click in a personal chat', () => {
  it.each([{ old: false }, { old: true }])(
    'rewrites the answer, so that it is still there tomorrow: %j',
    async (client) => {
      const mira = app.teams.as('mira');
      const message = await answered();
      app.answer([privately(words('by service: 3 services'), true)]);
      const { text } = await mira.clicks('By service', message, client);
      expect(text).toBe(client.old ? '' : 'by service: 3 services');
      await app.settled();
      expect([shown(message), app.teams.messages(mira.direct).length]).toEqual(['by service: 3 services', 1]);
    },
  );

  it.each([{ old: false }, { old: true }])(
    'leaves a report as it is, and answers below: %j',
    async (client) => {
      const mira = app.teams.as('mira');
      const message = await delivered(anomaly, mira.direct);
      app.answer([privately(words('by service: 3 services'), true)]);
      await mira.clicks('By service', message, client);
      await app.settled();
      expect(app.teams.posted(mira.direct)).toEqual([shown(message), 'by service: 3 services']);
      expect(message.edits).toBe(0);
    },
  );

  it('brings a new message where nothing is replaced', async () => {
    const mira = app.teams.as('mira');
    const message = await answered();
    app.answer([privately(words('You are not allowed to.'))]);
    const answer = await mira.clicks('By service', message);
    expect(answer.body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: 'The answer is below.',
    });
    await app.settled();
    expect(app.teams.posted(mira.direct)).toEqual([shown(message), 'You are not allowed to.']);
    expect(message.edits).toBe(0);
  });

  it('is answered in the card where Teams takes no message', async () => {
    const mira = app.teams.as('mira');
    const message = await delivered(anomaly, mira.direct);
    app.answer([privately(words('You are not allowed to.'))]);
    app.teams.failNext({ on: 'send', status: 500 });
    expect((await mira.clicks('By service', message)).text).toBe('You are not allowed to.\nBack');
  });

  it('leaves the home where it is', async () => {
    const mira = app.teams.as('mira');
    app.answer([{ kind: 'home', view: anomaly }]);
    await mira.says('home');
    const [home] = await app.teams.postedCount(1, mira.direct);
    await app.settled();
    app.answer([privately(words('by service'), true)]);
    if (home) await mira.clicks('By service', home);
    await app.settled();
    expect(app.teams.posted(mira.direct)).toEqual([home && shown(home), 'by service']);
    expect(home?.edits).toBe(0);
  });
});

describe('an answer that takes long', () => {
  /** Clicks, lets the patience end, and only then answers. */
  async function lateAnswer(on: StandInMessage, replies: readonly Reply[]): Promise<string> {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    app.answer(async () => {
      await held;
      return replies;
    });
    const clicked = app.teams.as('mira').clicks('By service', on);
    await app.askedOnce();
    app.pass('invoke');
    const { text } = await clicked;
    release();
    await app.settled();
    return text;
  }

  it('is said to be coming, and comes in the personal chat', async () => {
    const mira = app.teams.as('mira');
    const message = await answered();
    app.asked.length = 0;
    expect(await lateAnswer(message, [privately(words('after all'), true)])).toBe(
      'Working on it: the answer follows.',
    );
    expect(app.teams.posted(mira.direct)).toEqual([shown(message), 'after all']);
    expect(message.edits).toBe(0);
  });

  it('comes to the person alone when it was asked in a channel', async () => {
    const message = await delivered(anomaly, SEARCH);
    await lateAnswer(message, [privately(words('after all'), true)]);
    expect(app.teams.posted(app.teams.as('mira').direct)).toEqual(['after all']);
    expect(app.teams.messages(SEARCH)).toHaveLength(1);
  });

  it('comes in the thread by name to somebody who cannot be written to', async () => {
    const message = await delivered(anomaly, SEARCH);
    app.teams.failNext({ on: 'send', status: 403, code: 'BotNotInConversationRoster' });
    await lateAnswer(message, [privately(words('after all'), true)]);
    const [, late] = app.teams.messages(SEARCH);
    expect([late?.thread, late && shown(late)]).toEqual([message.id, 'For Mira Chen:\nafter all']);
  });
});

describe('a view of one’s own', () => {
  const mine = {
    label: 'What I can do',
    id: 'mine-1',
    action: { do: 'command', text: 'proposal 1' },
  } as const;
  const proposal: View = {
    elements: [
      ...words('Shut down 1 job?').elements,
      { kind: 'actions', deciders: true, buttons: [{ label: 'Approve', id: 'yes', action: mine.action }] },
    ],
    mine: { button: mine, people: [{ teams: PEOPLE.mira.id }, { slack: 'U0JON001' }] },
  };
  const decider = offering('Shut down 1 job?', 'Approve');
  const personal: Parameters<RunningTeams['answer']>[0] = async ({ actor }) =>
    actor.kind === 'person' && actor.id === PEOPLE.mira.id
      ? [privately(decider, true)]
      : [privately(words('You have no say in this.'))];

  it('is shown to those who have one, by itself, and to others on request', async () => {
    const message = await delivered(proposal, SEARCH);
    expect(shown(message)).toBe('Shut down 1 job?\nWhat I can do');
    app.answer(personal);
    const [mira, jon] = [app.teams.as('mira'), app.teams.as('jon')];
    const card = message.activity.attachments[0].content;
    expect(card.refresh.userIds).toEqual([PEOPLE.mira.userId]);
    expect((await mira.refreshes(message)).text).toBe('Shut down 1 job?\nApprove');
    expect((await jon.clicks('What I can do', message)).text).toBe('You have no say in this.\nBack');
    expect(app.asked).toMatchObject([
      { kind: 'button', buttonId: 'mine-1', actor: { id: PEOPLE.mira.id } },
      { kind: 'button', buttonId: 'mine-1', actor: { id: PEOPLE.jon.id } },
    ]);
    await app.settled();
    expect(message.edits).toBe(0);
  });

  it('never brings words to somebody who only looked', async () => {
    const message = await delivered(proposal, SEARCH);
    const jon = app.teams.as('jon');
    app.answer(personal);
    expect((await jon.refreshes(message)).text).toBe('Shut down 1 job?\nWhat I can do');
    app.answer(async () => {
      throw new TypeError('broken');
    });
    expect((await jon.refreshes(message)).text).toBe('Shut down 1 job?\nWhat I can do');
    await app.settled();
    expect([app.teams.messages(jon.direct), app.teams.messages(SEARCH).length]).toEqual([[], 1]);
  });

  it('is asked for once, and what fails leaves the message as it is', async () => {
    const message = await delivered(proposal, SEARCH);
    app.answer([privately(words('This button has expired.'))]);
    expect((await app.teams.as('mira').refreshes(message)).text).toBe('Shut down 1 job?\nWhat I can do');
    expect(app.asked).toHaveLength(1);
  });

  it('is what the way back leads to', async () => {
    const message = await delivered(proposal, SEARCH);
    app.answer(async (interaction) =>
      interaction.kind === 'button' && interaction.buttonId === 'mine-1'
        ? personal(interaction)
        : [privately(words('details'), true)],
    );
    const mira = app.teams.as('mira');
    const own = await mira.refreshes(message);
    const details = await mira.clicks('Approve', own.surface ?? message);
    expect(details.text).toBe('details\nBack');
    expect((await mira.clicks('Back', details.surface ?? message)).text).toBe('Shut down 1 job?\nApprove');
  });
});

describe('a click that cannot be understood', () => {
  it.each([
    ['no data', { action: { type: 'Action.Execute', verb: 'button' }, trigger: 'manual' }],
    ['somebody else’s data', { action: { type: 'Action.Execute', verb: 'button', data: { x: 1 } } }],
    ['an unknown verb', { action: { type: 'Action.Execute', verb: 'run', data: { pw: 'button', id: 'x' } } }],
    ['another verb than its data', { action: { verb: 'mine', data: { pw: 'button', id: 'x' } } }],
    ['no id', { action: { verb: 'button', data: { pw: 'button' } } }],
    ['an endless id', { action: { verb: 'button', data: { pw: 'button', id: 'x'.repeat(9_999) } } }],
    ['no action', { trigger: 'manual' }],
  ])('is told so: %s', async (_, value) => {
    const { status, body, text } = await app.teams.as('mira').invokes('adaptiveCard/action', value);
    expect([status, body.statusCode, body.type]).toEqual([200, 400, 'application/vnd.microsoft.error']);
    expect(text).toContain('cannot read this click');
    expect(app.asked).toEqual([]);
  });

  it('of a kind nobody here asked for is not implemented', async () => {
    const { status, body } = await app.teams.as('mira').invokes('signin/verifyState', { state: 'x' });
    expect([status, body.error.code]).toEqual([501, 'NotImplemented']);
  });

  it('is not answered to whom Teams does not name', async () => {
    const message = await delivered(anomaly, SEARCH);
    const { data, verb } = message.activity.attachments[0].content.body.at(-1).actions[0];
    const { body } = await app.teams.as('mira').sends(
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        from: { id: '29:anonymous' },
        value: { action: { type: 'Action.Execute', verb, data } },
      },
      { in: SEARCH },
    );
    expect(textOfCard(body.value) || body.value).toContain('did not say who you are');
    expect(app.asked).toEqual([]);
  });
});
