import { expect, test } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { dateTicks } from '../../../src/view/charts/draw/date-ticks.ts';
import { seriesColours } from '../../../src/view/charts/draw/theme.ts';
import { valueRange } from '../../../src/view/charts/draw/value-range.ts';
import { weekly, weeklyTicks } from '../../../src/view/charts/draw/weekly.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';

const days = (count: number): string[] => eachDay('2025-11-20', addDays('2025-11-20', count - 1));

function spec(series: ChartSpec['series'], provisionalFrom?: number): ChartSpec {
  const count = series[0]?.values.length ?? 0;
  const part = provisionalFrom === undefined ? {} : { provisionalFrom };
  return { id: 'x', title: 't', currency: 'USD', days: days(count), series, alt: 'a', ...part };
}

test.each([1, 2, 7, 8, 9, 30, 31, 45, 90, 112, 113, 200, 365, 450, 1_500])(
  'labels of %d days are few and far enough apart',
  (count) => {
    const ticks = dateTicks(days(count), 8);
    const indices = [...ticks.keys()];
    expect(ticks.size).toBeGreaterThanOrEqual(1);
    expect(ticks.size).toBeLessThanOrEqual(8);
    for (const [at, index] of indices.entries()) {
      const next = indices[at + 1];
      if (next !== undefined) expect(next - index).toBeGreaterThanOrEqual(Math.floor(count / 16));
    }
  },
);

test('weeks are labelled by day, a year by month with the year where it changes', () => {
  expect([...dateTicks(days(30), 8).values()]).toEqual(['20 Nov', '27 Nov', '4 Dec', '11 Dec', '18 Dec']);
  expect([...dateTicks(days(365), 8).values()]).toEqual(['Dec 2025', 'Feb 2026', 'Apr', 'Jun', 'Aug', 'Oct']);
});

test('no days, no labels', () => {
  expect(dateTicks([], 8).size).toBe(0);
});

test('the axis spans stacked charges above and credits below zero', () => {
  const range = valueRange(
    spec([
      { name: 'a', role: 'stack', values: [10, null] },
      { name: 'b', role: 'stack', values: [5, 3] },
      { name: 'c', role: 'stack', values: [-4, null] },
      { name: 'p', role: 'previous', values: [2, 17] },
    ]),
  );
  expect(range).toEqual({ min: -4, max: 17, budgetOffChart: false, empty: false });
});

test.each([
  [20, false],
  [26, true],
])('a budget of %d beside a cost of 10 is off the chart: %s', (budget, off) => {
  const range = valueRange(
    spec([
      { name: 'a', role: 'stack', values: [10] },
      { name: 'budget', role: 'budget', values: [budget] },
    ]),
  );
  expect(range.budgetOffChart).toBe(off);
  expect(range.max > 20).toBe(!off);
});

test('nothing known is empty; nothing spent is not', () => {
  expect(valueRange(spec([{ name: 'a', role: 'stack', values: [null] }])).empty).toBe(true);
  expect(valueRange(spec([{ name: 'a', role: 'stack', values: [0] }])).empty).toBe(false);
});

test('weeks are means of known, complete days and say that they are weeks', () => {
  const values = [1, 2, 3, null, null, null, null, 10, 10, 1, 1, 1, 1, 1, ...Array(7).fill(null), 5];
  const result = weekly(
    spec(
      [
        { name: 'a', role: 'stack', values },
        { name: '7-day average', role: 'average', values },
      ],
      9,
    ),
  );
  expect(result.series).toEqual([{ name: 'a', role: 'stack', values: [2, 10, null, 5] }]);
  expect(result.days).toEqual(['2025-11-20', '2025-11-27', '2025-12-04', '2025-12-11']);
  expect(result.provisionalFrom).toBe(1);
  expect(result.subtitle).toContain('a bar per week');
});

test('a label moves to the week that holds its day', () => {
  expect([...weeklyTicks(new Map([[13, 'Dec']]))]).toEqual([[1, 'Dec']]);
});

test('stages keep their colour whatever their rank; other is grey', () => {
  const [inference, training] = seriesColours(['inference', 'training']);
  expect(seriesColours(['training', 'inference'])).toEqual([training, inference]);
  const seven = seriesColours(['a', 'b', 'c', 'd', 'e', 'f', 'other (3 more)']);
  expect(new Set(seven).size).toBe(7);
  expect(seven).not.toContain('#D55E00');
});
