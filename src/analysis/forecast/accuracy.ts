/** The two measures that forecasts are compared by. */
import type { History, Trial } from './types.ts';

/**
 * sMAPE as in the M competitions without their factor of 100 (Makridakis 1993, doi:10.1016/0169-2070(93)90079-3):
 * the mean of 2|y − f| ÷ (|y| + |f|), 0 where both are zero; and MASE (Hyndman & Koehler 2006,
 * doi:10.1016/j.ijforecast.2006.03.001): the mean absolute error ÷ `naive`, that of the seasonal naive method one
 * season ahead. Unknown values are left out.
 */
export function accuracyOf(
  rows: Float64Array,
  { raw, calendar, period }: History,
  { origins, horizon }: Pick<Trial, 'origins' | 'horizon'>,
): { smape: number; mase: number } {
  let relative = 0;
  let absolute = 0;
  let known = 0;
  origins.forEach((origin, index) => {
    const last = Math.min(horizon, raw.length - origin);
    for (let h = 0; h < last; h += 1) {
      const dated = calendar?.[origin + h] ?? 0;
      const value = (raw[origin + h] ?? Number.NaN) + dated;
      if (Number.isNaN(value)) continue;
      const forecast = (rows[index * horizon + h] ?? 0) + dated;
      const size = Math.abs(value) + Math.abs(forecast);
      const error = Math.abs(value - forecast);
      relative += size > 0 ? (2 * error) / size : 0;
      absolute += error;
      known += 1;
    }
  });
  return { smape: relative / known, mase: absolute / known / naiveError(raw, period) };
}

/** Mean absolute difference from one season before. */
export function naiveError(raw: Float64Array, period: number): number {
  let sum = 0;
  let known = 0;
  for (let t = period; t < raw.length; t += 1) {
    const off = Math.abs((raw[t] ?? Number.NaN) - (raw[t - period] ?? Number.NaN));
    if (!(off >= 0)) continue;
    sum += off;
    known += 1;
  }
  return sum / known;
}
