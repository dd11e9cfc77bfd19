import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  planThresholds,
  type ToldThreshold,
  thresholdsOf,
} from '../../../src/analysis/budgets/thresholds.ts';

const USUAL = [50, 75, 80, 90, 100];
const base = { amount: 1_000n, currency: 'USD', thresholds: USUAL, told: [] };
const told = (kind: 'actual' | 'forecast', percent: number, amount = 1_000n): ToldThreshold => ({
  kind,
  percent,
  amount,
  currency: 'USD',
});

describe('planThresholds', () => {
  it('tells nothing below the first, and the highest of several at once', () => {
    expect(planThresholds({ ...base, used: 499n })).toEqual({ crossed: [], forget: [] });
    const plan = planThresholds({ ...base, used: 910n });
    expect(plan.tell).toEqual({ kind: 'actual', percent: 90 });
    expect(plan.crossed.map(({ percent }) => percent)).toEqual([50, 75, 80, 90]);
  });

  it('tells each once, also after the use went back', () => {
    const before = [told('actual', 50), told('actual', 75)];
    expect(planThresholds({ ...base, used: 760n, told: before }).tell).toBeUndefined();
    expect(planThresholds({ ...base, used: 300n, told: before })).toEqual({ crossed: [], forget: [] });
    expect(planThresholds({ ...base, used: 810n, told: before }).crossed).toEqual([
      { kind: 'actual', percent: 80 },
    ]);
  });

  it('tells a forecast only beyond the amount, and not once that much is used', () => {
    expect(planThresholds({ ...base, used: 100n, forecast: 990n }).tell).toBeUndefined();
    expect(planThresholds({ ...base, used: 100n, forecast: 1_000n }).tell).toEqual({
      kind: 'forecast',
      percent: 100,
    });
    expect(
      planThresholds({ ...base, used: 1_001n, forecast: 2_000n }).crossed.map(({ kind }) => kind),
    ).not.toContain('forecast');
    const some = planThresholds({ ...base, thresholds: [50, 80], used: 500n, forecast: 1_200n });
    expect([some.tell, some.crossed.length]).toEqual([{ kind: 'forecast', percent: 100 }, 2]);
    const further = planThresholds({ ...base, thresholds: [100, 120], used: 1_000n, forecast: 1_250n });
    expect(further.tell).toEqual({ kind: 'forecast', percent: 120 });
  });

  it('forgets what was told of another amount and is not reached any more', () => {
    const before = [told('actual', 50, 800n), told('actual', 75, 800n), told('forecast', 100, 800n)];
    const plan = planThresholds({ ...base, used: 610n, forecast: 900n, told: before });
    expect(plan.forget.map(({ kind, percent }) => [kind, percent])).toEqual([
      ['actual', 75],
      ['forecast', 100],
    ]);
    expect(plan.tell).toBeUndefined();
    expect(planThresholds({ ...base, used: 610n, told: before }).forget).toHaveLength(1);
  });

  it('never tells the same twice, however use and forecast go', () => {
    const step = fc.record({
      used: fc.bigInt(0n, 1_500n),
      forecast: fc.option(fc.bigInt(0n, 2_000n), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const all: ToldThreshold[] = [];
        for (const { used, forecast } of steps) {
          const plan = planThresholds({
            ...base,
            used,
            ...(forecast !== undefined && { forecast }),
            told: all,
          });
          expect(plan.forget).toEqual([]);
          for (const { kind, percent } of plan.crossed) all.push(told(kind, percent));
        }
        expect(new Set(all.map(({ kind, percent }) => `${kind} ${percent}`)).size).toBe(all.length);
      }),
      { numRuns: 100 },
    );
  });

  it('scales with the amounts', () => {
    const input = fc.record({
      used: fc.bigInt(0n, 1_500n),
      forecast: fc.bigInt(0n, 2_000n),
      by: fc.bigInt(1n, 10n ** 9n),
    });
    fc.assert(
      fc.property(input, ({ used, forecast, by }) => {
        const scaled = planThresholds({
          ...base,
          amount: 1_000n * by,
          used: used * by,
          forecast: forecast * by,
        });
        expect(scaled).toEqual(planThresholds({ ...base, used, forecast }));
      }),
      { numRuns: 50 },
    );
  });
});

it('the budget’s own thresholds count before the usual ones; of a day only the whole amount', () => {
  expect(thresholdsOf({ period: 'monthly' }, USUAL)).toEqual(USUAL);
  expect(thresholdsOf({ period: 'monthly', thresholds: [120, 60, 60] }, USUAL)).toEqual([60, 120]);
  expect(thresholdsOf({ period: 'daily' }, USUAL)).toEqual([100]);
  expect(thresholdsOf({ period: 'daily', thresholds: [80] }, USUAL)).toEqual([80]);
  expect(thresholdsOf({ period: 'monthly', thresholds: [] }, USUAL)).toEqual([]);
  expect(planThresholds({ ...base, thresholds: [], used: 5_000n, forecast: 9_000n }).tell).toBeUndefined();
});
