import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSentence } from '../../src/commands/sentence.ts';
import type { Actor } from '../../src/core/actor.ts';
import type { Context } from '../../src/flows/context.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const mira: Actor = { kind: 'person', platform: 'slack', id: 'U1', name: 'Mira' };
let temp: TempStore;
let context: Context;

beforeAll(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z' });
  const fact = { day: '2026-11-10', cost: '10' };
  await addFacts(context, [
    { ...fact, tags: { model: 'bert', team: 'search', stage: 'training' } },
    { ...fact, tags: { model: 'ranker', team: 'search' } },
    { ...fact, tags: { model: 'search' } },
    { ...fact, tags: { model: 'all' } },
    { ...fact, tags: { model: 'gpt', team: 'growth' }, service: 'Azure OpenAI Service' },
  ]);
});
afterAll(() => temp.close());

async function say(text: string, options?: { mayChange?: boolean }) {
  const answer = await answerSentence({ ...context, actor: mira }, text, options);
  const buttons = answer.view.elements.flatMap((element) =>
    element.kind === 'actions'
      ? element.buttons.flatMap(({ action }) => ('text' in action ? action.text : []))
      : [],
  );
  return { ...answer, text: renderText(answer.view), buttons };
}

describe('a sentence', () => {
  it('is answered, and says as what it was understood', async () => {
    const { text, command, view, data } = await say('@pennywatch how much did bert cost last week?');
    expect(command).toBe('model bert last week');
    expect(view.elements[1]).toMatchObject({ kind: 'context' });
    expect(text).toContain('Understood as /cost model bert last week');
    expect(data).toMatchObject({ scope: 'model:bert', total: '10' });
  });

  it('that is a command is run as one', async () => {
    expect((await say('model bert 2026-11')).command).toBe('model bert 2026-11');
    expect((await say('/cost top 2 models last month?')).data).toMatchObject({ by: 'model' });
  });

  it.each([
    ['who owns bert?', 'owner model:bert'],
    ['model bert in oct', 'model bert 2026-10'],
    ['why did our costs go up last week?', 'model all last week'],
    ['is team search within budget?', 'budget team:search'],
    ['how fresh is the data?', 'sources'],
    ['how much is not allocated last month', 'coverage last month'],
    ['what can you do?', 'help'],
    ['is anything unusual?', 'anomalies'],
    ['any anomalies?', 'anomalies'],
    ['show me the open anomalies of bert', 'anomalies model:bert'],
    ['how are our slos doing', 'slo'],
    ['what is planned', 'plan'],
    ['who is over budget?', 'budget list'],
    ['will we stay within budget this month?', 'budget'],
    ['how does bert compare to ranker', 'compare model:bert model:ranker 30d'],
    ['bert vs ranker in October', 'compare model:bert model:ranker 2026-10'],
    ['which service costs the most this month', 'top services mtd'],
    ['which team has the highest cost', 'top teams 30d'],
    ['stop sending me ranker', 'unsubscribe model:ranker me'],
    ['why did bert jump yesterday', 'model bert yesterday'],
    ['what did the models of team search cost', 'team search 30d by model'],
    ['what did we spend on the openai service', 'service "Azure OpenAI Service" 30d'],
    ['how much did bert cost in usd as billed', 'model bert 30d in USD --basis billed'],
  ])('"%s" is /cost %s', async (sentence, command) => {
    expect((await say(sentence)).command).toBe(command);
  });

  it('is asked back with every way in which it can be meant', async () => {
    const { command, text, buttons } = await say('how much did search cost last week?');
    expect(command).toBeUndefined();
    expect(text).toContain('This can mean more than one thing. Which do you mean?');
    expect(buttons).toEqual(['model search last week', 'team search last week', 'help']);
  });

  it('about the biggest cost, of nothing in particular, is offered the list for its time', async () => {
    const { command, text, buttons } = await say('what was our biggest cost in october?');
    expect(command).toBeUndefined();
    expect(text).toContain('I can list the most expensive models, teams, services or resources.');
    expect(buttons).toEqual(['top 2026-10', 'help']);
  });

  it('with a name that is only close is asked back with the whole command', async () => {
    const { command, text, buttons } = await say('how much did bret cost in October by service?');
    expect(command).toBeUndefined();
    expect(text).toContain('I don\'t understand "bret" here');
    expect(buttons[0]).toBe('model bert 2026-10 by service');
  });

  it('written as a command has its answer: which name is not known, and what it may be', async () => {
    for (const written of ['cost model bret', '/cost model bret']) {
      const { command, text, buttons } = await say(written);
      expect(command).toBeUndefined();
      expect(text).toContain("I don't know a model called bret. Did you mean this?");
      expect(buttons).toContain('model bert 30d');
    }
    // Words that are understood otherwise are not taken for a name.
    expect((await say('cost model bert in october')).command).toBe('model bert 2026-10');
  });

  it('names the words it does not understand and offers what is left', async () => {
    const { text, buttons } = await say('what did bert cost last week without tax');
    expect(text).toContain('I don\'t understand "without tax" here');
    expect(text).toContain("I can't leave anything out of a figure.");
    expect(buttons[0]).toBe('model bert last week');
  });

  it('with two times, two things or two questions is never cut down to one', async () => {
    expect((await say('compare October vs September for bert')).buttons).toEqual([
      'model bert 2026-10',
      'model bert 2026-09',
      'help',
    ]);
    expect((await say('how much did growth spend on bert')).buttons).toEqual([
      'team growth 30d',
      'model bert 30d',
      'help',
    ]);
    expect((await say('how much did bert cost? And who owns ranker?')).command).toBeUndefined();
  });

  it('in another language is asked back with examples', async () => {
    const { text, buttons } = await say('wieviel haben wir letzte Woche ausgegeben?');
    expect(text).toContain('I know English sentences such as');
    expect(buttons).toContain('model all last week');
  });

  it('about a thing that no command can name gets no answer about something else', async () => {
    const { command, data } = await say('what did model all cost');
    expect(command === undefined || data.scope === 'model:all').toBe(true);
    expect(data.scope).not.toBe('org');
  });

  it('of more than 500 characters is refused in words', async () => {
    await expect(say(`how much did bert cost ${'x'.repeat(600)}`)).rejects.toThrow(
      'That is 623 characters long.',
    );
  });

  it('refuses a wrong command in the words of that command', async () => {
    await expect(say('model bert last fortnight')).rejects.toThrow(
      'I don\'t know the time "last fortnight".',
    );
  });

  it("that is not the asker's own changes nothing", async () => {
    await expect(say('budget set model:bert 10 USD', { mayChange: false })).rejects.toThrow(
      'Only answers can be shared',
    );
    await expect(say('subscribe me weekly to team search', { mayChange: false })).rejects.toThrow(
      'Only answers can be shared',
    );
    expect((await say('budget of bert', { mayChange: false })).command).toBe('budget model:bert');
  });

  it('knows the team of who asks, and says so when it does not', async () => {
    expect((await say('what did my team spend')).text).toContain("I don't know which team is yours");
    const common = { managedBy: 'file', updatedAt: new Date(0) };
    await temp.store.team.create({ data: { name: 'search', title: 'Search', ...common } });
    await temp.store.member.create({
      data: {
        email: 'mira@x.io',
        name: 'Mira',
        ...common,
        identities: { create: { platform: 'slack', platformId: 'U1' } },
        teams: { create: { teamName: 'search' } },
      },
    });
    expect((await say('what did my team spend')).command).toBe('team search 30d');
  });
});
