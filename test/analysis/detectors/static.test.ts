import { expect, it } from 'vitest';
import { judgeWith } from '../../../src/analysis/detectors/run.ts';
import { days, hours, many, overEdge } from './series.ts';

it('is on the edge at 150 % of the mean of 30 days, and below at half of it', () => {
  const { expected, upper, lower, score } = judgeWith('static', days(...many(30, 80), 120));
  expect([expected[30], lower[30], upper[30], score[30]]).toEqual([80, 40, 120, 0.5]);
  const last = (value: number) => judgeWith('static', days(...many(30, 80), value)).score;
  expect([119, 121, 41, 39].map((value) => overEdge(last(value)))).toEqual([[], [30], [], [30]]);
});

it('looks back for as long as it is told', () => {
  const values = [...many(20, 10), ...many(10, 100), 140];
  expect(judgeWith('static', days(...values), { days: 10 }).expected[30]).toBe(100);
  expect(judgeWith('static', days(...values), { days: '30', times: '1.5' }).expected[30]).toBe(40);
});

it('judges by a set amount from the first step on', () => {
  const { expected, upper, score } = judgeWith('static', days(40, 49, 50, 51, 100), { limit: 50 });
  expect([...upper]).toEqual([50, 50, 50, 50, 50]);
  expect(expected[0]).toBe(50);
  expect(overEdge(score)).toEqual([3, 4]);
  expect(score[4]).toBe(0.75);
});

it('widens by planned money at that step only', () => {
  const planned = new Float64Array(32);
  planned[30] = 500;
  const { upper, score } = judgeWith('static', days(...many(30, 80), 600, 600), {}, { planned });
  expect([upper[30], overEdge(score)]).toEqual([620, [31]]);
  // Money that was planned and came is not learnt as usual.
  const { expected } = judgeWith('static', days(...many(30, 80), 580, 80), { days: 7 }, { planned });
  expect(expected[31]).toBe(80);
});

it('takes hours for hours: 30 days are 720 of them', () => {
  const { expected } = judgeWith('static', hours(...many(720, 2), ...many(720, 4), 4));
  expect([expected[720], expected[1080], expected[1440]]).toEqual([2, 3, 4]);
});

it('keeps above and below apart where the mean is a credit', () => {
  const { lower, upper } = judgeWith('static', days(...many(10, -100), -100));
  expect([lower[10], upper[10]]).toEqual([-150, -50]);
});
