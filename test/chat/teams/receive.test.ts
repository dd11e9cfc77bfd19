/** What people write to the bot, and where the answers go. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { openly, privately, type RunningTeams, startTeams, words } from './running-teams.ts';
import { textOfMessage } from './teams-stand-in-cards.ts';
import { BOT, GROUP_CHAT, PEOPLE, SEARCH, TENANT } from './teams-stand-in-world.ts';

let app: RunningTeams;
beforeAll(async () => {
  app = await startTeams();
});
afterEach(() => app.reset());
afterAll(() => app.stop());

const MIRA = {
  kind: 'person',
  platform: 'teams',
  id: PEOPLE.mira.id,
  name: 'Mira Chen',
  workspace: TENANT,
} as const;

describe('a message in a personal chat', () => {
  it('is acknowledged before it is answered, and answered in the chat', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    app.answer(async () => {
      await held;
      return [openly(words('bert: $12,480'), 'model bert')];
    });
    const mira = app.teams.as('mira');
    expect((await mira.says('cost model bert')).status).toBe(200);
    expect(app.teams.messages(mira.direct)).toEqual([]);
    release();
    const [answer] = await app.teams.postedCount(1, mira.direct);
    expect(textOfMessage(answer?.activity)).toBe('bert: $12,480');
    expect(answer?.activity.summary).toBe('bert: $12,480');
    await app.settled();
    const conversation = { platform: 'teams', workspace: TENANT, channel: mira.direct, direct: true };
    expect(app.asked).toEqual([{ kind: 'sentence', text: 'cost model bert', actor: MIRA, conversation }]);
    expect(app.posted).toEqual([
      { kind: 'posted', command: 'model bert', messageId: answer?.id, actor: MIRA, conversation },
    ]);
  });

  it.each(['home', 'Hi', 'START', 'hello'])('shows the home on "%s"', async (word) => {
    app.answer([{ kind: 'home', view: words('Your month: $41,200') }]);
    const mira = app.teams.as('mira');
    await mira.says(word);
    await app.settled();
    expect(app.asked.map(({ kind }) => kind)).toEqual(['home']);
    expect(app.teams.posted(mira.direct)).toEqual(['Your month: $41,200']);
  });

  it('carries its picture', async () => {
    app.answer([openly({ elements: [{ kind: 'chart', chart }] })]);
    const mira = app.teams.as('mira');
    await mira.says('cost model bert');
    await app.settled();
    const [answer] = app.teams.messages(mira.direct);
    expect(JSON.stringify(answer?.activity)).toContain('"url":"data:image/png;base64,');
  });

  it('with nothing but a picture in it is left alone', async () => {
    const mira = app.teams.as('mira');
    await mira.sends({ type: 'message', attachments: [{ contentType: 'image/png' }] });
    await mira.says(' \u00a0 ');
    await app.settled();
    expect(app.asked).toEqual([]);
  });

  it('shows that an answer is being written only when it takes a while', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    app.answer(async () => {
      await held;
      return [openly(words('slow'))];
    });
    const mira = app.teams.as('mira');
    await mira.says('cost model bert');
    const typed = () => app.teams.calls.filter((call) => JSON.stringify(call).includes('"typing"')).length;
    await app.askedOnce();
    expect(typed()).toBe(0);
    app.pass('typing');
    while (typed() === 0) await new Promise((done) => setTimeout(done, 5));
    release();
    await app.settled();
    expect(typed()).toBe(1);
    expect(app.teams.posted(mira.direct)).toEqual(['slow']);
  });
});

describe('among others', () => {
  it('answers in the thread of the question, only when it is named', async () => {
    app.answer([openly(words('bert: $12,480'), 'model bert')]);
    const mira = app.teams.as('mira');
    await mira.says('we should look at bert', { in: SEARCH, mention: false });
    await mira.says('we should look at bert', { in: GROUP_CHAT, mention: false });
    const asked = await mira.says('cost model bert', { in: SEARCH });
    await app.settled();
    expect(app.asked).toEqual([
      {
        kind: 'sentence',
        text: 'cost model bert',
        actor: MIRA,
        conversation: { platform: 'teams', workspace: TENANT, channel: SEARCH, thread: asked.id },
      },
    ]);
    expect(app.posted[0]?.conversation).toEqual(app.asked[0]?.conversation);
    const [answer] = app.teams.messages(SEARCH);
    expect([answer?.thread, app.teams.messages(GROUP_CHAT)]).toEqual([asked.id, []]);
  });

  it('answers in a thread where it is asked in one, and in a group chat without any', async () => {
    app.answer([openly(words('here'))]);
    const mira = app.teams.as('mira');
    const { id: root } = await mira.says('look', { in: SEARCH, mention: false });
    await mira.says('cost top', { in: SEARCH, thread: root });
    await mira.says('cost top', { in: GROUP_CHAT });
    await app.settled();
    expect(app.teams.messages(SEARCH).map(({ thread }) => thread)).toEqual([root]);
    expect(app.asked[1]?.conversation).toEqual({
      platform: 'teams',
      workspace: TENANT,
      channel: GROUP_CHAT,
    });
    expect(app.teams.posted(GROUP_CHAT)).toEqual(['here']);
  });

  it('refuses where it was asked', async () => {
    app.answer([privately(words('I don’t know a model called bret.'))]);
    const asked = await app.teams.as('mira').says('cost model bret', { in: SEARCH });
    await app.settled();
    expect(app.teams.messages(SEARCH).map(({ thread }) => thread)).toEqual([asked.id]);
    expect(app.teams.posted(SEARCH)).toEqual(['I don’t know a model called bret.']);
  });

  it('shows a home to its owner only', async () => {
    app.answer([{ kind: 'home', view: words('Your month: $41,200') }]);
    const mira = app.teams.as('mira');
    await mira.says('home', { in: SEARCH });
    await app.settled();
    expect(app.teams.posted(mira.direct)).toEqual(['Your month: $41,200']);
    expect(app.teams.posted(SEARCH)).toEqual([expect.stringContaining('your own chat')]);
  });
});

describe('what was written', () => {
  const said = async (text: string, entities: readonly object[] = [], place = {}) => {
    await app.teams.as('mira').sends({ type: 'message', text, entities }, place);
    await app.settled();
    return app.asked.map((one) => (one.kind === 'sentence' ? one.text : one.kind));
  };
  const at = (name: string) => `<at>${name}</at>`;
  const naming = (name: string, mentioned: object) => ({ type: 'mention', text: at(name), mentioned });

  it('loses the leftovers of Teams’ markup, and nothing else', async () => {
    expect(
      await said(
        `<p>${at('Pennywatch')}&nbsp;cost&nbsp;&nbsp;model\u00a0bert</p>\n&lt;b&gt; 3 < 5 &amp;&amp; a > b 💸 &#39;x&#x27; &bogus;\u200b\r\n`,
        [naming('Pennywatch', BOT)],
        { in: SEARCH },
      ),
    ).toEqual([`cost model bert\n<b> 3 < 5 && a > b 💸 'x' &bogus;`]);
  });

  it('names people by their Entra id: as Teams says, as remembered, or as the conversation’s members', async () => {
    const { mira, jon, ana } = PEOPLE;
    await app.teams.as('jon').says('hello');
    await app.settled();
    app.asked.length = 0;
    const names = `${at('Mira Chen')} ${at('Jon Park')} ${at('Ana Souza')} ${at('Ghost')} ${at('search')}`;
    const text = await said(
      `${at('Pennywatch')} owner model:bert ${names}`,
      [
        naming('Pennywatch', BOT),
        naming('Mira Chen', { id: mira.userId, aadObjectId: mira.id.toUpperCase(), name: mira.name }),
        naming('Jon Park', { id: jon.userId, name: jon.name }),
        naming('Ana Souza', { id: ana.userId, name: ana.name }),
        naming('Ghost', { id: '29:nobody', name: 'Ghost' }),
        naming('search', { id: SEARCH, name: 'search' }),
      ],
      { in: SEARCH },
    );
    expect(text).toEqual([`owner model:bert <@${mira.id}> <@${jon.id}> <@${ana.id}> @Ghost @search`]);
  });

  it('takes a name that Teams cuts in two for one person', async () => {
    const { mira } = PEOPLE;
    const entity = (name: string) => naming(name, { id: mira.userId, aadObjectId: mira.id, name });
    expect(
      await said(`owner model:bert ${at('Mira')}&nbsp;${at('Chen')}`, [entity('Mira'), entity('Chen')]),
    ).toEqual([`owner model:bert <@${mira.id}>`]);
  });

  it('arrives as typed, whoever typed whatever', async () => {
    const typed = [
      'model 模型 مرحبا "); DROP TABLE x',
      '<script>alert(1)</script>',
      '{{7*7}} *x* _y_ [a](b)',
    ];
    for (const text of typed) await said(text);
    expect(app.asked.map((one) => one.kind === 'sentence' && one.text)).toEqual(typed);
  });
});

describe('when it cannot be answered', () => {
  it('says what a refusal says, and nothing is logged as our mistake', async () => {
    app.answer(async () => {
      throw new AppError('NOT_FOUND', 'I don’t know a model called bret.', { hint: 'Did you mean bert?' });
    });
    const mira = app.teams.as('mira');
    await mira.says('cost model bret');
    await app.settled();
    expect(app.teams.posted(mira.direct)).toEqual(['I don’t know a model called bret.\nDid you mean bert?']);
    expect(app.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('gives a reference for an unexpected error and keeps the cause for the log', async () => {
    app.answer(async () => {
      throw new TypeError('cannot read secret of undefined');
    });
    const mira = app.teams.as('mira');
    await mira.says('cost model bert');
    await app.settled();
    const [seen = ''] = app.teams.posted(mira.direct);
    const reference = /reference ([0-9A-F]{8})/.exec(seen)?.[1];
    expect(seen).toMatch(/^Pennywatch could not answer: /);
    expect(seen).not.toContain('secret');
    const logged = app.log.find(({ level }) => level === 'error');
    expect(logged?.fields.reference).toBe(reference);
    expect(logged?.fields.err).toBeInstanceOf(TypeError);
  });

  it('goes to the person where the conversation is closed to the bot', async () => {
    app.answer([openly(words('shared'))]);
    const mira = app.teams.as('mira');
    await mira.says('hello there, first');
    await app.settled();
    app.teams.failNext({ on: 'send', status: 403, code: 'BotNotInConversationRoster', times: 2 });
    await mira.says('cost top', { in: SEARCH });
    await app.settled();
    expect(app.teams.posted(SEARCH)).toEqual([]);
    expect(app.teams.posted(mira.direct).at(-1)).toContain('not installed');
  });

  it('refuses politely whom Teams does not name, and lets other bots talk', async () => {
    const mira = app.teams.as('mira');
    const entities = [{ type: 'mention', text: `<at>${BOT.name}</at>`, mentioned: BOT }];
    const text = `<at>${BOT.name}</at> cost top`;
    await mira.sends({ type: 'message', text, entities, from: { id: '29:anonymous' } }, { in: SEARCH });
    await app.settled();
    expect(app.teams.posted(SEARCH)).toEqual([expect.stringContaining('did not say who you are')]);
    const bot = { id: '28:other-bot', name: 'Other', aadObjectId: PEOPLE.jon.id };
    await mira.sends({ type: 'message', text, entities, from: bot }, { in: SEARCH });
    await app.settled();
    expect([app.asked, app.teams.posted(SEARCH).length]).toEqual([[], 1]);
  });

  it('is answered once although Teams sends it again', async () => {
    app.answer([openly(words('once'))]);
    const mira = app.teams.as('mira');
    for (const _ of [1, 2]) await mira.sends({ id: 'same-activity', type: 'message', text: 'cost top' });
    await app.settled();
    expect(app.teams.posted(mira.direct)).toEqual(['once']);
  });
});

it('stops only when the answers under way are given', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  app.answer(async () => {
    await held;
    return [openly(words('after all'))];
  });
  const mira = app.teams.as('mira');
  await mira.says('cost top');
  await app.askedOnce();
  let stopped = false;
  const stopping = app.platform.stop().then(() => {
    stopped = true;
  });
  await new Promise((done) => setTimeout(done, 20));
  expect(stopped).toBe(false);
  release();
  await stopping;
  expect(app.teams.posted(mira.direct)).toEqual(['after all']);
});
