import { expect, test } from 'vitest';
import type { Day } from '../../../src/core/day.ts';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { DailyCostInput } from '../../../src/view/charts/daily-cost.ts';
import { buildDailyCost } from '../../../src/view/charts/daily-cost.ts';
import { charts } from '../../../src/view/charts/registry.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';

const dollars = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
const days = (count: number, first: Day = '2026-11-01'): Day[] => eachDay(first, addDays(first, count - 1));
const flat = (count: number, amount: number): bigint[] =>
  Array.from({ length: count }, () => dollars(amount));

function build(input: Partial<DailyCostInput> & Pick<DailyCostInput, 'days' | 'series'>): ChartSpec {
  return buildDailyCost({ title: 'bert is flat', currency: 'USD', ...input });
}

function valuesOf(spec: ChartSpec, role: string): readonly (number | null)[] | undefined {
  return spec.series.find((one) => one.role === role)?.values;
}

test('series are stacked largest first, in units of the currency', () => {
  const spec = build({
    days: days(2),
    series: [
      { label: 'data', micros: [dollars(1), dollars(2)] },
      { label: 'training', micros: [dollars(10.5), dollars(20)] },
    ],
  });
  expect(spec.series).toEqual([
    { name: 'training', role: 'stack', values: [10.5, 20] },
    { name: 'data', role: 'stack', values: [1, 2] },
  ]);
  expect(spec.subtitle).toBe('USD per day');
});

test('from the seventh series on, the smallest are summed and counted in the name', () => {
  const series = [5, 1, 9, 3, 7, 2, 8, 4].map((size) => ({
    label: `s${size}`,
    micros: [dollars(size), null],
  }));
  const stack = build({ days: days(2), series }).series;
  expect(stack.map((one) => one.name)).toEqual(['s9', 's8', 's7', 's5', 's4', 's3', 'other (2 more)']);
  expect(stack.at(-1)?.values).toEqual([3, null]);
});

test('exactly six series need no other', () => {
  const series = [1, 2, 3, 4, 5, 6].map((size) => ({ label: `s${size}`, micros: [dollars(size)] }));
  expect(build({ days: days(1), series }).series.map((one) => one.name)).not.toContain('other (0 more)');
});

test('a big credit keeps its own series and its sign', () => {
  const charges = [1, 2, 3, 4, 5, 6, 7].map((size) => ({ label: `s${size}`, micros: [dollars(size)] }));
  const spec = build({ days: days(1), series: [...charges, { label: 'credits', micros: [dollars(-50)] }] });
  expect(spec.series[0]).toEqual({ name: 'credits', role: 'stack', values: [-50] });
  expect(spec.alt).toContain('Total −$22.00 in 1 day');
  expect(spec.alt).toContain('credits −$50.00');
});

test('the average starts on the seventh known day and trails', () => {
  const micros = [7, 7, 7, 7, 7, 7, 7, 14].map(dollars);
  const spec = build({ days: days(8), series: [{ label: 'a', micros }] });
  expect(valuesOf(spec, 'average')).toEqual([null, null, null, null, null, null, 7, 8]);
});

test('the average is of the total of all series', () => {
  const series = [
    { label: 'a', micros: flat(7, 10) },
    { label: 'b', micros: flat(7, 5) },
  ];
  expect(valuesOf(build({ days: days(7), series }), 'average')?.at(-1)).toBe(15);
});

test('an unknown day has no average and does not count as zero in later ones', () => {
  const micros = [...flat(7, 10), null, ...flat(2, 10)];
  const spec = build({ days: days(10), series: [{ label: 'a', micros }] });
  expect(valuesOf(spec, 'average')?.slice(6)).toEqual([10, null, 10, 10]);
});

test('a day of which one series is unknown is not a total', () => {
  const series = [
    { label: 'a', micros: flat(9, 10) },
    { label: 'b', micros: [...flat(7, 10), null, dollars(10)] },
  ];
  const spec = build({ days: days(9), series });
  expect(valuesOf(spec, 'average')?.slice(6)).toEqual([20, null, 20]);
  expect(spec.alt).toContain('missing, not zero, for all or part of 1 day');
});

test('after a gap of more than a week the average starts anew', () => {
  const micros = [...flat(7, 100), ...Array.from({ length: 10 }, () => null), ...flat(7, 10)];
  const values = valuesOf(build({ days: days(24), series: [{ label: 'a', micros }] }), 'average');
  expect(values?.[6]).toBe(100);
  expect(values?.slice(17, 23)).toEqual([null, null, null, null, null, null]);
  expect(values?.[23]).toBe(10);
});

