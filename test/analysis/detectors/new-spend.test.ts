import { expect, it } from 'vitest';
import { judgeWith } from '../../../src/analysis/detectors/run.ts';
import { days, hours, many, overEdge } from './series.ts';

it('finds a first cost and stays with it for three days, after which it is usual', () => {
  const { expected, score } = judgeWith('new-spend', days(...many(10, 0), ...many(10, 50)));
  expect(overEdge(score)).toEqual([10, 11, 12]);
  expect([expected[10], score[10], score[9]]).toEqual([0, 1, 0]);
  expect(expected.slice(13).every(Number.isNaN)).toBe(true);
});

it('takes it for new again only after 30 days of nothing', () => {
  const again = (pause: number): number[] =>
    overEdge(judgeWith('new-spend', days(...many(9, 5), ...many(pause, 0), 5)).score);
  expect(again(29)).toEqual([]);
  expect(again(30)).toEqual([39]);
});

it('does not count days of which nothing is known as quiet', () => {
  const { score } = judgeWith('new-spend', days(...many(6, 0), ...many(20, Number.NaN), 70, 70));
  expect(score[26]).toBeNaN();
  expect(overEdge(judgeWith('new-spend', days(...many(7, 0), Number.NaN, 70)).score)).toEqual([8]);
});

it('tells nobody up to the minimum, and takes traces for nothing', () => {
  const series = days(...many(10, 0.05), 9, 12);
  expect(overEdge(judgeWith('new-spend', series, { minimum: 10 }).score)).toEqual([11]);
  expect(judgeWith('new-spend', series, { minimum: 10 }).upper[10]).toBe(10);
});

it('takes credits for no cost', () => {
  expect(overEdge(judgeWith('new-spend', days(...many(8, 0), -40, 0, 30)).score)).toEqual([10]);
});

it('goes quiet at once when people say that it is expected', () => {
  const accepted = new Uint8Array(14);
  accepted[10] = 1;
  const { score } = judgeWith('new-spend', days(...many(10, 0), ...many(4, 50)), {}, { accepted });
  expect(overEdge(score)).toEqual([10]);
});

it('counts its days in hours where the series is hourly', () => {
  const { score } = judgeWith('new-spend', hours(...many(167, 0), 1, ...many(168, 0), 1));
  expect(overEdge(score)).toEqual([]);
  expect(overEdge(judgeWith('new-spend', hours(...many(168, 0), ...many(80, 1))).score)).toHaveLength(72);
});
