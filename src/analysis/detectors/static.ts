/** The fixed rule people start with: more than so many times the mean of the last weeks, or than a set amount. */
import * as z from 'zod';
import { type Series, STEPS_A_DAY } from '../../core/series.ts';
import { bandScore, learnable, limitScore, plannedAt, unknownJudgement } from './judgement.ts';
import { numberWith, optionalNumber } from './parameter.ts';
import { windowMoments } from './rolling-sigma/window-moments.ts';
import type { Detector, Hints, Judgement } from './types.ts';

const params = z.strictObject({
  times: numberWith(1.5, {
    meaning: 'How many times the mean of the last days is too much: 1.5 is 150 %.',
    least: 1,
    most: 1000,
  }),
  days: numberWith(30, { meaning: 'Days whose mean is compared with.', least: 1, most: 730, whole: true }),
  limit: optionalNumber({
    meaning: 'A set amount per step (a day, an hour) that is too much, in place of the mean.',
    least: 0,
    most: 1e15,
    otherwise: 'the mean decides',
  }),
});
type Params = z.infer<typeof params>;

/** A week, or the whole window where that is shorter: a mean of less says little. */
const LEAST_DAYS = 7;

/**
 * `static`: value > times × mean of the last `days`, or value > limit. As far below the mean as the limit is above
 * it is unusual too. Knows no weekday and no trend: kept for comparison, and for hard limits per scope.
 */
export const staticLevel: Detector<Params> = {
  id: 'static',
  about: 'More than 150 % of the mean of the last 30 days, or than a set amount per day or hour.',
  grains: ['day', 'hour'],
  params,
  minPoints: (grain, { days, limit }) =>
    limit === undefined ? Math.min(days, LEAST_DAYS) * STEPS_A_DAY[grain] : 0,
  judge,
};

function judge(series: Series, settings: Params, hints?: Hints): Judgement {
  const { values, grain } = series;
  const window = settings.days * STEPS_A_DAY[grain];
  const least = Math.min(settings.days, LEAST_DAYS) * STEPS_A_DAY[grain];
  const { mean } = windowMoments(learnable(series, hints), window, least);
  const judgement = unknownJudgement(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    const usual = mean[index] ?? Number.NaN;
    if (Number.isNaN(value) || (settings.limit === undefined && Number.isNaN(usual))) continue;
    const planned = plannedAt(hints, index);
    if (settings.limit === undefined) {
      const width = (settings.times - 1) * Math.abs(usual) * (hints?.bandFactor ?? 1);
      const band = { expected: usual + planned, lower: usual - width, upper: usual + width + planned };
      write(judgement, index, band, bandScore(value, band));
      continue;
    }
    // What people set is not widened by what they said of other alarms.
    const upper = settings.limit + planned;
    const expected = Number.isNaN(usual) ? upper : Math.min(usual + planned, upper);
    write(
      judgement,
      index,
      { expected, lower: Math.min(0, expected), upper },
      limitScore(value, expected, upper),
    );
  }
  return judgement;
}

function write(
  judgement: Judgement,
  index: number,
  band: { readonly expected: number; readonly lower: number; readonly upper: number },
  score: number,
): void {
  judgement.expected[index] = band.expected;
  judgement.lower[index] = band.lower;
  judgement.upper[index] = band.upper;
  judgement.score[index] = score;
}
