/** What years before did from this day on: for histories long enough to have seen it. */
import type { History, Method } from './types.ts';

/** Whole weeks, so that weekdays stay weekdays. */
const YEAR_SEASONS = 52;
/** Seasons that a level is the mean of. */
const LEVEL_SEASONS = 3;

/**
 * Makes the method: the weekday averages of the last three weeks, moved as the level moved from the same day on in
 * the years before (52 weeks each): by the mean of the ratios where all values are positive, of the differences
 * otherwise, `trust` of it (0–1). Levels are means of three weeks. Without a year before, nothing moves.
 *
 * Own arithmetic; a seasonal naive method for the year's rhythm on top of one for the week's.
 */
export function lastYear(trust: number): Method {
  return {
    model: 'last-year',
    forecast(history, { origins, horizon }) {
      const { clean, period } = history;
      const rows = new Float64Array(origins.length * horizon);
      const moved = movements(history);
      origins.forEach((origin, index) => {
        const row = rows.subarray(index * horizon, (index + 1) * horizon);
        for (let h = 0; h < horizon; h += 1) {
          let sum = 0;
          let count = 0;
          for (let k = 1; k <= LEVEL_SEASONS; k += 1) {
            const at = origin - k * period + (h % period);
            if (at < 0) break;
            sum += clean[at] ?? 0;
            count += 1;
          }
          row[h] = moved(count > 0 ? sum / count : 0, origin, h, trust);
        }
      });
      return rows;
    },
  };
}

/** Whether a year before lies in the history at its end, and enough of it to have tried the method on. */
export function sawLastYear({ clean, period }: History): boolean {
  return clean.length >= (YEAR_SEASONS + 2 * LEVEL_SEASONS + YEAR_SEASONS / 4) * period;
}

function movements({ clean, period }: History) {
  const sums = new Float64Array(clean.length + 1);
  for (let t = 0; t < clean.length; t += 1) sums[t + 1] = (sums[t] ?? 0) + (clean[t] ?? 0);
  const width = LEVEL_SEASONS * period;
  const positive = clean.every((value) => value > 0);
  /** Mean of the `width` steps before `end`. */
  const level = (end: number) => ((sums[end] ?? 0) - (sums[end - width] ?? 0)) / width;
  return (base: number, origin: number, h: number, trust: number): number => {
    let total = 0;
    let years = 0;
    for (let then = origin - YEAR_SEASONS * period; then >= width; then -= YEAR_SEASONS * period) {
      // A level around the step that lies h ahead, but never of days after the origin.
      const end = Math.min(then + h + ((width + 1) >> 1), origin);
      total += positive ? Math.log(level(end) / level(then)) : level(end) - level(then);
      years += 1;
    }
    if (years === 0) return base;
    return positive ? base * Math.exp((trust * total) / years) : base + (trust * total) / years;
  };
}
