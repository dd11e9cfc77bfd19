import { describe, expect, it } from 'vitest';
import { DEFAULT_GATES, decide } from '../../../src/analysis/detectors/decide.ts';
import { lineOf, tQuantile } from '../../../src/analysis/detectors/drift/line.ts';
import { stepError } from '../../../src/analysis/detectors/drift/step-error.ts';
import { weeklyLevels } from '../../../src/analysis/detectors/drift/weekly-levels.ts';
import { drift } from '../../../src/analysis/detectors/drift.ts';
import { judgeWith } from '../../../src/analysis/detectors/run.ts';
import type { Series } from '../../../src/core/series.ts';
import { days, hours, many } from './series.ts';

/** 4 % of noise that does not change from run to run. */
const noise = (index: number): number => 1 + 0.04 * Math.sin(index * index * 1.7);
const made = (count: number, level: (index: number) => number): Series =>
  days(...Array.from({ length: count }, (_, index) => level(index) * noise(index)));
const weekend = (index: number): number => (index % 7 > 4 ? 0.5 : 1);

function firstAlarm(series: Series): number | undefined {
  const judgement = judgeWith('drift', series);
  const { episodes } = decide(series, judgement, DEFAULT_GATES[series.grain], { detector: drift });
  return episodes[0]?.first;
}

describe('statistics', () => {
  it('fits the line that R fits', () => {
    // R: y <- c(100,104,103,109,113,112,118,121); m <- lm(y ~ I(0:7)); summary(m); sum(resid(m)^2)
    const line = lineOf([100, 104, 103, 109, 113, 112, 118, 121]);
    expect(line.first).toBeCloseTo(99.666666667, 8);
    expect(line.rise).toBeCloseTo(7 * 2.952380952, 7);
    expect(line.riseError).toBeCloseTo(7 * 0.2665532639, 8);
    expect(line.squares).toBeCloseTo(17.9047619, 6);
  });

  it("knows quantiles of Student's t", () => {
    // R: qt(0.9995, c(3, 6, 22))
    expect([tQuantile(3), tQuantile(6), tQuantile(22)]).toEqual([12.924, 5.959, 3.792]);
  });

  it('leaves the dearest and the cheapest day of a week out', () => {
    // R: mean(c(10,50,12,11,90,13,14), trim = 1/7)
    const levels = weeklyLevels(Float64Array.of(10, 50, 12, 11, 90, 13, 14, Number.NaN), 1);
    expect(levels[5]).toBeNaN();
    expect(levels[6]).toBe(20);
    expect(levels[7]).toBe((50 + 12 + 13 + 14) / 4);
  });

  it('explains one step, wherever in a week it falls, by one step', () => {
    expect(stepError([1, 1, 1, 1.4, 2, 2, 2, 2])).toBe(0);
    expect(stepError([0, 1, 2, 3, 4])).toBe(1);
  });
});

it('finds a rise of 1 % a day under weekends within six weeks, where no day stands out', () => {
  const series = made(200, (index) => 100 * weekend(index) * (1 + 0.01 * Math.max(0, index - 100)));
  const alarm = firstAlarm(series) ?? 0;
  expect(alarm).toBeGreaterThan(110);
  expect(alarm).toBeLessThan(142);
});

it('says how far above the level of some weeks ago it is', () => {
  const { expected } = judgeWith('drift', days(...many(60, 100)));
  expect(expected[59]).toBe(100);
});

it.each([
  ['noise', () => 100],
  ['weekends', (index: number) => 100 * weekend(index)],
  ['one step', (index: number) => (index < 90 ? 100 : 170)],
  ['a step and the way back', (index: number) => (index > 80 && index < 110 ? 170 : 100)],
  ['spikes', (index: number) => (index % 29 === 0 ? 600 : 100)],
  ['month ends', (index: number) => (index % 30 > 26 ? 180 : 100)],
  ['bursts', (index: number) => (index % 9 < 2 ? 300 : 0)],
  ['growth of less than a fifth in eight weeks', (index: number) => 100 * 1.002 ** index],
])('does not fire on %s', (_, level) => {
  expect(firstAlarm(made(200, level))).toBeUndefined();
});

it('measures from the level that people accepted', () => {
  const rise = made(160, (index) => 100 + 2 * Math.max(0, index - 60));
  const accepted = new Uint8Array(160);
  accepted[110] = 1;
  const { score } = judgeWith('drift', rise, {}, { accepted });
  expect(score[110]).toBeGreaterThan(0.5);
  expect(score[112]).toBeNaN();
  expect(score[159]).toBeGreaterThan(0.5);
});

it('finds the same rise in hours', () => {
  const level = (hour: number): number =>
    (10 + 3 * Math.sin((hour * Math.PI) / 12)) * (1 + 0.0006 * Math.max(0, hour - 1000));
  const series = hours(...Array.from({ length: 2200 }, (_, hour) => level(hour) * noise(hour)));
  const alarm = firstAlarm(series) ?? 0;
  expect(alarm).toBeGreaterThan(1200);
  expect(alarm).toBeLessThan(1000 + 6 * 168);
});
