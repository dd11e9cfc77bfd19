import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, eachDay } from '../../src/core/day.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listPlans } from '../../src/store/planned-spend.ts';
import { addFacts } from '../temp-store.ts';
import { addSteadyCosts, JON, LENA, openWorkbench, STRANGER, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
  await addSteadyCosts(bench);
});
afterEach(() => bench.temp.close());

describe('a plan', () => {
  it('is made, shown, taken back, and written down with who did it', async () => {
    const made = await bench.run('plan model:bert/training 5000 2026-12-10..14 "retrain on new data"');
    expect(made.text).toContain('Planned: $5,000 for bert training on 10–14 Dec – retrain on new data');
    expect(made.text).toContain('Each of these 5 days may cost $1,000 more than usual');
    expect(made.data).toMatchObject({
      id: 1,
      scope: 'model:bert/training',
      amount: '5000',
      currency: 'USD',
      start: '2026-12-10',
      end: '2026-12-14',
      state: 'coming',
      soFar: null,
    });
    expect((await bench.run('plan')).text).toContain('not begun');
    const taken = made.buttons.find(({ label }) => label === 'Take it back');
    expect(taken?.action).toEqual({ do: 'command', text: 'plan remove 1' });
    expect((await bench.run('plan remove 1')).text).toContain('bert training: plan 1 is taken back');
    expect((await bench.run('plan list')).text).toContain('Nothing is planned');
    expect((await listAudit(bench.temp.store, 'plan:1')).map(({ actor, action }) => [actor, action])).toEqual(
      [
        ['slack:U0MIRA01', 'plan.create'],
        ['slack:U0MIRA01', 'plan.remove'],
      ],
    );
    expect(await bench.refusal('plan remove 1')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says what its days cost beyond what is usual', async () => {
    const fresh = await openWorkbench();
    const training = { tags: { model: 'bert', stage: 'training' } };
    await addFacts(fresh.context, [
      ...eachDay('2026-10-01', '2026-11-19').map((day) => ({ day, cost: '10', ...training })),
      { day: '2026-11-18', cost: '300', ...training },
      { day: '2026-11-19', cost: '200', ...training },
    ]);
    const { data, text } = await fresh.run('plan bert/training $600 18-22 Nov');
    expect(data).toMatchObject({
      state: 'running',
      // $10 a day beside the two runs; 28 days of $10 before.
      soFar: { start: '2026-11-18', end: '2026-11-19', cost: '520', usual: '20' },
    });
    expect(text).toContain('cost $520, usually $20.00');
    expect((await fresh.run('plan model:bert/training')).text).toContain('+$500 in 2 days');
    await fresh.temp.close();
  });

  it('does not call a mean of too few days usual', async () => {
    const { data } = await bench.run('plan bert 100 2026-11-18..19');
    expect(data).toMatchObject({ soFar: { cost: '20', usual: null } });
  });

  it.each([
    ['plan bert/training 5k 10-14 Dec', '2026-12-10', '2026-12-14'],
    ['plan bert/training 5k 10 Dec', '2026-12-10', '2026-12-10'],
    ['plan bert 5000 EUR 3–5 Feb', '2027-02-03', '2027-02-05'],
    ['plan team:search 5000 USD 2026-12-30..2027-01-02 move', '2026-12-30', '2027-01-02'],
    ['plan bert 100 tomorrow', '2026-11-22', '2026-11-22'],
    ['plan add bert 100 on 2026-12-01', '2026-12-01', '2026-12-01'],
  ])('"%s" is from %s to %s', async (command, start, end) => {
    expect((await bench.run(command)).data).toMatchObject({ start, end });
  });

  it.each([
    ['plan bert 5000', 'On which days?'],
    ['plan bert 2026-12-10', 'How much?'],
    ['plan 5000 2026-12-10', 'Planned for what?'],
    ['plan bert 5000 2026-12-14..10', 'ends before it begins'],
    ['plan bert 5000 2026-02-30', 'is no day'],
    ['plan bert 5000 2020-01-01..02', 'ended more than 35 days ago'],
    ['plan bert 5000 2026-12-01..2028-12-01', '366 days at most'],
    ['plan bert 5000 XAX 2026-12-10', 'not a'],
    ['plan remove bert', 'Which plan?'],
  ])('"%s" is refused: %s', async (command, why) => {
    expect((await bench.refusal(command)).message).toContain(why);
    expect(await listPlans(bench.temp.store)).toEqual([]);
  });

  it('is made by the team and admins only, and asks back what it does not know', async () => {
    const command = 'plan model:bert 5000 2026-12-10';
    expect(await bench.refusal(command, LENA)).toMatchObject({
      code: 'FORBIDDEN',
      message: "You can't plan spend for model:bert.",
    });
    expect(await bench.refusal(command, STRANGER)).toMatchObject({ code: 'FORBIDDEN' });
    expect((await bench.run(command, JON)).data).toMatchObject({ by: 'Jon Park' });
    const asked = await bench.run('plan bret 5000 2026-12-10');
    expect(asked.text).toContain('called bret');
    expect(asked.buttons[0]?.action).toMatchObject({ text: 'plan model:bert 5000 2026-12-10' });
    expect((await listPlans(bench.temp.store)).map(({ createdBy }) => createdBy)).toEqual(['slack:U0JON001']);
  });

  it('is not listed any more a good month after it is over', async () => {
    const start = addDays('2026-11-21', -30);
    await bench.run(`plan bert 100 ${start}`);
    expect((await bench.run('plan')).text).toContain('1 plan');
    expect((await listPlans(bench.temp.store, { start: '2026-11-21' })).length).toBe(0);
  });
});
