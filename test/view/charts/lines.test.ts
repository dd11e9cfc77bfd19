/** Where the parts of charts of lines go: axis, ticks, gaps, names and labels. */
import { expect, test } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { gapSteps } from '../../../src/view/charts/draw/lines/gap-steps.ts';
import { labelsAmong } from '../../../src/view/charts/draw/lines/labels.ts';
import { laneLayout } from '../../../src/view/charts/draw/lines/lane-layout.ts';
import { lineLegend } from '../../../src/view/charts/draw/lines/line-legend.ts';
import { lineRange } from '../../../src/view/charts/draw/lines/line-range.ts';
import { stampTicks } from '../../../src/view/charts/draw/lines/stamp-ticks.ts';
import { themeFor } from '../../../src/view/charts/draw/theme.ts';
import type { ChartLines, ChartSpec } from '../../../src/view/charts/types.ts';

const none: ChartLines = { baseline: 'near', bands: [], levels: [] };

function spec(values: (number | null)[], change: Partial<ChartSpec> = {}): ChartSpec {
  const days = values.length === 0 ? [] : eachDay('2026-11-01', addDays('2026-11-01', values.length - 1));
  const series = [{ name: 'actual', role: 'actual', values }] as const;
  return { id: 'x', title: 't', currency: 'USD', days, series, alt: 'a', ...change };
}

const hours = (count: number, first = '2026-11-16T00') =>
  Array.from({ length: count }, (_, at) =>
    new Date(Date.parse(`${first}:00:00Z`) + at * 3_600_000).toISOString().slice(0, 13),
  );

test('an axis starts at zero, unless lines hardly move and are not a total', () => {
  expect(lineRange(spec([50, 100]), none)).toMatchObject({ min: 0, near: false });
  const near = lineRange(spec([0.38, 0.42]), none);
  expect(near.near).toBe(true);
  expect(near.min).toBeGreaterThan(0.3);
  expect(lineRange(spec([0.38, 0.42]), { ...none, baseline: 'zero' }).min).toBe(0);
  // What does not move looks flat.
  expect(lineRange(spec([100, 101]), none).near).toBe(false);
});

test('ranges take the axis to at most twice the lines, and below zero only where credits are', () => {
  const bands = [{ name: 'b', lower: [-500, -500], upper: [1_000, 90_000], shade: 'outer' }] as const;
  const range = lineRange(spec([0, 100]), { ...none, bands });
  expect(range.min).toBe(0);
  expect(range.max).toBeLessThan(250);
  expect(lineRange(spec([-100, 100]), { ...none, bands }).min).toBeLessThan(-200);
});

test.each([
  [240, false],
  [260, true],
])('a level of %d above a cost of 100 is off the chart: %s', (value, off) => {
  const level = { name: 'budget', value, kind: 'budget' } as const;
  const range = lineRange(spec([100]), { ...none, levels: [level] });
  expect(range.isOffChart(level)).toBe(off);
  expect(range.max > value).toBe(!off);
});

test.each([
  [[], true],
  [[null, null], true],
  [[0, 0], false],
  [[-3, -3], false],
  [[1e15, 1e-9], false],
])('the axis of %j has a span; empty: %s', (values, empty) => {
  const range = lineRange(spec(values), none);
  expect(range.empty).toBe(empty);
  expect(range.max).toBeGreaterThan(range.min);
});

test.each([1, 5, 24, 47, 48, 168, 336, 720, 9_000])('labels of %d hours are few', (count) => {
  const ticks = stampTicks(hours(count), 8);
  expect(ticks.size).toBeGreaterThanOrEqual(1);
  expect(ticks.size).toBeLessThanOrEqual(8);
});

test('hours are labelled by the clock, midnights and weeks of hours by the day', () => {
  expect([...stampTicks(hours(48), 8).values()]).toEqual([
    '16 Nov',
    '06:00',
    '12:00',
    '18:00',
    '17 Nov',
    '06:00',
    '12:00',
    '18:00',
  ]);
  expect([...stampTicks(hours(96, '2026-11-16T05'), 5)]).toEqual([
    [19, '17 Nov'],
    [43, '18 Nov'],
    [67, '19 Nov'],
    [91, '20 Nov'],
  ]);
});

test('what is yet to come, or still arriving, is no gap', () => {
  const values = [1, null, 3, null, null];
  expect(gapSteps(spec(values), none)).toEqual([1, 3, 4]);
  expect(gapSteps(spec(values), { ...none, forecastFrom: 4 })).toEqual([1, 3]);
  expect(gapSteps(spec(values, { provisionalFrom: 3 }), none)).toEqual([1]);
});

test('the legend explains what is there and nothing else', () => {
  const names = (change: Partial<ChartSpec>, lines: ChartLines) =>
    lineLegend(spec([1, null, 3], change), lines).map(({ name }) => name);
  expect(names({}, { ...none, forecastFrom: 1 })).toEqual(['actual']);
  const lines: ChartLines = {
    ...none,
    bands: [{ name: 'expected', lower: [0, 0, 0], upper: [2, 2, 2], shade: 'expected' }],
    marked: { name: 'anomaly', at: [2] },
  };
  expect(names({ provisionalFrom: 2 }, lines)).toEqual([
    'actual',
    'expected',
    'anomaly',
    'still arriving',
    'no data',
  ]);
});

const plot = { left: 0, right: 800, x: (day: number) => day * 10 };
const letters = (text: string): number => text.length * 10;
const room = { plot, widthOf: letters, theme: themeFor(900, 420) };

test('names of plans and deploys share a row until they would touch', () => {
  const lines = (at: number): ChartLines => ({
    ...none,
    spans: [{ name: 'retrain', from: 10, to: 14 }],
    flags: { name: 'deploy', at: [{ name: 'v2', at }] },
  });
  expect(laneLayout(lines(50), room).rows).toBe(1);
  expect(laneLayout(lines(12), room).rows).toBe(2);
  expect(laneLayout(none, room).rows).toBe(0);
});

test('names never touch; the newest stay and the others are counted', () => {
  const at = Array.from({ length: 80 }, (_, day) => ({ name: `release ${day}`, at: day }));
  const { names, leftOut } = laneLayout({ ...none, flags: { name: 'deploy', at } }, room);
  expect(names[0]?.text).toBe('release 79');
  expect(leftOut).toEqual([{ row: 0, count: 80 - names.length }]);
  const sorted = [...names].sort((a, b) => a.x - b.x);
  for (const [index, one] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next) expect(one.x + letters(one.text)).toBeLessThan(next.x);
    expect(one.x + letters(one.text)).toBeLessThanOrEqual(plot.right);
  }
});

test('a label keeps off dots, then off lines, and never lies on another', () => {
  const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });
  const line = [
    { x: 0, y: 5 },
    { x: 30, y: 5 },
  ];
  const labels = labelsAmong([line], { points: [{ x: 45, y: 5 }], radius: 2 });
  const candidates = [box(10), box(40), box(60)];
  expect([1, 2, 3].map(() => labels.place(candidates)?.x)).toEqual([60, 10, 40]);
});
