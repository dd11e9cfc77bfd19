/** What is used of a budget in the period that counts, on a real database. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BudgetSettings } from '../../../src/core/settings.ts';
import { answerCost } from '../../../src/flows/answer-cost.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../../temp-store.ts';

let bench: TempStore;
beforeEach(async () => {
  bench = await openTempStore();
});
afterEach(() => bench.close());

async function budgetOf(period: BudgetSettings['period']) {
  const scope = { kind: 'model', name: 'bert' } as const;
  const context = contextOf(bench.store, {
    now: '2026-11-21T09:00:00Z',
    settings: {
      models: [{ name: 'bert', title: 'bert', aliases: [] }],
      budgets: [{ scope, amountMicros: 100_000_000n, currency: 'USD', period }],
    },
  });
  await syncSettings(context);
  // The bill is complete until the 19th; a part of the 20th has arrived.
  const days = [
    { day: '2026-11-18', cost: '30' },
    { day: '2026-11-19', cost: '40' },
    { day: '2026-11-20', cost: '5' },
  ];
  await addFacts(
    context,
    days.map((fact) => ({ ...fact, tags: { model: 'bert' } })),
    '2026-11-19',
  );
  const question = { subject: scope, basis: 'effective', period: { kind: 'days', count: 2 } } as const;
  return (await answerCost(context, question)).budget;
}

it('a daily budget is held against the newest complete day: what is still arriving says nothing yet', async () => {
  expect(await budgetOf('daily')).toMatchObject({
    current: { start: '2026-11-19', end: '2026-11-19' },
    spent: 40_000_000n,
    usedRatio: 0.4,
  });
});

it('a monthly budget counts everything that has arrived', async () => {
  expect(await budgetOf('monthly')).toMatchObject({
    current: { start: '2026-11-01', end: '2026-11-30' },
    spent: 75_000_000n,
    usedRatio: 0.75,
  });
});
