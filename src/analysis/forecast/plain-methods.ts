/** The simple methods: hard to beat on short or restless series, and what the clever ones are measured against. */
import type { History, Method, Trial } from './types.ts';

/**
 * Seasonal naive: each step is what the same step of the last season was.
 * Hyndman & Athanasopoulos, https://otexts.com/fpp3/simple-methods.html.
 */
export const seasonalNaive: Method = {
  model: 'seasonal-naive',
  forecast: ({ raw, clean, period }, trial) =>
    everyOrigin(trial, (origin, h) => {
      const at = origin - period + (h % period);
      const value = raw[at] ?? Number.NaN;
      return Number.isNaN(value) ? (clean[at] ?? clean[origin - 1] ?? 0) : value;
    }),
};

/**
 * Makes the seasonal mean: each step is the mean of the same step in the last `seasons` seasons (as many as there
 * are). Assumes no trend. Hyndman & Athanasopoulos, https://otexts.com/fpp3/simple-methods.html.
 */
export function seasonalMean(seasons: number): Method {
  return {
    model: 'weekday-average',
    forecast({ clean, period }, trial) {
      return everyOrigin(trial, (origin, h, row) => {
        if (h >= period) return row[h - period] ?? 0;
        let sum = 0;
        let count = 0;
        for (let k = 1; k <= seasons; k += 1) {
          const at = origin - k * period + h;
          if (at < 0) break;
          sum += clean[at] ?? 0;
          count += 1;
        }
        return count > 0 ? sum / count : (clean[origin - 1] ?? 0);
      });
    },
  };
}

/**
 * Makes the flat mean of the last `steps` steps: what can be said of bursts that keep no rhythm. It is right for
 * sums, not for single days.
 */
export function flatMean(steps: number): Method {
  return {
    model: 'mean',
    forecast({ clean }, trial) {
      return everyOrigin(trial, (origin, h, row) => {
        if (h > 0) return row[0] ?? 0;
        const from = Math.max(0, origin - steps);
        let sum = 0;
        for (let at = from; at < origin; at += 1) sum += clean[at] ?? 0;
        return sum / Math.max(1, origin - from);
      });
    },
  };
}

/**
 * Teunter, Syntetos & Babai's method for intermittent demand (2011, doi:10.1016/j.ejor.2011.05.018): the chance of
 * a cost and its size are smoothed apart, the chance also on days without one, so that what has ended fades.
 */
export const intermittent: Method = {
  model: 'mean',
  forecast(history, trial) {
    const states = probabilityTimesSize(history, 0.05, 0.1);
    return everyOrigin(trial, (origin) => states[origin] ?? 0);
  },
};

function probabilityTimesSize({ clean }: History, alpha: number, beta: number): Float64Array {
  const states = new Float64Array(clean.length + 1);
  const costly = clean.filter((value) => value !== 0);
  let chance = costly.length > 0 ? 0.5 : 0;
  let size = clean.find((value) => value !== 0) ?? 0;
  for (let t = 0; t < clean.length; t += 1) {
    const value = clean[t] ?? 0;
    // The first weeks are averaged, so that no arbitrary start is remembered.
    const fading = Math.max(alpha, 1 / (t + 2));
    chance += fading * ((value === 0 ? 0 : 1) - chance);
    if (value !== 0) size += beta * (value - size);
    states[t + 1] = chance * size;
  }
  return states;
}

function everyOrigin(
  { origins, horizon }: Trial,
  value: (origin: number, h: number, row: Float64Array) => number,
): Float64Array {
  const rows = new Float64Array(origins.length * horizon);
  origins.forEach((origin, index) => {
    const row = rows.subarray(index * horizon, (index + 1) * horizon);
    for (let h = 0; h < horizon; h += 1) row[h] = value(origin, h, row);
  });
  return rows;
}
