/** How well forecasts did: what was foreseen beside what came. */
import { addDays, type Day, dayInZone, daysBetween, startOfMonth } from '../../core/day.ts';
import type { ForecastAccuracy, ForecastOutcome } from '../../core/forecast.ts';
import type { Scope } from '../../core/scope.ts';
import { type CheckedForecast, checkedForecasts } from '../../store/forecasts.ts';
import type { Context } from '../context.ts';

/** Date of the month whose forecast is told: late enough to know the month, early enough to have been of use. */
const TOLD_DATE = 10;
/** A month-end forecast with fewer days to go is no feat. */
const DAYS_TO_GO = 7;
/** Months and days that are looked back on. */
const MONTHS_BACK = 190;
const DAYS_BACK = 90;
/** Fewer weeks than this say nothing of the others. */
const LEAST = 5;

/** Of forecasts in the organisation's currency; those in another of earlier days are left out. */
export async function forecastAccuracy(context: Context, scope: Scope): Promise<ForecastAccuracy> {
  const today = dayInZone(context.now(), context.settings.timeZone);
  const checked = (await checkedForecasts(context.store, scope, addDays(today, -MONTHS_BACK))).filter(
    ({ currency }) => currency === context.settings.currency,
  );
  const monthEnds = checked.filter(({ horizon }) => horizon === 'month-end');
  const month = newestMonth(monthEnds);
  const months = summary(monthEnds.filter(({ madeOn, end }) => daysBetween(madeOn, end) >= DAYS_TO_GO));
  const weeks = summary(
    checked.filter(({ horizon, end }) => horizon === 'next-7' && end >= addDays(today, -DAYS_BACK)),
  );
  return { ...(month && { month }), ...(months && { months }), ...(weeks && { weeks }) };
}

/** The month before `month` as it was foreseen and as it came; undefined when either is not known. */
export async function lastMonthEnd(
  context: Context,
  scope: Scope,
  month: Day,
): Promise<ForecastOutcome | undefined> {
  const before = startOfMonth(addDays(month, -1));
  const checked = await checkedForecasts(context.store, scope, before);
  return newestMonth(
    checked.filter(
      ({ horizon, start, currency }) =>
        horizon === 'month-end' && start === before && currency === context.settings.currency,
    ),
  );
}

/** Of the newest month the forecast nearest to the tenth. */
function newestMonth(monthEnds: readonly CheckedForecast[]): ForecastOutcome | undefined {
  const end = monthEnds.at(-1)?.end;
  const distance = ({ madeOn }: CheckedForecast) => Math.abs(Number(madeOn.slice(8)) - TOLD_DATE);
  const [nearest] = monthEnds
    .filter((record) => record.end === end && daysBetween(record.madeOn, record.end) >= DAYS_TO_GO)
    .sort((a, b) => distance(a) - distance(b));
  return nearest && toOutcome(nearest);
}

function toOutcome({
  madeOn,
  start,
  end,
  currency,
  mean,
  low,
  high,
  actual,
}: CheckedForecast): ForecastOutcome {
  return {
    madeOn,
    start,
    end,
    currency,
    forecast: mean,
    low,
    high,
    actual,
    ratio: mean === 0n ? null : Number(actual - mean) / Math.abs(Number(mean)),
  };
}

function summary(records: readonly CheckedForecast[]): ForecastAccuracy['months'] {
  if (records.length < LEAST) return undefined;
  const outcomes = records.map(toOutcome);
  const sizes = outcomes
    .flatMap(({ ratio }) => (ratio === null ? [] : [Math.abs(ratio)]))
    .sort((a, b) => a - b);
  const held = outcomes.filter(({ actual, low, high }) => actual >= low && actual <= high);
  return {
    count: outcomes.length,
    typicalRatio: sizes[sizes.length >> 1] ?? 0,
    within: held.length / outcomes.length,
  };
}
