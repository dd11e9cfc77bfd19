/** People in Teams in front of the real dispatcher: who they are, what they may do, and what becomes of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { greetingView } from '../../../src/chat/teams/greet.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { addFacts } from '../../temp-store.ts';
import { type ActingTeams, startActingTeams } from './acting-teams.ts';
import { BOT, PEOPLE, SEARCH } from './teams-stand-in-world.ts';

let acting: ActingTeams;
beforeEach(async () => {
  acting = await startActingTeams();
  const days = ['2026-11-18', '2026-11-19', '2026-11-20'];
  const tags = { team: 'search', model: 'bert' };
  await addFacts(
    acting.context,
    days.map((day) => ({ day, cost: '100', tags })),
  );
});
afterEach(() => acting.stop());

const setBudget = { do: 'command', text: 'budget set model:bert 700' } as const;
const budgets = () => acting.context.store.budget.findMany({ where: { scope: 'model:bert' } });

describe('what people ask', () => {
  it('is answered with figures, and its answer shared again from the menu', async () => {
    const { running } = acting;
    const { teams } = running;
    const mira = teams.as('mira');
    const asked = await mira.says('cost model bert 3d', { in: SEARCH });
    await running.settled();
    const [answer] = teams.messages(SEARCH);
    expect(teams.posted(SEARCH)[0]).toContain('$300');
    expect(answer?.thread).toBe(asked.id);
    const own = { id: answer?.id, from: { application: { id: BOT.id } }, body: { content: '' } };
    const value = { commandId: 'pennywatch_share', messagePayload: own };
    const shared = await teams
      .as('jon')
      .invokes('composeExtension/fetchTask', value, { in: SEARCH, thread: asked.id });
    expect(shared.text).toBe('Posted in this thread.');
    await running.settled();
    const [, again] = teams.posted(SEARCH);
    expect(again).toContain('$300');
    expect(again).toContain('Jon Park');
  });

  it('is understood when it is one of the examples of the greeting', async () => {
    const { running } = acting;
    const mira = running.teams.as('mira');
    const examples = [...renderText(greetingView()).matchAll(/@Pennywatch (.+)$/gm)].map(([, said]) => said);
    expect(examples).toHaveLength(3);
    for (const said of examples) await mira.says(said ?? '');
    await running.settled();
    expect(running.posted.map(({ command }) => command).sort()).toEqual([
      'model all last week',
      'model bert',
      'top models 7d',
    ]);
  });

  it('may be that somebody owns something, by mention', async () => {
    const { running, context } = acting;
    const { jon } = PEOPLE;
    await running.teams.as('mira').sends(
      {
        type: 'message',
        text: '<at>Pennywatch</at> owner set model:bert <at>Jon Park</at>&nbsp;',
        entities: [
          { type: 'mention', text: '<at>Pennywatch</at>', mentioned: BOT },
          { type: 'mention', text: '<at>Jon Park</at>', mentioned: { id: jon.userId, name: jon.name } },
        ],
      },
      { in: SEARCH },
    );
    await running.settled();
    expect(running.teams.posted(SEARCH)[0]).toContain('Jon Park');
    const owners = await context.store.owner.findMany({ where: { scope: 'model:bert' } });
    expect(owners.map(({ owner }) => owner)).toContain(jon.email);
  });
});

describe('a button', () => {
  it('that works once works for whoever is first, also when two click at the same moment', async () => {
    const { running } = acting;
    const [mira, jon] = [running.teams.as('mira'), running.teams.as('jon')];
    for (const one of [mira, jon]) await one.says('hello');
    await running.settled();
    const message = await acting.offered(SEARCH, { label: 'Set $700', action: setBudget, once: true });
    const answers = await Promise.all([mira.clicks('Set $700', message), jon.clicks('Set $700', message)]);
    const said = answers.map(({ text }) => text);
    expect(said.filter((text) => text.includes('used this'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('$700'))).toHaveLength(1);
    expect(await budgets()).toHaveLength(1);
    expect(message.edits).toBe(0);
  });

  it('is refused to whoever may not, and can be used after that by who may', async () => {
    const { running } = acting;
    const [mira, guest] = [running.teams.as('mira'), running.teams.as('guest')];
    await mira.says('hello', { in: SEARCH });
    await running.settled();
    const message = await acting.offered(SEARCH, { label: 'Set $700', action: setBudget, once: true });
    const refused = await guest.clicks('Set $700', message);
    expect(refused.text).toContain('change nothing');
    expect(await budgets()).toEqual([]);
    expect(await acting.refused()).toEqual([['refused.budget', `teams:${PEOPLE.guest.id}`, 'model:bert']]);
    const back = await guest.clicks('Back', refused.surface ?? message);
    expect(back.text).toBe('Well?\nSet $700');
    expect((await mira.clicks('Set $700', message)).text).toContain('$700');
    expect(await budgets()).toHaveLength(1);
  });

  it('whose id is made up is unknown', async () => {
    const { running } = acting;
    const data = { pw: 'button', id: 'made-up' };
    const value = { action: { type: 'Action.Execute', verb: 'button', data }, trigger: 'manual' };
    await running.teams.as('mira').says('hello', { in: SEARCH });
    const { text } = await running.teams.as('mira').invokes('adaptiveCard/action', value, { in: SEARCH });
    expect(text).toContain('not known here');
  });

  it('opens a dialog whose values do what they say', async () => {
    const { running } = acting;
    const mira = running.teams.as('mira');
    await mira.says('hello', { in: SEARCH });
    await running.settled();
    const action = { do: 'form', form: 'budget-set', text: 'budget set model:bert' } as const;
    const message = await acting.offered(SEARCH, { label: 'Set a budget…', action });
    const opened = await mira.clicks('Set a budget…', message);
    expect(opened.surface?.dialog).toBe(true);
    const wrong = await mira.submits('Set', { amount: 'lots' }, opened.surface ?? message);
    expect(wrong.text).toContain('nothing was changed');
    expect(await budgets()).toEqual([]);
    const done = await mira.submits('Set', { amount: '700' }, opened.surface ?? message);
    expect(done.text).toContain('$700');
    expect((await budgets())[0]?.amountMicros).toBe(700_000_000n);
  });
});
