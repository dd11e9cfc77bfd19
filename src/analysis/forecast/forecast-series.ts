/** The forecast of a series: the method that did best on its past, and bands as wide as its errors were. */
import { type Grain, type Series, STEPS_A_DAY, STEPS_A_WEEK } from '../../core/series.ts';
import { accuracyOf } from './accuracy.ts';
import { learnErrors, sidesOf, stepBands, sumBands, within } from './bands.ts';
import { type Candidate, chooseModel, tryMethods } from './choose.ts';
import { ets } from './ets.ts';
import { lastYear, sawLastYear } from './last-year.ts';
import { flatMean, intermittent, seasonalMean, seasonalNaive } from './plain-methods.ts';
import { prepareHistory } from './prepare-history.ts';
import { theta } from './theta.ts';
import { planTrial } from './trial.ts';
import type { History, Method, SeriesForecast } from './types.ts';

/** Fewer known steps than two weeks' days say too little about the weeks ahead. */
export const LEAST_DAYS = 14;
/** Older values than this many seasons say nothing about the weeks ahead. */
const MOST_SEASONS: Readonly<Record<Grain, number>> = { day: 209, hour: 26 };
/** How far methods are tried at least: a quarter of days, a week of hours. */
const TRIED_STEPS: Readonly<Record<Grain, number>> = { day: 92, hour: 168 };

export interface ForecastOptions {
  /** Money planned to be spent on steps to come, beside the usual: added to the mean; bands move with it. */
  readonly planned?: Float64Array;
  /** 1 where a value is no guide to what comes (an incident, a spend that was planned): treated as unknown. */
  readonly excluded?: Uint8Array;
}

/**
 * Continues a series by `horizon` steps. Seasonal naive, seasonal means, flat and intermittent means,
 * Holt–Winters/ETS and Theta are each started from up to forty past days; the best, or a weighted mean of the best
 * (`model` 'combination'), is used, and its errors make the bands: by distance, and for sums. Bands stay at or
 * above zero where the history does (or below, for credits).
 *
 * Undefined with fewer than 14 known days since the first cost (for hours: 14 days of them). Dates of the month that stand
 * out regularly are kept; rhythms of a year and holidays are not looked for.
 *
 * Example: 60 days of 100 on working days and 30 at weekends, horizon 7 → the same week, bands of no width.
 */
export function forecastSeries(
  series: Series,
  horizon: number,
  { planned, excluded }: ForecastOptions = {},
): SeriesForecast | undefined {
  const values = excluded
    ? series.values.map((value, index) => (excluded[index] ? Number.NaN : value))
    : series.values;
  const period = STEPS_A_WEEK[series.grain];
  // Tried equally far whatever is asked for, so that every question gets the same answer.
  const tried = Math.max(horizon, TRIED_STEPS[series.grain]);
  const history = prepareHistory(
    { ...series, values },
    { period, most: MOST_SEASONS[series.grain] * period, horizon: tried },
  );
  const learnt = history.raw.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (learnt < LEAST_DAYS * STEPS_A_DAY[series.grain] || horizon < 1) return undefined;
  const trial = planTrial(history, tried);
  const candidates = tryMethods(methodsFor(history, series.grain), history, trial);
  const choice = chooseModel(candidates, history, trial);
  if (!choice) return undefined;
  const errors = learnErrors(choice.rows, history, trial);
  if (!errors) return undefined;

  const past = { origins: trial.origins.slice(0, -1), horizon: tried };
  const origins = past.origins.length;
  const toTrial = ({ model, rows }: Pick<Candidate, 'model' | 'rows'>) => ({
    model,
    ...accuracyOf(rows, history, past),
    origins,
  });
  const sides = sidesOf(values);
  const mean = choice.rows.slice(origins * tried, origins * tried + horizon);
  for (let h = 0; h < horizon; h += 1) {
    const dated = history.calendar?.[history.raw.length + h] ?? 0;
    mean[h] = within((mean[h] ?? 0) + dated, sides) + (planned?.[h] ?? 0);
  }
  const scale = trial.scales[origins] ?? 1;
  return {
    model: choice.model,
    parts: choice.parts,
    mean,
    bands: stepBands(mean, errors, scale, sides),
    backtest: (choice.model === 'combination' ? [choice, ...candidates] : candidates).map(toTrial),
    learnt,
    sum: (first, last) => sumBands(mean, errors, scale, { first, last, sides }),
  };
}

function methodsFor(history: History, grain: Grain): Method[] {
  const plain = [
    ...(grain === 'day' && sawLastYear(history) ? [lastYear(0.5), lastYear(1)] : []),
    seasonalNaive,
    seasonalMean(3),
    seasonalMean(6),
    seasonalMean(13),
    ets,
  ];
  return history.sparse ? [...plain, flatMean(28), flatMean(91), intermittent] : [...plain, theta];
}
