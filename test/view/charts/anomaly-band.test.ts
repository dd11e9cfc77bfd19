/** The anomaly chart as data and in words. */
import { expect, test } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { AppError } from '../../../src/core/errors.ts';
import { type AnomalyBandInput, buildAnomalyBand } from '../../../src/view/charts/anomaly-band.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';

const dollars = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
const row = (...amounts: (number | null)[]) => amounts.map((one) => (one === null ? null : dollars(one)));
const days = (count: number) => eachDay('2026-11-16', addDays('2026-11-16', count - 1));
const hours = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `2026-11-${16 + Math.floor(at / 24)}T${String(at % 24).padStart(2, '0')}`,
  );

/** Expected 100 in a band of 80 to 120, whatever is not told. */
function build(actual: (bigint | null)[], change: Partial<AnomalyBandInput> = {}): ChartSpec {
  const flat = (amount: number) => actual.map(() => dollars(amount));
  return buildAnomalyBand({
    title: 'bert costs twice as much since 18 Nov.',
    currency: 'USD',
    days: days(actual.length),
    actual,
    expected: flat(100),
    lower: flat(80),
    upper: flat(120),
    anomalous: actual.map((value) => value !== null && value > dollars(120)),
    ...change,
  });
}

test('lines, band and marks are plain data in units of the currency', () => {
  const spec = build(row(100, null, 200.5));
  expect(spec.series).toEqual([
    { name: 'expected', role: 'expected', values: [100, 100, 100] },
    { name: 'actual', role: 'actual', values: [100, null, 200.5] },
  ]);
  expect(spec.lines).toMatchObject({
    bands: [{ lower: [80, 80, 80], upper: [120, 120, 120], shade: 'expected' }],
    marked: { name: 'anomaly', at: [2] },
    note: { at: 2, value: 200.5, tone: 'marked' },
  });
  expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  expect(spec.subtitle).toBe('USD per day');
});

test('what is marked without an amount is no mark', () => {
  const spec = build(row(100, null), { anomalous: [false, true] });
  expect(spec.lines?.marked).toBeUndefined();
  expect(spec.lines?.note).toBeUndefined();
});

test('the amount beside a point is that of the farthest one, above or below', () => {
  const anomalous = [true, true, true];
  expect(build(row(150, 10, 160), { anomalous }).lines?.note).toMatchObject({ at: 1, value: 10 });
});

test('plans and deploys are found among days, and those outside are left out', () => {
  const spec = build(row(100, 100, 100, 100), {
    planned: [
      { label: 'retrain', from: '2026-11-10', to: '2026-11-17' },
      { label: 'load test', from: '2026-11-19', to: '2026-12-24' },
      { label: 'long ago', from: '2026-01-01', to: '2026-01-02' },
    ],
    deploys: [
      { day: '2026-11-18', label: 'v2' },
      { day: '2026-11-19T04:05:06Z', label: 'v3' },
      { day: '2026-11-30', label: 'v4' },
    ],
  });
  expect(spec.lines?.spans).toEqual([
    { name: 'retrain', from: 0, to: 1 },
    { name: 'load test', from: 3, to: 3 },
  ]);
  expect(spec.lines?.flags?.at).toEqual([
    { name: 'v2', at: 2 },
    { name: 'v3', at: 3 },
  ]);
});

test('among hours a plan lasts until the last hour of its day', () => {
  const spec = build(
    hours(72).map(() => dollars(100)),
    {
      days: hours(72),
      planned: [{ label: 'retrain', from: '2026-11-17', to: '2026-11-17' }],
      deploys: [{ day: '2026-11-18T05', label: 'v2' }],
      provisionalFrom: '2026-11-18',
    },
  );
  expect(spec.lines?.spans).toEqual([{ name: 'retrain', from: 24, to: 47 }]);
  expect(spec.lines?.flags?.at).toEqual([{ name: 'v2', at: 53 }]);
  expect(spec.provisionalFrom).toBe(48);
  expect(spec.subtitle).toBe('USD per hour, UTC');
  expect(spec.alt).toContain('18 Nov 00:00–23:00 are still arriving');
});

test('the alt text tells the finding and the numbers of the picture', () => {
  const spec = build(row(100, 90, 210, null, 200, 30), {
    provisionalFrom: '2026-11-21',
    planned: [{ label: 'retrain', from: '2026-11-16', to: '2026-11-17' }],
    deploys: [{ day: '2026-11-18', label: 'v2' }],
  });
  expect(spec.alt).toBe(
    'bert costs twice as much since 18 Nov. Marked as anomaly: 2 days of 6 days (16–21 Nov): ' +
      '18 Nov $210 against $100 expected, 20 Nov $200 against $100 expected. Together $210 above expected. ' +
      'Expected on 20 Nov: between $80.00 and $120. Planned: retrain 16–17 Nov. Deploys: v2 18 Nov. ' +
      'Data is missing, not zero, for 1 day. 21 Nov is still arriving ($30.00 so far).',
  );
});

test('hundreds of anomalies: the five farthest are said, the others counted', () => {
  const spec = build(Array.from({ length: 400 }, (_, at) => dollars(at < 50 ? 100 : 200 + at)));
  expect(spec.lines?.marked?.at).toHaveLength(350);
  expect(spec.alt).toContain('350 days of 400 days');
  expect(spec.alt).toContain('and 345 more');
  expect(spec.alt).toContain('$599 against $100 expected');
  expect(spec.alt.length).toBeLessThan(700);
});

test('a drop is said as below', () => {
  const spec = build(row(100, 10, 20), { anomalous: [false, true, true] });
  expect(spec.alt).toContain('Together $170 below expected');
});

test('no anomaly, and the latest complete day beside its band', () => {
  expect(build(row(100, 110)).alt).toContain(
    'No anomaly in 2 days (16–17 Nov). Latest complete: 17 Nov $110, expected $100, between $80.00 and $120.',
  );
});

test('nothing known is said as unknown, never as zero', () => {
  const spec = build(row(null, null, null));
  expect(spec.series[1]?.values).toEqual([null, null, null]);
  expect(spec.alt).toContain('The cost of these 3 days (16–18 Nov) is unknown');
  expect(spec.alt).not.toContain('$0');
});

test('no days still give a chart', () => {
  expect(build([]).alt).toContain('No days to show');
});

test('names can neither flood nor reorder the alt text', () => {
  const label = `\u202e${'x'.repeat(5_000)}\n`;
  const { alt } = build(row(100), {
    deploys: Array.from({ length: 90 }, () => ({ day: '2026-11-16', label })),
    planned: Array.from({ length: 90 }, () => ({ from: '2026-11-16', to: '2026-11-16', label })),
  });
  expect(alt.length).toBeLessThan(1_200);
  expect(alt).toContain('and 85 more');
  expect(alt).not.toMatch(/[\u202e\n]/);
});

test('a row of the wrong length is refused by name', () => {
  const wrong = () => build(row(1, 2), { upper: row(1) });
  expect(wrong).toThrow(AppError);
  expect(wrong).toThrow('"upper" has 1 entries for 2 steps');
});
