/** The default detector: what this weekday, this time of the month and this level let expect, and how far off is usual. */
import * as z from 'zod';
import type { Grain, Series } from '../../core/series.ts';
import { unknownJudgement } from './judgement.ts';
import { numberWith } from './parameter.ts';
import { createModel, type Model } from './seasonal/model.ts';
import { DAILY_HOURS, WEEKLY, WEEKLY_HOURS } from './seasonal/tuning.ts';
import type { Detector, Hints, Judgement } from './types.ts';

const Params = z.strictObject({
  width: numberWith(1, {
    meaning: 'Width of the band: 2 is twice as wide as the default.',
    least: 0.2,
    most: 10,
  }),
  settle_days: numberWith(5, {
    meaning: 'Days outside the band after which a changed level is the new normal.',
    least: 2,
    most: 60,
  }),
});
export type SeasonalParams = z.infer<typeof Params>;

/** The band is never narrower than this share of the expected value: cents are no news. */
const NARROWEST = 0.01;
const ROUNDING = 1e-9;

export const seasonal = {
  id: 'seasonal',
  about:
    'Learns each series’ own week, month, trend and level, and finds values that lie outside its usual band.',
  grains: ['day', 'hour'],
  params: Params,
  minPoints: (grain: Grain) => (grain === 'day' ? WEEKLY.warmUp : DAILY_HOURS.warmUp),
  judge,
} satisfies Detector<SeasonalParams>;

function judge(series: Series, params: SeasonalParams, hints?: Hints): Judgement {
  const { values } = series;
  const judgement = unknownJudgement(values.length);
  const models = modelsFor(series, params);
  const width = params.width * (hints?.bandFactor ?? 1);
  for (let step = 0; step < values.length; step++) {
    const value = values[step] ?? Number.NaN;
    const planned = Math.max(0, hints?.planned?.[step] ?? 0);
    const { ready, expected, above, below } = best(models, step);
    if (!Number.isFinite(value)) continue;
    if (ready) {
      const least = NARROWEST * Math.max(expected, 0);
      const middle = expected + planned;
      const upper = middle + Math.max(width * above, least);
      const lower = expected - Math.max(width * below, least);
      judgement.expected[step] = middle;
      judgement.upper[step] = upper;
      judgement.lower[step] = lower;
      judgement.score[step] = scoreOf(value, middle, value > middle ? upper - middle : middle - lower);
    }
    if (hints?.excluded?.[step] === 1) continue;
    const unplanned = value - Math.min(planned, Math.max(0, value - expected));
    for (const model of models) model.learn(unplanned, hints?.accepted?.[step] === 1);
  }
  return judgement;
}

function modelsFor({ grain, start }: Series, { settle_days: days }: SeasonalParams): readonly Model[] {
  if (grain === 'day') return [createModel(WEEKLY, Date.parse(`${start}T00:00:00Z`), days)];
  return [createModel(WEEKLY_HOURS, 0, days * 12), createModel(DAILY_HOURS, 0, days * 12)];
}

function best(models: readonly Model[], step: number): ReturnType<Model['outlook']> {
  const [first, second] = models;
  const outlook = first?.outlook(step);
  const other = second?.outlook(step);
  if (!outlook) throw new Error('A series is judged by one model at least.');
  if (!other || !first || !second) return outlook;
  return outlook.ready && first.error() <= second.error() ? outlook : other;
}

function scoreOf(value: number, expected: number, width: number): number {
  const distance = Math.abs(value - expected);
  if (distance <= ROUNDING * Math.max(Math.abs(value), Math.abs(expected))) return 0;
  return distance / (distance + width);
}
