/** A unit price that stays above a limit: dollars per GPU-hour, per 1,000 requests, per million tokens. */
import * as z from 'zod';
import { type Grain, type Series, STEPS_A_DAY } from '../../core/series.ts';
import { sortedWindow } from '../stats/sorted-window.ts';
import { learnable, limitScore, plannedAt, unknownJudgement } from './judgement.ts';
import { numberWith, optionalNumber } from './parameter.ts';
import type { Detector, Hints, Judgement } from './types.ts';

const params = z.strictObject({
  limit: optionalNumber({
    meaning: 'Unit price that is too much.',
    least: 0,
    most: 1e15,
    otherwise: '`times` the median of the last `days`',
  }),
  times: numberWith(1.25, {
    meaning: 'Without a limit: how many times the median price of the last days is too much.',
    least: 1,
    most: 1000,
  }),
  days: numberWith(28, {
    meaning: 'Days whose median price is compared with.',
    least: 1,
    most: 365,
    whole: true,
  }),
  hours: numberWith(3, {
    meaning: 'For how many hours the price must be above the limit; by the day, days begun.',
    least: 1,
    most: 8760,
    whole: true,
  }),
});
type Params = z.infer<typeof params>;

/** Days of known prices before their median means something. */
const LEAST_DAYS = 7;

/**
 * `rate`: the price of the last `hours` was above the limit all the time. The score is that of the cheapest of these
 * steps; a step of unknown price (no usage) ends the run. Each step's limit is of its own time.
 */
export const rate: Detector<Params> = {
  id: 'rate',
  about: 'A unit price (per GPU-hour, per 1,000 requests) that stays above a limit.',
  grains: ['day', 'hour'],
  params,
  minPoints: (grain, { limit, days }) => (limit === undefined ? leastOf(days, grain) : 0),
  judge,
};

function judge(series: Series, settings: Params, hints?: Hints): Judgement {
  const { values, grain } = series;
  const learnt = learnable(series, hints);
  const prices = sortedWindow(settings.days * STEPS_A_DAY[grain]);
  const least = leastOf(settings.days, grain);
  const steps = grain === 'hour' ? settings.hours : Math.ceil(settings.hours / 24);
  const judgement = unknownJudgement(values.length);
  const own = new Float64Array(values.length).fill(Number.NaN);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    const median = prices.size() >= least ? prices.quantile(0.5) : Number.NaN;
    const price = learnt[index] ?? Number.NaN;
    if (!Number.isNaN(price)) prices.push(price);
    const limit = settings.limit ?? settings.times * Math.max(0, median) * (hints?.bandFactor ?? 1);
    if (Number.isNaN(value) || Number.isNaN(limit)) continue;
    const upper = limit + plannedAt(hints, index);
    const expected = Number.isNaN(median) ? upper : Math.min(median, upper);
    judgement.expected[index] = expected;
    judgement.lower[index] = Math.min(0, expected);
    judgement.upper[index] = upper;
    own[index] = limitScore(value, expected, upper);
    judgement.score[index] = lowest(own, index - steps + 1, index);
  }
  return judgement;
}

/** The lowest score from `first` to `last`; 0 where the run is cut by an unknown step or the beginning. */
function lowest(scores: Float64Array, first: number, last: number): number {
  let low = 1;
  for (let index = last; index >= first && low > 0; index--) {
    const score = scores[index] ?? Number.NaN;
    low = Number.isNaN(score) ? 0 : Math.min(low, score);
  }
  return low;
}

function leastOf(days: number, grain: Grain): number {
  return Math.min(days, LEAST_DAYS) * STEPS_A_DAY[grain];
}
