/** The year's rhythm, where a history is long enough to have seen it. */
import { expect, it } from 'vitest';
import { forecastSeries } from '../../../src/analysis/forecast/forecast-series.ts';
import { lastYear } from '../../../src/analysis/forecast/last-year.ts';
import { planTrial } from '../../../src/analysis/forecast/trial.ts';

/** 100 a day, and 300 for the last eight weeks of each 52. */
const holidays = (t: number) => (t % 364 >= 308 ? 300 : 100);

it('what rose a year ago rises again', () => {
  const values = Float64Array.from({ length: 364 + 300 }, (_, t) => holidays(t));
  const found = forecastSeries({ grain: 'day', start: '2025-01-06', values }, 60);
  expect(found?.backtest.map(({ model }) => model)).toContain('last-year');

  const history = { raw: values, clean: values, period: 7, sparse: false };
  const trial = planTrial(history, 60);
  const row = lastYear(1).forecast(history, trial).slice(-60);
  // Eight days before the rise the three weeks around it hold a part of it.
  expect(row[0]).toBeLessThan(150);
  expect(row[40]).toBeCloseTo(300, 6);
});

it('a negative series moves by the difference', () => {
  const values = Float64Array.from({ length: 364 + 300 }, (_, t) => -holidays(t));
  const history = { raw: values, clean: values, period: 7, sparse: false };
  const row = lastYear(0.5).forecast(history, planTrial(history, 60)).slice(-60);
  expect(row[40]).toBeCloseTo(-200, 6);
});

it('is not tried on a history without a year before', () => {
  const values = Float64Array.from({ length: 400 }, (_, t) => 50 + (t % 7));
  const found = forecastSeries({ grain: 'day', start: '2025-01-06', values }, 60);
  expect(found?.backtest.map(({ model }) => model)).not.toContain('last-year');
});
