/** The forecast chart as data and in words. */
import { expect, test } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { AppError } from '../../../src/core/errors.ts';
import { buildForecastFan, type ForecastFanInput } from '../../../src/view/charts/forecast-fan.ts';
import type { ChartSpec } from '../../../src/view/charts/types.ts';

const dollars = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
const row = (...amounts: (number | null)[]) => amounts.map((one) => (one === null ? null : dollars(one)));
const days = eachDay('2026-11-19', addDays('2026-11-19', 3));

function build(change: Partial<ForecastFanInput> = {}): ChartSpec {
  return buildForecastFan({
    title: 'bert is on course',
    currency: 'USD',
    days,
    actual: row(100, 200, null, null),
    mean: row(null, null, 300, 400),
    bands: {
      '50': { lower: row(null, null, 290, 380), upper: row(null, null, 310, 420) },
      '80': { lower: row(null, null, 280, 360), upper: row(null, null, 320, 440) },
      '95': { lower: row(null, null, 250, 300), upper: row(null, null, 350, 500) },
    },
    forecastFrom: '2026-11-21',
    ...change,
  });
}

test('bands lie on each other, the widest first', () => {
  const { series, lines } = build();
  expect(series).toEqual([
    { name: 'actual', role: 'actual', values: [100, 200, null, null] },
    { name: 'forecast', role: 'forecast', values: [null, null, 300, 400] },
  ]);
  expect(lines?.bands.map(({ name, shade, upper }) => [name, shade, upper[3]])).toEqual([
    ['95 % likely', 'outer', 500],
    ['80 %', 'middle', 440],
    ['50 %', 'inner', 420],
  ]);
  expect(lines?.forecastFrom).toBe(2);
  expect(lines?.levels).toEqual([]);
});

test('a running total begins at zero and has the budget of the whole period', () => {
  const spec = build({ cumulative: true, budget: { label: 'budget', micros: dollars(350) } });
  expect(spec.subtitle).toBe('USD, running total');
  expect(spec.lines).toMatchObject({
    baseline: 'zero',
    levels: [{ name: 'budget $350', value: 350, kind: 'budget' }],
    note: { at: 3, value: 400, tone: 'forecast' },
  });
  expect(spec.alt).toBe(
    'bert is on course. Spent by 20 Nov: $200. Forecast for 22 Nov: $400. ' +
      'Likely ranges on 22 Nov: 50 % $380 to $420, 80 % $360 to $440, 95 % $300 to $500. ' +
      'Budget: $350, exceeded from 22 Nov by the forecast.',
  );
});

test('a daily forecast is summed in words', () => {
  const spec = build({ budget: { label: 'budget pace', micros: dollars(150) } });
  expect(spec.lines?.levels[0]?.name).toBe('budget pace $150 a day');
  expect(spec.alt).toContain('Spent $300 in 2 days (19–20 Nov)');
  expect(spec.alt).toContain('Forecast $700 in 2 days (21–22 Nov), $400 on the last');
  expect(spec.alt).toContain('Budget pace: $150 a day, exceeded on 1 day and by the forecast on 2');
});

test.each([
  ['not exceeded by the forecast', row(100, 200, null, null), 900],
  ['exceeded since 20 Nov', row(100, 200, null, null), 150],
])('a running total against its budget: %s', (words, actual, budget) => {
  const spec = build({ cumulative: true, actual, budget: { label: 'budget', micros: dollars(budget) } });
  expect(spec.alt).toContain(words);
});

test('days between the complete ones and the forecast are still arriving', () => {
  const spec = build({ provisionalFrom: '2026-11-20' });
  expect(spec.provisionalFrom).toBe(1);
  expect(spec.alt).toContain('Spent $100 in 1 day (19 Nov)');
  expect(spec.alt).toContain('20 Nov is still arriving');
});

test('a day known in part that is forecast too is still arriving', () => {
  const spec = build({ provisionalFrom: '2026-11-21', actual: row(100, 200, 20, null) });
  expect(spec.provisionalFrom).toBe(2);
  expect(spec.alt).toContain('21 Nov is still arriving');
  expect(build({ provisionalFrom: '2026-11-21' }).provisionalFrom).toBeUndefined();
});

test('unknown is never zero', () => {
  const nothing = row(null, null, null, null);
  const spec = build({ actual: nothing, mean: nothing, bands: {} });
  expect(spec.alt).toBe('bert is on course. What was spent so far is unknown. There is no forecast.');
  expect(build({ actual: row(null, 200, null, null) }).alt).toContain('missing, not zero, for 1 day');
});

test('a band of the wrong length is refused', () => {
  const bands = { '80': { lower: row(1), upper: row(1) } };
  expect(() => build({ bands })).toThrow(AppError);
});
