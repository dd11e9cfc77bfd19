import { describe, expect, it } from 'vitest';
import { scopeTree } from '../../../src/analysis/budgets/hierarchy.ts';
import { budgetsWithin, type PlacedBudget } from '../../../src/analysis/budgets/within.ts';
import { createConvert } from '../../../src/analysis/convert.ts';
import { parseScope } from '../../../src/core/scope.ts';

const TEAMS: Readonly<Record<string, string>> = {
  'team:growth': 'growth',
  'model:bert': 'growth',
  'model:bert/training': 'growth',
  'model:churn/training': 'growth',
  'experiment:ablation-7': 'growth',
};
const place = (keys: readonly string[]) =>
  scopeTree(keys.map((key) => ({ key, scope: parseScope(key), ...(TEAMS[key] && { team: TEAMS[key] }) })));

describe('scopeTree', () => {
  it('puts each scope under the nearest one around it, what cuts across last', () => {
    const tree = place([
      'service:S3',
      'model:bert/training',
      'model:bert',
      'model:lone',
      'experiment:ablation-7',
      'model:churn/training',
      'team:growth',
      'org',
    ]);
    expect(tree.map(({ key, depth, across }) => [key, depth, across])).toEqual([
      ['org', 0, false],
      ['model:lone', 1, false],
      ['team:growth', 1, false],
      ['model:bert', 2, false],
      ['model:bert/training', 3, false],
      ['model:churn/training', 2, false],
      ['experiment:ablation-7', 2, true],
      ['service:S3', 1, true],
    ]);
  });

  it('works with any part of it', () => {
    expect(place(['model:bert/training', 'service:S3']).map(({ depth }) => depth)).toEqual([0, 0]);
    expect(place(['model:bert/training', 'org'])[1]).toMatchObject({ parent: 'org', depth: 1 });
  });
});

describe('budgetsWithin', () => {
  const NOVEMBER = { start: '2026-11-01', end: '2026-11-30' };
  const budget = (scope: string, amount: number, more: Partial<PlacedBudget> = {}): PlacedBudget => ({
    scope,
    period: 'monthly',
    amountMicros: BigInt(amount),
    currency: 'USD',
    current: NOVEMBER,
    ...more,
  });
  const convert = createConvert([{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.10' }]);
  const sum = (around: PlacedBudget, budgets: readonly PlacedBudget[]) =>
    budgetsWithin(around, {
      tree: place([...new Set([around, ...budgets].map(({ scope }) => scope))]),
      budgets,
      convert,
      today: '2026-11-21',
    });

  it('adds up one level, converted, and looks through a scope without such a budget', () => {
    const org = budget('org', 1_000);
    const team = budget('team:growth', 400);
    const models = [
      budget('model:bert', 300),
      budget('model:bert/training', 250),
      budget('model:lone', 100, { currency: 'EUR' }),
    ];
    expect(sum(org, [team, ...models])).toEqual({ amount: 510n, budgets: 2, proRata: 0, unconverted: [] });
    expect(sum(team, models)).toMatchObject({ amount: 300n, budgets: 1 });
    const tokens = budget('team:growth', 9, { metric: 'tokens', currency: '' });
    expect(sum(org, [tokens, ...models])).toMatchObject({ amount: 410n, budgets: 2 });
    expect(sum(budget('model:lone', 1), models)).toBeUndefined();
  });

  it('counts other periods by days, leaves out what cuts across and caps, and names what no rate converts', () => {
    const org = budget('org', 1_000);
    const weekly = budget('model:lone', 70, {
      period: 'weekly',
      current: { start: '2026-11-16', end: '2026-11-22' },
    });
    const cap = budget('model:bert', 50, { period: 'fixed', startDay: '2026-11-01', endDay: '2026-11-30' });
    const across = [budget('service:S3', 5_000), budget('experiment:ablation-7', 5_000)];
    const yen = budget('team:growth', 5, { currency: 'JPY' });
    expect(sum(org, [weekly, cap, ...across])).toEqual({
      amount: 300n,
      budgets: 1,
      proRata: 1,
      unconverted: [],
    });
    expect(sum(org, [weekly, yen])).toMatchObject({ amount: 300n, unconverted: ['team:growth'] });
    expect(sum({ ...cap, scope: 'team:growth' }, [cap, weekly])).toMatchObject({ amount: 50n, budgets: 1 });
  });

  it('prefers the budget of the same period', () => {
    const daily = budget('model:lone', 999, {
      period: 'daily',
      current: { start: '2026-11-20', end: '2026-11-20' },
    });
    expect(sum(budget('org', 1), [daily, budget('model:lone', 10)])?.amount).toBe(10n);
  });
});
