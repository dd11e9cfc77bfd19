/** Charts of lines as pictures. */
import { expect, test } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { type AnomalyBandInput, buildAnomalyBand } from '../../../src/view/charts/anomaly-band.ts';
import { buildBudgetBurn } from '../../../src/view/charts/budget-burn.ts';
import { buildForecastFan } from '../../../src/view/charts/forecast-fan.ts';
import { rasterise } from '../../../src/view/charts/rasterise.ts';
import { buildSloBurn } from '../../../src/view/charts/slo-burn.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';
import { type Area, countColour, type Pixels, plotArea, readPixels } from './pixels.ts';

const BLUE = '#0072B2';
const VERMILION = '#D55E00';
const GREEN = '#009E73';

const dollars = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
const days = (count: number) => eachDay('2026-10-01', addDays('2026-10-01', count - 1));
const flat = (count: number, amount: number) => Array.from({ length: count }, () => dollars(amount));

async function draw(spec: ChartSpec): Promise<Pixels> {
  // As it arrives from another thread.
  return readPixels(await rasterise(JSON.parse(JSON.stringify(spec)) satisfies ChartSpec));
}

function anomalies(actual: readonly (bigint | null)[], change: Partial<AnomalyBandInput> = {}): ChartSpec {
  const count = actual.length;
  return buildAnomalyBand({
    title: 'bert is flat',
    currency: 'USD',
    days: days(count),
    actual,
    expected: flat(count, 100),
    lower: flat(count, 80),
    upper: flat(count, 120),
    anomalous: actual.map((value) => value !== null && value > dollars(120)),
    ...change,
  });
}

/** The part of the plot between two shares of its width. */
const slice = (from: number, to: number): Area => ({
  ...plotArea,
  x: Math.round(plotArea.x + plotArea.width * from),
  width: Math.round(plotArea.width * (to - from)),
});

test('what stands out is vermilion, and only where it stands out', async () => {
  const spiked = flat(20, 100).map((value, day) => (day === 15 ? dollars(300) : value));
  const pixels = await draw(anomalies(spiked));
  expect(pixels).toMatchObject({ width: 1_800, height: 840 });
  expect(countColour(pixels, VERMILION, slice(0.72, 0.83))).toBeGreaterThan(60);
  expect(countColour(pixels, VERMILION, slice(0, 0.6))).toBe(0);
  expect(countColour(await draw(anomalies(flat(20, 100))), VERMILION)).toBe(0);
});

test('an unknown day breaks the line, and is not drawn at zero', async () => {
  const gap = flat(20, 100).map((value, day) => (day >= 8 && day < 12 ? null : value));
  const pixels = await draw(anomalies(gap));
  expect(countColour(pixels, BLUE, slice(0.44, 0.56))).toBe(0);
  expect(countColour(pixels, BLUE, slice(0.1, 0.3))).toBeGreaterThan(500);
});

test('a day alone between unknown ones is a dot', async () => {
  const lone = flat(20, 100).map((value, day) => (day === 10 ? value : null));
  expect(countColour(await draw(anomalies(lone)), BLUE, slice(0.48, 0.57))).toBeGreaterThan(30);
});

test('what is still arriving is dashed', async () => {
  const whole = countColour(await draw(anomalies(flat(20, 100))), BLUE, slice(0.55, 0.95));
  const spec = anomalies(flat(20, 100), { provisionalFrom: days(20)[10] });
  const dashed = countColour(await draw(spec), BLUE, slice(0.55, 0.95));
  expect(dashed).toBeGreaterThan(0);
  expect(dashed).toBeLessThan(whole * 0.7);
});

test('plans and deploys leave their marks in the plot', async () => {
  const plain = await draw(anomalies(flat(20, 100)));
  const planned = [{ label: 'retrain', from: days(20)[4] ?? '', to: days(20)[8] ?? '' }];
  const pixels = await draw(anomalies(flat(20, 100), { planned }));
  const [x, y] = [Math.round(plotArea.x + plotArea.width * 0.33), 700];
  expect(pixels.at(x, y)).not.toEqual(plain.at(x, y));
  expect(pixels.at(1_500, y)).toEqual(plain.at(1_500, y));
});

