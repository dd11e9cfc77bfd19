import { expect, it } from 'vitest';
import { judgeWith } from '../../../src/analysis/detectors/run.ts';
import { days, hours, many, overEdge } from './series.ts';

it('fires from the step on at which the price was above the limit for long enough', () => {
  const prices = hours(2.9, 3.2, 2.8, 3.2, 3.3, 3.4, 3.5, 2.9);
  expect(overEdge(judgeWith('rate', prices, { limit: 3, hours: 3 }).score)).toEqual([5, 6]);
  expect(overEdge(judgeWith('rate', prices, { limit: 3, hours: 1 }).score)).toEqual([1, 3, 4, 5, 6]);
});

it('scores the cheapest step of the time it looks at', () => {
  const { score } = judgeWith('rate', hours(6, 4, 12), { limit: 3 });
  expect(score[2]).toBeCloseTo(1 - (0.5 * 3) / 4, 12);
});

it('ends the run where no price is known', () => {
  const prices = hours(4, 4, Number.NaN, 4, 4, 4);
  expect(overEdge(judgeWith('rate', prices, { limit: 3 }).score)).toEqual([5]);
});

it('finds a constant price unusual only above its limit', () => {
  const prices = days(...many(40, 0.41));
  expect(overEdge(judgeWith('rate', prices, { limit: 0.41 }).score)).toEqual([]);
  expect(overEdge(judgeWith('rate', prices, { limit: 0.4 }).score)).toHaveLength(40);
  expect(overEdge(judgeWith('rate', prices).score)).toEqual([]);
});

it('without a limit compares with the median of 28 days, which one odd price does not move', () => {
  const { expected, upper, score } = judgeWith('rate', days(...many(10, 2), 900, ...many(10, 2), 2.6, 2.4));
  expect([expected[21], upper[21]]).toEqual([2, 2.5]);
  expect(overEdge(score)).toEqual([10, 21]);
});

it('by the day, hours begin days', () => {
  const prices = days(4, 4, 4);
  expect(overEdge(judgeWith('rate', prices, { limit: 3, hours: 24 }).score)).toEqual([0, 1, 2]);
  expect(overEdge(judgeWith('rate', prices, { limit: 3, hours: 25 }).score)).toEqual([1, 2]);
});
