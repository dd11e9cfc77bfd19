/** Rolling origins: forecasts made from past days, compared with what came, beside the seasonal naive forecast. */
import { forecastSeries } from '../../../../src/analysis/forecast/forecast-series.ts';
import { BAND_LEVELS, type BandLevel, type SeriesForecast } from '../../../../src/analysis/forecast/types.ts';
import type { Series } from '../../../../src/core/series.ts';
import type { Subject } from './data.ts';

const WEEK = 7;
/** Days that are learnt from at least. */
const LEAST_HISTORY = 70;

/** Errors of one series at one horizon: means over steps and origins. */
export interface Errors {
  readonly smape: number;
  readonly mase: number;
}

export interface Measured {
  readonly id: string;
  readonly group: string;
  readonly horizon: number;
  readonly origins: number;
  readonly own: Errors;
  readonly naive: Errors;
  /** Values within each band and all that were compared; once for all steps, once without those of incidents. */
  readonly inside: Readonly<Record<BandLevel, number>>;
  readonly insideQuiet: Readonly<Record<BandLevel, number>>;
  readonly compared: number;
  readonly comparedQuiet: number;
}

/** What is measured; the product's is the default. */
export type Forecaster = (
  series: Series,
  horizon: number,
) => { readonly mean: Float64Array; readonly bands: SeriesForecast['bands'] } | undefined;

/** Undefined where the series is too short for the horizon, or nothing was forecast. */
export function measure(
  { id, group, series, incidents }: Subject,
  { horizon, origins }: { readonly horizon: number; readonly origins: number },
  forecaster: Forecaster = forecastSeries,
): Measured | undefined {
  const own = sums();
  const naive = sums();
  const bands = { inside: zeros(), insideQuiet: zeros(), compared: 0, comparedQuiet: 0 };
  let made = 0;
  for (const origin of originsOf(series.values.length, horizon, origins)) {
    const known = series.values.slice(0, origin);
    const forecast = forecaster({ ...series, values: known }, horizon);
    if (!forecast) continue;
    made += 1;
    const weekBefore = seasonalNaive(known, horizon);
    const scale = naiveScale(known);
    for (let step = 0; step < horizon; step++) {
      const actual = series.values[origin + step] ?? Number.NaN;
      if (Number.isNaN(actual)) continue;
      add(own, { actual, forecast: forecast.mean[step], scale });
      add(naive, { actual, forecast: weekBefore[step], scale });
      const quiet = !incidents.some(({ first, last }) => origin + step >= first && origin + step <= last);
      bands.compared += 1;
      if (quiet) bands.comparedQuiet += 1;
      for (const level of BAND_LEVELS) {
        const { lower, upper } = forecast.bands[level];
        const within = actual >= (lower[step] ?? Number.NaN) && actual <= (upper[step] ?? Number.NaN);
        if (within) bands.inside[level] += 1;
        if (within && quiet) bands.insideQuiet[level] += 1;
      }
    }
  }
  if (made === 0 || bands.compared === 0) return undefined;
  return { id, group, horizon, origins: made, own: means(own), naive: means(naive), ...bands };
}

/** Evenly over what is left after the least history, the last so that the whole horizon is known. */
function originsOf(length: number, horizon: number, most: number): number[] {
  const [first, last] = [LEAST_HISTORY, length - horizon];
  if (last < first) return [];
  const count = Math.min(most, last - first + 1);
  return Array.from({ length: count }, (_, index) =>
    Math.round(count === 1 ? last : first + ((last - first) * index) / (count - 1)),
  );
}

/** The value of the same weekday, from the last week in which it is known. */
export function seasonalNaive(known: Float64Array, horizon: number): Float64Array {
  return Float64Array.from({ length: horizon }, (_, step) => {
    let at = known.length + (step % WEEK) - WEEK;
    while (at >= 0 && Number.isNaN(known[at] ?? Number.NaN)) at -= WEEK;
    return known[at] ?? Number.NaN;
  });
}

/** What MASE divides by: the mean absolute error of the seasonal naive forecast within the history. */
export function naiveScale(known: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let at = WEEK; at < known.length; at++) {
    const off = Math.abs((known[at] ?? Number.NaN) - (known[at - WEEK] ?? Number.NaN));
    if (Number.isNaN(off)) continue;
    sum += off;
    count += 1;
  }
  return sum / count;
}

interface Sums {
  relative: number;
  scaled: number;
  count: number;
  scaledCount: number;
}

function sums(): Sums {
  return { relative: 0, scaled: 0, count: 0, scaledCount: 0 };
}

function zeros(): Record<BandLevel, number> {
  return { '50': 0, '80': 0, '95': 0 };
}

function add(
  to: Sums,
  { actual, forecast = Number.NaN, scale }: { actual: number; forecast?: number; scale: number },
): void {
  const off = Math.abs(actual - forecast);
  const size = Math.abs(actual) + Math.abs(forecast);
  to.relative += size === 0 ? 0 : (2 * off) / size;
  to.count += 1;
  if (!(scale > 0)) return;
  to.scaled += off / scale;
  to.scaledCount += 1;
}

function means({ relative, scaled, count, scaledCount }: Sums): Errors {
  return { smape: relative / count, mase: scaled / scaledCount };
}
