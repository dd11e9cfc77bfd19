/** The default detector: what this weekday, this time of the month and this level let expect, and how far off is usual. */
import * as z from 'zod';
import type { Grain, Series } from '../../core/series.ts';
import { plannedAt, scoreWithin, unknownJudgement } from './judgement.ts';
import { numberWith } from './parameter.ts';
import { createModel, type Model, type Outlook } from './seasonal/model.ts';
import { DAILY_HOURS, WEEKLY, WEEKLY_HOURS } from './seasonal/tuning.ts';
import type { Detector, Hints, Judgement } from './types.ts';

const Params = z.strictObject({
  width: numberWith(1, {
    meaning: 'Width of the band: 2 is twice as wide as the default.',
    least: 0.2,
    most: 10,
  }),
  settle_days: numberWith(5, {
    meaning: 'Days outside the band after which a changed level is the new normal; half as many by the hour.',
    least: 2,
    most: 60,
  }),
});
export type SeasonalParams = z.infer<typeof Params>;

/** The band is never narrower than this share of the expected value: cents are no news. */
const NARROWEST = 0.01;
const HOURS_PER_DAY_TO_SETTLE = 12;

/**
 * Forecasts every step from the steps before it and compares what comes with a band made of how far such forecasts have
 * missed. The forecast is level + season + effect of the date: a level from running medians that compete (level.ts), a
 * robust weekday or hour-of-week profile that counts only as far as the data prove it (season.ts), and dates of the month
 * that two months have proven (months.ts) – the parts of classical and STL decomposition (Hyndman & Athanasopoulos, fpp3,
 * chapter 3; Cleveland et al. 1990), kept up to date one value at a time as in robust exponential smoothing (Gelper,
 * Fried & Croux 2010), with medians so that an anomaly cannot pull them. The band comes from quantiles of the errors
 * (spread.ts), narrows as small misses to one side add up (evidence.ts), and leaves room for bursts that are a habit
 * (bursts.ts); where days are quiet or busy without a rule, it reaches to how busy they get (busy-days.ts). A value outside teaches nothing until so many in a row say that the level has changed (run.ts).
 *
 * Adding a constant to a series moves the band by it and changes no decision; a factor scales everything. The only rule
 * that knows where zero is widens the band: it is never narrower than 1 % of what is expected.
 *
 * By the hour two such models run, on a cycle of a day and of a week; once the latter knows two weeks, the one that has
 * forecast better of late speaks.
 */
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
  const [model, other] = modelsFor(series, params);
  const width = params.width * (hints?.bandFactor ?? 1);
  for (let step = 0; step < values.length; step++) {
    const value = values[step] ?? Number.NaN;
    const outlook = other ? better(model, other, step) : model.outlook(step);
    if (!Number.isFinite(value)) continue;
    const planned = hints ? plannedAt(hints, step) : 0;
    if (outlook.ready) write(judgement, step, value, planned, width, outlook);
    if (hints?.excluded?.[step] === 1) continue;
    const unplanned = planned > 0 ? value - Math.min(planned, Math.max(0, value - outlook.expected)) : value;
    const accepted = hints?.accepted?.[step] === 1;
    model.learn(unplanned, accepted);
    other?.learn(unplanned, accepted);
  }
  return judgement;
}

/** What is said of one step; `planned`: money beside the usual, `width`: factor on the band. No object for each step. */
function write(
  judgement: Judgement,
  step: number,
  value: number,
  planned: number,
  width: number,
  outlook: Outlook,
): void {
  const least = NARROWEST * Math.max(outlook.expected, 0);
  const expected = outlook.expected + planned;
  const upper = expected + Math.max(width * outlook.above, least);
  const lower = outlook.expected - Math.max(width * outlook.below, least);
  judgement.expected[step] = expected;
  judgement.upper[step] = upper;
  judgement.lower[step] = lower;
  judgement.score[step] = scoreWithin(value, expected, lower, upper);
}

function modelsFor(
  { grain, start }: Series,
  { settle_days: days }: SeasonalParams,
): readonly [Model, Model?] {
  if (grain === 'day') return [createModel(WEEKLY, Date.parse(`${start}T00:00:00Z`), days)];
  const settle = days * HOURS_PER_DAY_TO_SETTLE;
  return [createModel(WEEKLY_HOURS, 0, settle), createModel(DAILY_HOURS, 0, settle)];
}

/** What the better of two models expects: the first, unless it is not ready or has missed by more of late. */
function better(first: Model, second: Model, step: number): Outlook {
  const outlook = first.outlook(step);
  const other = second.outlook(step);
  return outlook.ready && first.error() <= second.error() ? outlook : other;
}
