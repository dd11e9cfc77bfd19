/** The textbook control chart: mean ± k standard deviations of the last days. */
import * as z from 'zod';
import { type Series, STEPS_A_DAY } from '../../core/series.ts';
import { bandScore, learnable, plannedAt, unknownJudgement } from './judgement.ts';
import { numberWith } from './parameter.ts';
import { windowMoments } from './rolling-sigma/window-moments.ts';
import type { Detector, Hints, Judgement } from './types.ts';

const params = z.strictObject({
  sigmas: numberWith(3, {
    meaning: 'Standard deviations from the mean that are still usual.',
    least: 0.1,
    most: 100,
  }),
  days: numberWith(7, {
    meaning: 'Days that mean and deviation are taken of: 7, 30 … (7 days are 168 hours).',
    least: 3,
    most: 730,
    whole: true,
  }),
});
type Params = z.infer<typeof params>;

/**
 * `rolling-sigma`: a Shewhart chart (W. A. Shewhart, Economic Control of Quality of Manufactured Product, 1931) over
 * a window that moves: |value − mean| > k·s, mean and s (n − 1) of the last `days`. Needs half of the window known.
 * Takes weekends and trends for noise: kept for comparison.
 */
export const rollingSigma: Detector<Params> = {
  id: 'rolling-sigma',
  about: 'Further from the mean of the last 7 days (168 hours) than 3 standard deviations.',
  grains: ['day', 'hour'],
  params,
  minPoints: (grain, { days }) => leastOf(days * STEPS_A_DAY[grain]),
  judge,
};

function judge(series: Series, { sigmas, days }: Params, hints?: Hints): Judgement {
  const { values, grain } = series;
  const window = days * STEPS_A_DAY[grain];
  const { mean, deviation } = windowMoments(learnable(series, hints), window, leastOf(window));
  const judgement = unknownJudgement(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    const usual = mean[index] ?? Number.NaN;
    const width = sigmas * (deviation[index] ?? Number.NaN) * (hints?.bandFactor ?? 1);
    if (Number.isNaN(value) || Number.isNaN(width)) continue;
    const planned = plannedAt(hints, index);
    const band = { expected: usual + planned, lower: usual - width, upper: usual + width + planned };
    judgement.expected[index] = band.expected;
    judgement.lower[index] = band.lower;
    judgement.upper[index] = band.upper;
    judgement.score[index] = bandScore(value, band);
  }
  return judgement;
}

function leastOf(window: number): number {
  return Math.max(3, Math.ceil(window / 2));
}
