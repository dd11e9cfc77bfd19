/** The Theta method: half the long trend, and the level where it is now. */
import type { Method } from './types.ts';

const ALPHAS = [0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9];

/**
 * Forecasts `horizon` values by the standard Theta method (Assimakopoulos & Nikolopoulos 2000,
 * doi:10.1016/S0169-2070(00)00066-2) in the form of Hyndman & Billah (2003, doi:10.1016/S0169-2070(01)00143-1):
 * simple exponential smoothing with a drift of half the slope of the least-squares line over all values,
 * ŷ(n+h) = ℓ(n) + b/2 · (h − 1 + 1/α − (1 − α)ⁿ/α). `values` have no season and no gap. Without an alpha, the one of
 * a few with the smallest one-step squared error.
 *
 * Example: thetaForecast of 1, 2, … 10 goes on rising by about 0.5 a step from about 10.
 */
export function thetaForecast(values: Float64Array, horizon: number, alpha?: number): Float64Array {
  const n = values.length;
  const slope = slopeOf(values);
  const chosen = alpha ?? bestAlpha(values);
  const { level } = smoothed(values, chosen);
  const forecast = new Float64Array(horizon);
  const start = 1 / chosen - (1 - chosen) ** n / chosen;
  for (let h = 0; h < horizon; h += 1) forecast[h] = level + (slope / 2) * (h + start);
  return forecast;
}

/** Theta on what is left when the season of classical decomposition is taken out, put back afterwards. */
export const theta: Method = {
  model: 'theta',
  forecast({ clean, period }, { origins, horizon }) {
    const rows = new Float64Array(origins.length * horizon);
    origins.forEach((origin, index) => {
      const known = clean.subarray(0, origin);
      const season = seasonOf(known, period);
      const plain = known.map((value, t) => value - (season[t % period] ?? 0));
      const line = thetaForecast(plain, horizon);
      for (let h = 0; h < horizon; h += 1)
        rows[index * horizon + h] = (line[h] ?? 0) + (season[(origin + h) % period] ?? 0);
    });
    return rows;
  },
};

/**
 * Additive seasonal factors by classical decomposition (centred moving average over one season, mean of what
 * differs from it per step, centred), https://otexts.com/fpp3/classical-decomposition.html; zeros with fewer than
 * two seasons. `period` is odd or the average is off by half a step, which the mean over seasons evens out.
 */
export function seasonOf(values: Float64Array, period: number): Float64Array {
  const season = new Float64Array(period);
  if (values.length < 2 * period) return season;
  const counts = new Float64Array(period);
  const half = period >> 1;
  let sum = 0;
  for (let t = 0; t < period; t += 1) sum += values[t] ?? 0;
  for (let middle = half; middle + period - half <= values.length; middle += 1) {
    const slot = middle % period;
    season[slot] = (season[slot] ?? 0) + (values[middle] ?? 0) - sum / period;
    counts[slot] = (counts[slot] ?? 0) + 1;
    sum += (values[middle + period - half] ?? 0) - (values[middle - half] ?? 0);
  }
  let mean = 0;
  for (let slot = 0; slot < period; slot += 1) {
    season[slot] = (season[slot] ?? 0) / Math.max(1, counts[slot] ?? 0);
    mean += (season[slot] ?? 0) / period;
  }
  return season.map((value) => value - mean);
}

/** Slope of the least-squares line through the values at 0, 1, 2 … */
function slopeOf(values: Float64Array): number {
  const n = values.length;
  if (n < 2) return 0;
  let sum = 0;
  let product = 0;
  for (let t = 0; t < n; t += 1) {
    sum += values[t] ?? 0;
    product += t * (values[t] ?? 0);
  }
  return (12 * (product - ((n - 1) / 2) * sum)) / (n * (n * n - 1));
}

function bestAlpha(values: Float64Array): number {
  let best = 0.2;
  let least = Number.POSITIVE_INFINITY;
  for (const alpha of ALPHAS) {
    const { squares } = smoothed(values, alpha);
    if (squares < least) {
      least = squares;
      best = alpha;
    }
  }
  return best;
}

/** Level after all values, starting at the first, and the sum of squared one-step errors. */
function smoothed(values: Float64Array, alpha: number): { level: number; squares: number } {
  let level = values[0] ?? 0;
  let squares = 0;
  for (let t = 1; t < values.length; t += 1) {
    const error = (values[t] ?? 0) - level;
    squares += error * error;
    level += alpha * error;
  }
  return { level, squares };
}
