/** The budget chart as data and in words. */
import { expect, test } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import { AppError } from '../../../src/core/errors.ts';
import { type BudgetBurnInput, buildBudgetBurn } from '../../../src/view/charts/budget-burn.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';

const dollars = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
const row = (...amounts: (number | null)[]) => amounts.map((one) => (one === null ? null : dollars(one)));

function build(change: Partial<BudgetBurnInput> = {}): ChartSpec {
  return buildBudgetBurn({
    title: '60 % is spent at half time',
    currency: 'USD',
    days: eachDay('2026-11-01', '2026-11-04'),
    spent: row(300, 600, null, null),
    pace: [250, 500, 750, 1_000].map(dollars),
    amount: dollars(1_000),
    thresholds: [0.5, 0.8, 1].map((ratio) => ({ ratio, label: `${ratio * 100} %` })),
    ...change,
  });
}

const forecast = {
  mean: row(null, null, 850, 1_100),
  lower: row(null, null, 800, 1_000),
  upper: row(null, null, 900, 1_200),
  label: '80 % range',
};

test('budget and thresholds are levels; the one at the whole amount is the budget itself', () => {
  const { lines } = build();
  expect(lines?.levels).toEqual([
    { name: 'budget $1,000', value: 1_000, kind: 'budget' },
    { name: '50 %', value: 500, kind: 'threshold' },
    { name: '80 %', value: 800, kind: 'threshold' },
  ]);
  expect(lines).toMatchObject({ baseline: 'zero', bands: [], forecastFrom: 2 });
});

test('the forecast goes on from what is spent to the end of the period', () => {
  const { series, lines } = build({ forecast });
  expect(series.map(({ name, role }) => [name, role])).toEqual([
    ['even pace', 'expected'],
    ['spent', 'actual'],
    ['forecast', 'forecast'],
  ]);
  expect(lines?.bands).toMatchObject([{ name: '80 % range', upper: [null, null, 900, 1_200] }]);
  expect(lines?.note).toEqual({ at: 3, value: 1_100, tone: 'forecast' });
});

test('the alt text tells the finding and the numbers of the picture', () => {
  expect(build({ forecast }).alt).toBe(
    '60 % is spent at half time. Spent $600 of $1,000 (60 %) by 2 Nov. ' +
      'Even pace by then: $500, spending is $100 above it. ' +
      'Thresholds: 50 % since 2 Nov, 80 % from 3 Nov by the forecast, 100 % from 4 Nov by the forecast. ' +
      'Forecast for 4 Nov: $1,100 (110 % of the budget, 80 % range $1,000 to $1,200).',
  );
});

test('a threshold counts from exactly its share', () => {
  const { alt } = build({ spent: row(500, 799.999999, null, null) });
  expect(alt).toContain('50 % since 1 Nov, 80 % not reached');
});

test('the day that is still arriving is dashed, days to come are not', () => {
  const spec = build({ provisionalFrom: '2026-11-02' });
  expect(spec.provisionalFrom).toBe(1);
  expect(spec.alt).toContain('2 Nov is still arriving');
  expect(build({ provisionalFrom: '2026-11-03' }).provisionalFrom).toBeUndefined();
});

test.each([
  [
    'nothing known',
    { spent: row(null, null, null, null) },
    'What is spent of the budget of $1,000 is unknown',
  ],
  ['a gap', { spent: row(300, null, 700, null) }, 'missing, not zero, for 1 day'],
  ['a budget of nothing', { amount: 0n }, 'Spent $600 of $0.00 by 2 Nov'],
  ['no days', { days: [], spent: [], pace: [] }, 'No days to show'],
  ['a credit', { spent: row(-100, -50, null, null) }, 'Spent −$50.00 of $1,000'],
] satisfies [string, Partial<BudgetBurnInput>, string][])('%s is said', (_, change, words) => {
  expect(build(change).alt).toContain(words);
});

test('a row of the wrong length is refused', () => {
  expect(() => build({ pace: [1n] })).toThrow(AppError);
  expect(() => build({ forecast: { ...forecast, mean: [] } })).toThrow('"mean"');
});
