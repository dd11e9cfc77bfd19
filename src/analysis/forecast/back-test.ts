/** How far off a forecast would have been lately: the same method tried on the past, from one day after another. */
import { type DayCost, weekdayAverage } from './weekday-average.ts';

/** Days a forecast learns from. */
export const LEARNT_DAYS = 28;
/** Fewer days than this say too little about the weeks ahead. */
export const LEAST_DAYS = 14;
/** Fewer attempts than this are no back-test. */
const LEAST_ATTEMPTS = 10;

/**
 * Errors (actual − forecast, micros) of forecasting the sum of `horizon` days from every day of `history` that
 * has at least 14 days before and `horizon` days after it, learning from up to 28 days before. Undefined when
 * fewer than ten attempts fit. `history` is gapless, oldest first.
 */
export function backTest(history: readonly DayCost[], horizon: number): bigint[] | undefined {
  const errors: bigint[] = [];
  for (let origin = LEAST_DAYS; origin + horizon <= history.length; origin += 1) {
    const expect = weekdayAverage(history.slice(Math.max(0, origin - LEARNT_DAYS), origin));
    const ahead = history.slice(origin, origin + horizon);
    errors.push(ahead.reduce((sum, { day, micros }) => sum + micros - expect(day), 0n));
  }
  return errors.length >= LEAST_ATTEMPTS ? errors : undefined;
}

/**
 * The errors between which the middle `share` of them lies, by nearest rank: quantiles([…], 0.8) gives the
 * 10th and the 90th percentile. `errors` must not be empty.
 */
export function middleOf(errors: readonly bigint[], share: number): { low: bigint; high: bigint } {
  const sorted = [...errors].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const at = (quantile: number): bigint => {
    const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(quantile * sorted.length) - 1));
    return sorted[rank] ?? 0n;
  };
  return { low: at((1 - share) / 2), high: at((1 + share) / 2) };
}
