import { expect, it } from 'vitest';
import {
  costPerMonth,
  excessPerDay,
  excessShare,
  severityOf,
  severityThresholds,
} from '../../../src/analysis/detectors/severity.ts';

it.each([
  [99, 9, 'low'],
  [100, 0.2, 'medium'],
  [100, 0.19, 'low'],
  [499, 9, 'medium'],
  [500, 0.3, 'high'],
  [500, 0.29, 'medium'],
  [2000, 0.5, 'critical'],
  [2000, 0.4, 'high'],
  [10_000, 0.01, 'critical'],
  [500, 0.01, 'medium'],
  [2000, Number.POSITIVE_INFINITY, 'critical'],
  [-2000, -0.8, 'critical'],
] as const)('%d a day, %d of the expected: %s', (perDay, share, severity) => {
  expect(severityOf({ excessPerDay: perDay, share })).toBe(severity);
});

it('goes by thresholds that are given', () => {
  const thresholds = severityThresholds({ medium: 10, high: 20, critical: 30 });
  expect(severityOf({ excessPerDay: 25, share: 1 }, thresholds)).toBe('high');
});

it('does not take one dear hour times 24, but says what a month of them costs', () => {
  const hour = { first: 5, last: 5, excess: 50, actual: 60, expected: 10 };
  expect(excessPerDay(hour, 'hour')).toBe(50);
  expect(excessPerDay({ ...hour, last: 52, excess: 2400 }, 'hour')).toBe(1200);
  expect(excessPerDay({ first: 1, last: 4, excess: 400 }, 'day')).toBe(100);
  expect(costPerMonth(hour, 'hour')).toBeCloseTo(50 * 24 * 30.44, 6);
  expect(costPerMonth({ actual: 2310, expected: 850 }, 'day')).toBeCloseTo(44_442.4, 6);
});

it('has an infinite share of nothing', () => {
  expect(excessShare({ actual: 5, expected: 0 })).toBe(Number.POSITIVE_INFINITY);
  expect(excessShare({ actual: 0, expected: 0 })).toBe(0);
  expect(excessShare({ actual: 15, expected: 10 })).toBe(0.5);
});
