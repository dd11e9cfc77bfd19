import { afterEach, beforeEach, expect, it } from 'vitest';
import { setBudget } from '../../src/flows/set-budget.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listBudgets } from '../../src/store/budgets.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { addSteadyCosts, JON, LENA, MIRA, openWorkbench, STRANGER, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.temp.close());

it('shows what is used, how far the period is, and who manages it', async () => {
  await addSteadyCosts(bench);
  const { text, data } = await bench.run('budget bert');
  expect(text).toContain('bert: $190 of the $1,000 monthly budget is used (19 %)');
  expect(text).toContain(
    '🟢 on course: 67 % of 1–30 Nov is over; an even pace would have used $667. Forecast $300 of $1k by 30 Nov.',
  );
  expect(text).toContain('Managed by: pennywatch.yaml');
  expect(data).toMatchObject({
    scope: 'model:bert',
    rows: [
      {
        key: 'model:bert',
        amount: '1000',
        spent: '190',
        usedPercent: 19,
        period: 'monthly',
        managedBy: 'file',
      },
    ],
  });
});

it('sets, changes, shows, tells and removes a budget, and writes down who did what', async () => {
  await addSteadyCosts(bench);
  const set = await bench.run('budget set ranker $1,000');
  expect(set.text).toContain('ranker: monthly budget none → $1,000.');
  expect(set.data).toMatchObject({ before: null, after: { amount: '1000', currency: 'USD' } });
  expect((await bench.run('budget set model ranker to 500 EUR per month')).text).toContain('$1,000 → €500');
  expect((await bench.run('budget ranker')).text).toContain('🔴 over');
  const history = await bench.run('budget history ranker');
  expect(history.data.rows).toMatchObject([
    {
      by: 'Mira Chen',
      before: { amount: '1000', currency: 'USD' },
      after: { amount: '500', currency: 'EUR' },
    },
    { by: 'Mira Chen', before: null, after: { amount: '1000' } },
  ]);
  expect((await bench.run('budget remove ranker')).text).toContain('€500 → none');
  const audit = await listAudit(bench.temp.store, 'budget:model:ranker monthly');
  expect(audit.map(({ actor, action }) => [actor, action])).toEqual([
    ['slack:U0MIRA01', 'budget.create'],
    ['slack:U0MIRA01', 'budget.update'],
    ['slack:U0MIRA01', 'budget.remove'],
  ]);
  expect(JSON.parse(audit[2]?.before ?? '')).toMatchObject({ amountMicros: '500000000', currency: 'EUR' });
});

it('writes nothing when nothing changes', async () => {
  await bench.run('budget set ranker 1000');
  expect((await bench.run('budget set ranker 1k')).text).toContain('has that monthly budget already');
  expect(await listAudit(bench.temp.store, 'budget:model:ranker monthly')).toHaveLength(1);
});

it('leaves alone what the file manages, and says where to change it', async () => {
  for (const command of ['budget set bert 5', 'budget remove bert']) {
    const refused = await bench.refusal(command);
    expect(refused).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('pennywatch.yaml manages'),
    });
    expect(refused.hint).toContain('scope: "model:bert"');
  }
  await bench.run('budget set bert 5 daily');
  expect(
    (await listBudgets(bench.temp.store)).map(({ scope, period, managedBy }) => [scope, period, managedBy]),
  ).toEqual([
    ['model:bert', 'daily', 'chat'],
    ['model:bert', 'monthly', 'file'],
  ]);
});

it('lets only those change it whose it is', async () => {
  expect((await bench.refusal('budget set ranker 5', LENA)).code).toBe('FORBIDDEN');
  expect((await bench.refusal('budget set org 5', MIRA)).code).toBe('FORBIDDEN');
  expect((await bench.refusal('budget set ranker 5', STRANGER)).hint).toContain('slack: U0NOBODY');
  await bench.run('budget set org 5', JON);
  await bench.run('budget set team:growth 5', 'console');
  expect(await listBudgets(bench.temp.store)).toHaveLength(3);
});

it('asks back what it does not understand, and never guesses an amount', async () => {
  expect((await bench.refusal('budget set ranker')).message).toBe('How much?');
  expect((await bench.refusal('budget set 500')).message).toBe('The budget of what?');
  expect((await bench.refusal('budget set ranker 1.500')).message).toContain('could mean two things');
  expect((await bench.refusal('budget set ranker -5')).message).toContain('negative');
  expect((await bench.refusal('budget set ranker 5 XYZ')).message).toContain('not a currency');
  expect((await bench.refusal('budget set ranker 5 daily weekly')).message).toContain('period twice');
  const unknown = await bench.run('budget set rankr 500');
  expect(unknown.text).toContain("I don't know");
  expect(unknown.buttons.map(({ action }) => action.text)).toContain(
    'budget set model:ranker 500 USD monthly',
  );
  expect(await listBudgets(bench.temp.store)).toHaveLength(1);
});

it('shows my team’s budgets first, all of them on request', async () => {
  await bench.run('budget set team:growth 100', LENA);
  expect((await bench.run('budget')).data.rows).toMatchObject([{ key: 'model:bert' }]);
  expect((await bench.run('budget', LENA)).data.rows).toMatchObject([{ key: 'team:growth' }]);
  expect((await bench.run('budget list')).data.rows).toMatchObject([
    { key: 'team:growth' },
    { key: 'model:bert' },
  ]);
  expect((await bench.run('budget churn', LENA)).data).toMatchObject({
    rows: [],
    inherited: [{ key: 'team:growth' }],
  });
});

it('says how many are over, one or more', async () => {
  await addSteadyCosts(bench);
  await bench.run('budget set ranker 1');
  expect((await bench.run('budget list')).text).toContain('All budgets: 1 of 2 is over');
  await bench.run('budget set bert/training 1 yearly');
  await bench.run('budget set churn 1', LENA);
  expect((await bench.run('budget list')).text).toMatch(/All budgets: [23] of 4 are over/);
});

it('also of a provider or an environment, as the file may have them', async () => {
  await addSteadyCosts(bench);
  expect((await bench.run('budget set provider:aws 5k', JON)).text).toContain(
    'Provider AWS: monthly budget none → $5,000',
  );
  expect((await bench.run('budget set environment:prod 5k', JON)).data).toMatchObject({
    scope: 'environment:prod',
  });
  expect((await bench.run('budget provider:AWS')).text).toContain('$855 of the $5,000');
});

it('two people at once leave a history in which every change starts where the one before ended', async () => {
  // Neither waits in place: both live on one thread here.
  const stores = [
    await openStore(bench.temp.url, { busy: 'retry' }),
    await openStore(bench.temp.url, { busy: 'retry' }),
  ];
  const wanted = (amountMicros: bigint) => ({
    scope: { kind: 'model', name: 'ranker' } as const,
    period: 'monthly' as const,
    amountMicros,
    currency: 'USD',
  });
  const actor = bench.asking().actor;
  await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      setBudget({ ...bench.context, store: stores[i % 2] as Store }, actor, wanted(BigInt(i + 1))),
    ),
  );
  for (const store of stores) await store.$disconnect();
  const audit = await listAudit(bench.temp.store, 'budget:model:ranker monthly');
  expect(audit).toHaveLength(6);
  expect(audit.slice(1).map(({ before }) => before)).toEqual(audit.slice(0, -1).map(({ after }) => after));
});