const month = eachDay('2026-11-01', '2026-11-30');
const total = (from: number, to: number, perDay: number, shift = 0) =>
  month.map((_, day) =>
    day < from || day >= to ? null : dollars((day + 1) * perDay + shift * (day - from + 1)),
  );

function fan(actual: readonly (bigint | null)[]): ChartSpec {
  return buildForecastFan({
    title: 'bert is on course',
    currency: 'USD',
    days: month,
    actual,
    mean: total(20, 30, 100),
    bands: {
      '50': { lower: total(20, 30, 100, -20), upper: total(20, 30, 100, 20) },
      '80': { lower: total(20, 30, 100, -40), upper: total(20, 30, 100, 40) },
      '95': { lower: total(20, 30, 100, -80), upper: total(20, 30, 100, 80) },
    },
    forecastFrom: '2026-11-21',
    cumulative: true,
    budget: { label: 'budget', micros: dollars(3_500) },
  });
}

test('the fan opens in shades of blue, the likeliest the darkest', async () => {
  const pixels = await draw(fan(total(0, 20, 100)));
  const x = Math.round(plotArea.x + plotArea.width * 0.97);
  const reds = new Set<number>();
  for (let y = plotArea.y; y < plotArea.y + plotArea.height; y += 1) {
    const [red = 0, , blue = 0] = pixels.at(x, y);
    if (blue - red > 15) reds.add(Math.round(red / 8));
  }
  expect(reds.size).toBeGreaterThanOrEqual(3);
  expect(countColour(pixels, BLUE, slice(0.75, 0.98))).toBe(0);
});

test('the error budget below turns vermilion where it is overdrawn', async () => {
  const slo = (left: number) =>
    buildSloBurn({
      title: 'bert',
      currency: 'USD',
      days: days(20),
      unitCost: days(20).map(() => 0.3),
      target: 0.4,
      per: '1k requests',
      bad: days(20).map(() => false),
      budgetLeft: days(20).map((_, day) => (day < 10 ? 0.8 : left)),
    });
  const strip: Area = { ...plotArea, y: 640, height: 130 };
  expect(countColour(await draw(slo(0.3)), GREEN, strip)).toBeGreaterThan(500);
  expect(countColour(await draw(slo(0.3)), VERMILION, strip)).toBe(0);
  expect(countColour(await draw(slo(-0.5)), VERMILION, strip)).toBeGreaterThan(200);
});

const long = `${'مرحبا 🔥 '.repeat(60)}\u202e`;
const many = days(400);

test.each([
  [
    'nothing known',
    anomalies([null, null, null], {
      expected: [null, null, null],
      lower: [null, null, null],
      upper: [null, null, null],
    }),
  ],
  ['a band without a cost', anomalies([null, null, null])],
  ['one point', anomalies(flat(1, 500))],
  ['no days', anomalies([])],
  ['only credits', anomalies(flat(5, -300), { anomalous: [true, true, true, true, true] })],
  ['huge amounts', anomalies(flat(5, 9e15))],
  [
    'tiny amounts',
    anomalies(flat(5, 0.000001), { expected: flat(5, 0), lower: flat(5, 0), upper: flat(5, 0) }),
  ],
  [
    'hundreds of anomalies, plans and deploys with names of any script',
    anomalies(flat(400, 300), {
      title: long,
      subtitle: long,
      currency: 'a currency of far too many letters',
      deploys: many.map((day) => ({ day, label: long })),
      planned: many.map((day) => ({ from: day, to: addDays(day, 3), label: long })),
    }),
  ],
  ['a forecast from nothing', fan(month.map(() => null))],
  [
    'a budget with a hundred thresholds',
    buildBudgetBurn({
      title: 'bert',
      currency: 'USD',
      days: month,
      spent: total(0, 3, 100),
      pace: month.map((_, day) => dollars(day * 100)),
      amount: dollars(3_000),
      thresholds: Array.from({ length: 100 }, (_, at) => ({ ratio: at / 50, label: long })),
    }),
  ],
])('%s still gives a picture', async (_, spec) => {
  expect(await draw(spec)).toMatchObject({ width: 1_800, height: 840 });
});
