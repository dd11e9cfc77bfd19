/** Forecasts of whole series: what they continue, what they survive, and whether their bands hold. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastSeries } from '../../../src/analysis/forecast/forecast-series.ts';
import { BAND_LEVELS, type SeriesForecast } from '../../../src/analysis/forecast/types.ts';
import { type Series, stampAt } from '../../../src/core/series.ts';

const WEEK = [1.1, 1.12, 1.1, 1.08, 1.05, 0.8, 0.75];
const START = '2026-01-05';

function daily(length: number, value: (t: number) => number): Series {
  return { grain: 'day', start: START, values: Float64Array.from({ length }, (_, t) => value(t)) };
}

/** Even numbers between 0 and 1 that look random; the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** About normal, mean 0, deviation 1. */
function bell(next: () => number): number {
  let sum = 0;
  for (let i = 0; i < 12; i += 1) sum += next();
  return sum - 6;
}

function must(found: SeriesForecast | undefined): SeriesForecast {
  if (!found) throw new Error('no forecast');
  return found;
}

describe('a forecast', () => {
  it('continues a week exactly, with bands of no width', () => {
    const found = must(
      forecastSeries(
        daily(60, (t) => (t % 7 < 5 ? 100 : 30)),
        14,
      ),
    );
    for (const [h, value] of found.mean.entries()) expect(value).toBeCloseTo((60 + h) % 7 < 5 ? 100 : 30, 6);
    expect(found.bands['80'].lower[13]).toBeCloseTo(found.mean[13] ?? 0, 6);
    expect(found.sum(0, 6).mean).toBeCloseTo(560, 6);
  });

  it('is not dared with 13 known days', () => {
    expect(
      forecastSeries(
        daily(13, () => 5),
        7,
      ),
    ).toBeUndefined();
    expect(
      forecastSeries(
        daily(20, (t) => (t < 7 ? Number.NaN : 5)),
        7,
      ),
    ).toBeUndefined();
    expect(
      forecastSeries(
        daily(14, () => 5),
        7,
      )?.mean[6],
    ).toBeCloseTo(5, 9);
    expect(
      forecastSeries(
        daily(0, () => 5),
        7,
      ),
    ).toBeUndefined();
  });

  it('says what was tried and how far off it was', () => {
    const next = numbers(3);
    const series = daily(200, (t) => 100 * (WEEK[t % 7] ?? 1) * (1 + 0.05 * bell(next)));
    const { backtest, parts, model } = must(forecastSeries(series, 28));
    expect(backtest.map((trial) => trial.model)).toEqual(
      expect.arrayContaining(['seasonal-naive', 'weekday-average', 'ets', 'theta']),
    );
    expect(backtest[0]?.model).toBe(model);
    expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    const naive = backtest.find((trial) => trial.model === 'seasonal-naive');
    expect(backtest[0]?.mase ?? 9).toBeLessThan(naive?.mase ?? 0);
    expect(naive?.origins ?? 0).toBeGreaterThan(20);
  });

  it('follows a new level within weeks, and is not led astray by one wild day', () => {
    const step = daily(200, (t) => (t < 180 ? 100 : 300));
    expect(must(forecastSeries(step, 7)).mean[3]).toBeGreaterThan(270);
    const spike = daily(200, (t) => (t === 199 ? 2_000 : 100 + (t % 3)));
    expect(must(forecastSeries(spike, 7)).mean[3]).toBeLessThan(140);
  });

  it('keeps what comes on the same date of each month', () => {
    const next = numbers(11);
    const at = { grain: 'day', start: START } as const;
    const series = daily(
      330,
      (t) => 100 * (1 + 0.05 * bell(next)) + (stampAt(at, t).endsWith('-01') ? 900 : 0),
    );
    const found = must(forecastSeries(series, 31));
    // Day 330 after 5 January is 1 December.
    expect(found.mean[0]).toBeGreaterThan(900);
    expect(found.mean[1]).toBeLessThan(150);
  });

  it('of bursts is right in the sum', () => {
    const next = numbers(5);
    const series = daily(300, () => (next() < 0.2 ? 100 : 0));
    const { mean, upper } = {
      ...must(forecastSeries(series, 30)).sum(0, 29),
      upper: must(forecastSeries(series, 30)).sum(0, 29).bands['80'].upper,
    };
    expect(mean).toBeGreaterThan(380);
    expect(mean).toBeLessThan(850);
    expect(upper).toBeGreaterThan(mean);
  });

  it('adds what is planned, and learns nothing from what was excluded', () => {
    const series = daily(100, (t) => (t >= 60 && t < 75 ? 1_000 : 100));
    const excluded = Uint8Array.from(series.values, (value) => (value === 1_000 ? 1 : 0));
    const planned = Float64Array.of(0, 500, 0);
    const found = must(forecastSeries(series, 3, { planned, excluded }));
    expect([...found.mean].map(Math.round)).toEqual([100, 600, 100]);
    expect(found.sum(0, 2).mean).toBeCloseTo(800, 6);
    expect(found.learnt).toBe(85);
  });

  it('survives gaps, credits, zeros and hours', () => {
    const next = numbers(17);
    const gaps = daily(150, (t) => (t % 9 === 4 ? Number.NaN : 50 + bell(next)));
    expect(must(forecastSeries(gaps, 10)).mean.every((value) => value > 45 && value < 55)).toBe(true);
    const credits = must(
      forecastSeries(
        daily(120, () => -20 + bell(next)),
        10,
      ),
    );
    expect(credits.sum(0, 9).mean).toBeCloseTo(-200, -1);
    expect(Math.max(...credits.bands['95'].upper)).toBeLessThanOrEqual(0);
    const nothing = must(
      forecastSeries(
        daily(90, () => 0),
        30,
      ),
    );
    expect(nothing.sum(0, 29)).toEqual({
      mean: 0,
      bands: { '50': { lower: 0, upper: 0 }, '80': { lower: 0, upper: 0 }, '95': { lower: 0, upper: 0 } },
    });
    const hours: Series = {
      grain: 'hour',
      start: '2026-01-05T00',
      values: Float64Array.from({ length: 24 * 28 }, (_, t) => (t % 24 < 8 ? 1 : 5)),
    };
    expect(must(forecastSeries(hours, 24)).mean[12]).toBeCloseTo(5, 6);
  });
});

