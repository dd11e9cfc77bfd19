/** Clicks on cards: for whom the card changes, where answers go, and what happens when they take long. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { idOf, offering, openly, privately, type RunningTeams, startTeams, words } from './running-teams.ts';
import { anomaly, answered, delivered } from './standing-messages.ts';
import { textOfCard, textOfMessage } from './teams-stand-in-cards.ts';
import { PEOPLE, SEARCH, type StandInMessage, TENANT } from './teams-stand-in-world.ts';

let app: RunningTeams;
beforeAll(async () => {
  app = await startTeams();
});
afterEach(() => app.reset());
afterAll(() => app.stop());

const shown = (message: StandInMessage): string => textOfMessage(message.activity);

describe('a click in a channel', () => {
  it('changes the card for the person who clicked, and for nobody else', async () => {
    const message = await delivered(app, anomaly, SEARCH);
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
    const message = await delivered(app, anomaly, SEARCH);
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
    const message = await delivered(app, anomaly, SEARCH);
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
    const message = await delivered(app, anomaly, SEARCH);
    app.answer([privately({ elements: [{ kind: 'chart', chart }] }, true)]);
    const answer = await app.teams.as('mira').clicks('By service', message);
    expect(JSON.stringify(answer.body.value)).toContain('data:image/png;base64,');
  });

  it('shares in the thread, tells where that is, and leaves the card as it is', async () => {
    const message = await delivered(app, anomaly, SEARCH);
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
    const message = await delivered(app, anomaly, SEARCH);
    app.answer(async () => {
      throw new AppError('FORBIDDEN', "You can't approve this: you asked for it.", { hint: 'Jon Park can.' });
    });
    const answer = await app.teams.as('mira').clicks('By service', message);
    expect(answer.text).toBe("You can't approve this: you asked for it.\nJon Park can.\nBack");
    expect(message.edits).toBe(0);
  });

  it('gives a reference for an unexpected error', async () => {
    const message = await delivered(app, anomaly, SEARCH);
    app.answer(async () => {
      throw new TypeError('cannot read secret of undefined');
    });
    const { text } = await app.teams.as('mira').clicks('By service', message);
    const reference = /reference ([0-9A-F]{8})/.exec(text)?.[1];
    expect(text).not.toContain('secret');
    expect(app.log.find(({ level }) => level === 'error')?.fields.reference).toBe(reference);
  });

  it('of an older client is answered in the person’s own chat', async () => {
    const message = await delivered(app, anomaly, SEARCH);
    app.answer([privately(words('by service'), true)]);
    const mira = app.teams.as('mira');
    await mira.clicks('By service', message, { old: true });
    await app.settled();
    expect(app.asked[0]).toMatchObject({ kind: 'button', buttonId: idOf('By service') });
    expect(app.teams.posted(mira.direct)).toEqual(['by service']);
    expect([message.edits, app.teams.messages(SEARCH).length]).toEqual([0, 1]);
  });
});

describe('a click in a personal chat', () => {
  it.each([{ old: false }, { old: true }])(
    'rewrites the answer, so that it is still there tomorrow: %j',
    async (client) => {
      const mira = app.teams.as('mira');
      const message = await answered(app);
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
      const message = await delivered(app, anomaly, mira.direct);
      app.answer([privately(words('by service: 3 services'), true)]);
      await mira.clicks('By service', message, client);
      await app.settled();
      expect(app.teams.posted(mira.direct)).toEqual([shown(message), 'by service: 3 services']);
      expect(message.edits).toBe(0);
    },
  );

  it('brings a new message where nothing is replaced', async () => {
    const mira = app.teams.as('mira');
    const message = await answered(app);
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
    const message = await delivered(app, anomaly, mira.direct);
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
    const message = await delivered(app, anomaly, SEARCH);
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