test('provisional days are marked, keep their bars and stay out of the average', () => {
  const micros = [...flat(8, 10), dollars(1)];
  const spec = build({ days: days(9), series: [{ label: 'a', micros }], provisionalFrom: '2026-11-09' });
  expect(spec.provisionalFrom).toBe(8);
  expect(valuesOf(spec, 'stack')?.at(-1)).toBe(1);
  expect(valuesOf(spec, 'average')?.slice(7)).toEqual([10, null]);
  expect(spec.alt).toContain('9 Nov is still arriving');
});

test.each([
  ['after the last day', '2026-11-10', undefined],
  ['before the first day', '2026-10-01', 0],
])('provisional %s', (_, provisionalFrom, index) => {
  const spec = build({ days: days(5), series: [{ label: 'a', micros: flat(5, 1) }], provisionalFrom });
  expect(spec.provisionalFrom).toBe(index);
});

test('the previous period is aligned by position, whatever its length', () => {
  const series = [{ label: 'a', micros: flat(3, 1) }];
  const shorter = build({ days: days(3), series, previous: { label: 'before', micros: flat(2, 4) } });
  expect(valuesOf(shorter, 'previous')).toEqual([4, 4, null]);
  const longer = build({ days: days(3), series, previous: { label: 'before', micros: flat(5, 4) } });
  expect(valuesOf(longer, 'previous')).toEqual([4, 4, 4]);
  expect(longer.alt).toContain('Before: $20.00');
});

test('a long previous period is drawn as its average and says so', () => {
  const series = [{ label: 'a', micros: flat(90, 1) }];
  const spec = build({ days: days(90), series, previous: { label: '90 days before', micros: flat(90, 4) } });
  const previous = spec.series.find((one) => one.role === 'previous');
  expect(previous?.name).toBe('90 days before (average)');
  expect(previous?.values.slice(5, 7)).toEqual([null, 4]);
  expect(spec.alt).toContain('90 days before: $360');
});

test('the budget line carries its amount in its name', () => {
  const budget = { label: 'budget pace', microsPerDay: dollars(500) };
  const spec = build({ days: days(2), series: [{ label: 'a', micros: [dollars(501), null] }], budget });
  expect(spec.series.at(-1)).toEqual({
    name: 'budget pace $500 a day',
    role: 'budget',
    values: [500, 500],
  });
  expect(spec.alt).toContain('exceeded on 1 day');
});

test('the alt text tells the finding and every number of the picture', () => {
  const spec = buildDailyCost({
    title: 'bert cost 18 % more than the 4 days before.',
    currency: 'USD',
    days: days(4, '2026-10-30'),
    series: [
      { label: 'training', micros: [300, 900, 300, 300].map(dollars) },
      { label: 'inference', micros: [150, 150, 150, 150].map(dollars) },
    ],
    previous: { label: '4 days before', micros: flat(4, 508.5) },
    budget: { label: 'budget pace', microsPerDay: dollars(500) },
    provisionalFrom: '2026-11-01',
  });
  expect(spec.alt).toBe(
    'bert cost 18 % more than the 4 days before. Total $1,500 in 2 days (30–31 Oct). ' +
      'Highest day 31 Oct with $1,050. 4 days before: $2,034. ' +
      'Made up of training $1,200 (80 %), inference $300 (20 %). ' +
      'Budget pace: $500 a day, exceeded on 1 day. 1–2 Nov are still arriving ($900 so far).',
  );
});

test('nothing known is said as unknown, never as zero', () => {
  const micros = [null, null, null];
  const spec = build({
    days: days(3),
    series: [{ label: 'a', micros }],
    previous: { label: '3 days before', micros },
    budget: { label: 'budget pace', microsPerDay: dollars(5) },
  });
  expect(spec.alt).toBe(
    'bert is flat. The cost of these 3 days (1–3 Nov) is unknown. 3 days before: unknown. Budget pace: $5.00 a day.',
  );
  expect(valuesOf(spec, 'average')).toBeUndefined();
});

test('no series and no days still give a chart', () => {
  expect(build({ days: [], series: [] }).alt).toBe('bert is flat. No days to show.');
  expect(build({ days: days(2), series: [] }).alt).toContain('is unknown');
});

test('names from tags can neither flood nor reorder the alt text', () => {
  const label = `\u202e${'x'.repeat(5_000)}\n`;
  const { alt } = build({ days: days(1), series: [{ label, micros: [1n] }] });
  expect(alt.length).toBeLessThan(400);
  expect(alt).not.toMatch(/[\u202e\n]/);
});

test('a series of the wrong length is refused by name', () => {
  const wrong = () => build({ days: days(3), series: [{ label: 'training', micros: [1n] }] });
  expect(wrong).toThrow(AppError);
  expect(wrong).toThrow('"training" has 1 amounts for 3 days');
});

test('registered charts have their own ids', () => {
  expect(charts.map((chart) => chart.id)).toEqual([
    'anomaly-band',
    'budget-burn',
    'daily-cost',
    'forecast-fan',
    'slo-burn',
    'weekly-cost',
  ]);
});