describe('the properties of a forecast', () => {
  // The first day costs something: days before the first cost are no history.
  const arbitrary = fc
    .array(fc.double({ min: 0, max: 1_000, noNaN: true }), { minLength: 14, maxLength: 120 })
    .map(([first = 0, ...rest]) => [first + 1, ...rest]);

  it('bands lie within one another, never below nothing, and hold the forecast', () => {
    fc.assert(
      fc.property(arbitrary, (values) => {
        const found = must(
          forecastSeries(
            daily(values.length, (t) => values[t] ?? 0),
            40,
          ),
        );
        for (const at of [0, 39]) {
          const ends = BAND_LEVELS.map((level) => [
            found.bands[level].lower[at],
            found.bands[level].upper[at],
          ]);
          const inward = [ends[2]?.[0], ends[1]?.[0], ends[0]?.[0], found.mean[at]];
          const outward = [found.mean[at], ends[0]?.[1], ends[1]?.[1], ends[2]?.[1]];
          for (const row of [inward, outward])
            row.reduce((before = 0, value = 0) => {
              expect(value).toBeGreaterThanOrEqual(before - 1e-9);
              return value;
            });
          expect(inward[0]).toBeGreaterThanOrEqual(0);
        }
        expect(found.sum(0, 39).bands['95'].lower).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 25 },
    );
  });

  it('scale with the series', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: -3, max: 6 }), (values, power) => {
        // Powers of two change no digit.
        const factor = 2 ** power;
        const once = must(
          forecastSeries(
            daily(values.length, (t) => values[t] ?? 0),
            10,
          ),
        );
        const scaled = must(
          forecastSeries(
            daily(values.length, (t) => factor * (values[t] ?? 0)),
            10,
          ),
        );
        expect(scaled.model).toBe(once.model);
        for (const [h, value] of scaled.mean.entries())
          expect(value / factor).toBeCloseTo(once.mean[h] ?? 0, 6);
      }),
      { numRuns: 20 },
    );
  });
});

it('the 80 % band holds about four in five days and sums that were held back', () => {
  let held = 0;
  let days = 0;
  let sums = 0;
  let heldSums = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const next = numbers(seed * 7_919);
    let drift = 0;
    const noise = 0.03 + 0.1 * next();
    const all = daily(430, (t) => {
      drift += seed % 2 === 0 ? 0.01 * bell(next) : 0.001;
      return 100 * Math.exp(drift) * (WEEK[t % 7] ?? 1) * (1 + noise * bell(next));
    });
    const known = { ...all, values: all.values.slice(0, 400) };
    const found = must(forecastSeries(known, 30));
    const ahead = all.values.slice(400);
    ahead.forEach((value, h) => {
      const { lower, upper } = found.bands['80'];
      if (value >= (lower[h] ?? 0) && value <= (upper[h] ?? 0)) held += 1;
      days += 1;
    });
    const { lower, upper } = found.sum(0, 29).bands['80'];
    const total = ahead.reduce((sum, value) => sum + value, 0);
    sums += 1;
    if (total >= lower && total <= upper) heldSums += 1;
  }
  expect(held / days).toBeGreaterThan(0.75);
  expect(held / days).toBeLessThan(0.88);
  expect(heldSums / sums).toBeGreaterThan(0.7);
});
