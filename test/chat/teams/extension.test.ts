/** "Share" and "Pin" in the menu of a message. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wordsOfCard } from '../../../src/chat/teams/card-words.ts';
import { renderCard } from '../../../src/chat/teams/render.ts';
import { bold, text } from '../../../src/view/elements.ts';
import { hostileView, samples } from '../../contracts/chat-platform.ts';
import { offering, openly, privately, type RunningTeams, startTeams, words } from './running-teams.ts';
import type { Json } from './teams-stand-in-cards.ts';
import { APP_ID, CLOSED, GROUP_CHAT, PEOPLE, SEARCH, TENANT } from './teams-stand-in-world.ts';

let app: RunningTeams;
beforeAll(async () => {
  app = await startTeams();
});
afterEach(() => app.reset());
afterAll(() => app.stop());

const question: Json = {
  id: '1700000000001',
  messageType: 'message',
  createdDateTime: '2026-11-20T09:00:00Z',
  from: { user: { userIdentityType: 'aadUser', id: PEOPLE.jon.id.toUpperCase(), displayName: 'Jon Park' } },
  body: { contentType: 'html', content: '<div><p>how much did&nbsp;<b>bert</b> cost?</p></div>' },
  attachments: [],
  mentions: [],
};

/** Chooses from the menu of a message. */
function chooses(
  command: string,
  payload: Json = question,
  place: object = { in: SEARCH, thread: question.id },
) {
  const value = { commandId: command, commandContext: 'message', messagePayload: payload };
  return app.teams.as('mira').invokes('composeExtension/fetchTask', value, place);
}

describe('the menu of a message', () => {
  it('pins, and says so in a dialog', async () => {
    app.answer([privately(offering('Pinned for the report of Mon 23 Nov', 'Take off'))]);
    const answer = await chooses('pennywatch_pin');
    expect(answer.body.task.type).toBe('continue');
    expect(answer.text).toBe('Pinned for the report of Mon 23 Nov\nTake off');
    expect(app.asked).toEqual([
      {
        kind: 'shortcut',
        shortcut: 'pin',
        message: {
          id: question.id,
          text: 'how much did bert cost?',
          author: PEOPLE.jon.id,
          authorName: 'Jon Park',
        },
        actor: {
          kind: 'person',
          platform: 'teams',
          id: PEOPLE.mira.id,
          name: 'Mira Chen',
          workspace: TENANT,
        },
        conversation: { platform: 'teams', workspace: TENANT, channel: SEARCH, thread: question.id },
      },
    ]);

    app.answer([privately(words('Taken off.'), true)]);
    const { data } = answer.body.task.value.card.content.body.at(-1).actions[0];
    const value = { commandId: 'pennywatch_pin', commandContext: 'message', data, messagePayload: question };
    const place = { in: SEARCH, thread: question.id };
    const done = await app.teams.as('mira').invokes('composeExtension/submitAction', value, place);
    expect(done.text).toBe('Taken off.');
    expect(app.asked[1]).toMatchObject({ kind: 'button', buttonId: 'id-take-off' });
  });

  it('shares into the thread of the message, and in a chat without one', async () => {
    app.answer([openly(words('bert: $12,480'), 'model bert')]);
    const said = await app.teams.as('jon').says('look', { in: SEARCH, mention: false });
    await app.teams.as('jon').says('hello', { in: GROUP_CHAT });
    await app.settled();
    app.asked.length = 0;
    const inChannel = { ...question, id: said.id };
    expect((await chooses('pennywatch_share', inChannel, { in: SEARCH })).body.task).toEqual({
      type: 'message',
      value: 'Posted in this thread.',
    });
    expect((await chooses('pennywatch_share', question, { in: GROUP_CHAT })).text).toBe(
      'Posted in this chat.',
    );
    await app.settled();
    expect(app.teams.messages(SEARCH).map(({ thread }) => thread)).toEqual([said.id]);
    expect(app.posted.at(-1)).toMatchObject({
      command: 'model bert',
      conversation: { platform: 'teams', workspace: TENANT, channel: GROUP_CHAT },
    });
  });

  it('says in the dialog that the bot cannot write there', async () => {
    app.answer([openly(words('bert: $12,480'))]);
    const { text } = await chooses('pennywatch_share', question, { in: CLOSED, thread: question.id });
    expect(text).toContain('not installed');
  });

  it('knows the bot’s own messages, and that it is named in a message', async () => {
    const from = { application: { applicationIdentityType: 'bot', id: APP_ID, displayName: 'Pennywatch' } };
    const card = renderCard({ elements: [samples.heading, samples.table, samples.context] });
    const attachments = [
      { contentType: 'application/vnd.microsoft.card.adaptive', content: JSON.stringify(card) },
    ];
    const own = { id: '9', from, attachments, body: { content: '<attachment id="x"></attachment>' } };
    await chooses('pennywatch_pin', own);
    const named = {
      ...question,
      body: { content: '<p><at id="0">Pennywatch</at>, ask <at id="1">Jon Park</at> about bert</p>' },
      mentions: [
        { id: 0, mentionText: 'Pennywatch', mentioned: from },
        { id: 1, mentionText: 'Jon Park', mentioned: { user: { id: PEOPLE.jon.id } } },
      ],
    };
    await chooses('pennywatch_share', named);
    const [first, second] = app.asked.flatMap((one) => (one.kind === 'shortcut' ? [one.message] : []));
    expect(Object.keys(first ?? {})).toEqual(['id', 'text']);
    expect(first?.text).toContain('bert: $12,480 in the last 30 days');
    expect(first?.text).toContain('training · $7,900');
    expect(second?.text).toBe('ask @Jon Park about bert');
  });

  it.each([
    ['another command', { commandId: 'other', messagePayload: question }],
    ['no message', { commandId: 'pennywatch_pin' }],
    ['a message without an id', { commandId: 'pennywatch_pin', messagePayload: { body: {} } }],
  ])('refuses %s', async (_, value) => {
    const answer = await app.teams.as('mira').invokes('composeExtension/fetchTask', value);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'BadRequest']);
    expect(app.asked).toEqual([]);
  });
});

describe('the words of a card', () => {
  it('are those that were put into it', () => {
    const spans = [
      text('a*b_c [x](y) <at> & `q` '),
      bold('1. not a list'),
      { kind: 'mention', who: 'user', ids: { teams: PEOPLE.mira.id }, name: 'Mira Chen' },
      { kind: 'link', text: 'run_book', url: 'https://wiki.example/x' },
    ] as const;
    const card = renderCard({ elements: [{ kind: 'text', spans }] });
    expect(wordsOfCard(card)).toBe('a*b_c [x](y) <at> & `q` 1. not a listMira Chenrun_book');
  });

  it('end somewhere, and are nothing where there is no card', () => {
    let deep: Json = { type: 'TextBlock', text: 'deep' };
    for (let depth = 0; depth < 100_000; depth += 1) deep = { type: 'Container', items: [deep] };
    expect(wordsOfCard({ type: 'AdaptiveCard', body: [deep] })).toBe('');
    for (const none of [undefined, null, 7, 'no JSON', '[', { body: 'x' }])
      expect(wordsOfCard(none)).toBe('');
    expect(wordsOfCard(renderCard(hostileView('*x*')))).toContain('*x*');
  });
});
