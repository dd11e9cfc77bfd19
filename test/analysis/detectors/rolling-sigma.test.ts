import { expect, it } from 'vitest';
import { judgeWith } from '../../../src/analysis/detectors/run.ts';
import { days, many } from './series.ts';

it('takes mean and deviation of the seven days before', () => {
  const series = days(12.1, 9.8, 11.4, 10.2, 13.3, 8.7, 10.9, 11.8, 30.5, 10.1);
  const { expected, upper, lower, score } = judgeWith('rolling-sigma', series, { sigmas: 2 });
  // R: x <- c(…); mean(x[1:7]); sd(x[1:7]); mean(x[3:9]); sd(x[3:9])
  expect(expected[7]).toBeCloseTo(10.914286, 6);
  expect(upper[7]).toBeCloseTo(10.914286 + 2 * 1.526902, 5);
  expect(lower[7]).toBeCloseTo(10.914286 - 2 * 1.526902, 5);
  // The spike widens the band of the day after it.
  expect(expected[9]).toBeCloseTo(13.828571, 6);
  expect(upper[9]).toBeCloseTo(13.828571 + 2 * 7.486369, 5);
  expect(score[8]).toBeGreaterThan(0.5);
  expect(score[9]).toBeLessThan(0.5);
});

it('is 0.5 on the edge and 0.75 three half-widths away', () => {
  const { score } = judgeWith('rolling-sigma', days(9, 11, 9, 11, 9, 11, 10 + 9 * Math.sqrt(1.2)));
  expect(score[6]).toBeCloseTo(0.75, 9);
});

it('never finds rounding errors of a constant series unusual, and any change of it entirely so', () => {
  const { score } = judgeWith('rolling-sigma', days(...many(40, 0.1), 0.2), { days: 30 });
  expect(Math.max(...score.slice(20, 40))).toBe(0);
  expect(score[40]).toBeCloseTo(1, 9);
});

it('does not learn from what people called an incident', () => {
  const values = days(10, 11, 10, 9, 10, 11, 900, 10, 9, 11);
  const excluded = new Uint8Array(10);
  excluded[6] = 1;
  expect(judgeWith('rolling-sigma', values, {}, { excluded }).expected[9]).toBeCloseTo(10, 0);
  expect(judgeWith('rolling-sigma', values).expected[9]).toBeGreaterThan(100);
});
