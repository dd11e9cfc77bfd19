/** From which past days methods are tried. */
import type { History, Trial } from './types.ts';

/** Past days tried at most, the stretch of seasons they lie in, and what must be known before the first. */
const MOST_ORIGINS = 40;
const MOST_SEASONS = 34;
const LEAST_SEASONS = 4;
/** Methods are chosen by how they did this far ahead. */
const JUDGED_SEASONS = 4;
/** An origin this many seasons ago counts half. */
const HALF_LIFE = 13;

/**
 * Rolling origins (Tashman 2000, doi:10.1016/S0169-2070(00)00065-0): up to forty past ends of the history, evenly
 * spaced by a number of steps that has nothing in common with the season, so that each weekday is an origin, and
 * the real end last.
 */
export function planTrial({ clean, period }: Pick<History, 'clean' | 'period'>, horizon: number): Trial {
  const n = clean.length;
  const first = Math.max(Math.min(LEAST_SEASONS * period, n >> 1), n - MOST_SEASONS * period);
  const stride = coprime(Math.max(1, Math.ceil((n - first) / MOST_ORIGINS)), period);
  const origins: number[] = [];
  for (let origin = n - 1; origin >= first; origin -= stride) origins.unshift(origin);
  origins.push(n);
  const scales = Float64Array.from(origins, (origin) => scaleAt(clean, origin, 4 * period));
  const overall = scaleAt(clean, n, n);
  return {
    origins,
    horizon,
    judged: Math.min(horizon, JUDGED_SEASONS * period),
    scales: scales.map((scale) => Math.max(scale, 0.1 * overall, 1e-12)),
    weights: Float64Array.from(origins, (origin) => 0.5 ** ((n - origin) / (HALF_LIFE * period))),
  };
}

function scaleAt(clean: Float64Array, end: number, steps: number): number {
  const from = Math.max(0, end - steps);
  let sum = 0;
  for (let t = from; t < end; t += 1) sum += Math.abs(clean[t] ?? 0);
  return sum / Math.max(1, end - from);
}

function coprime(stride: number, period: number): number {
  let found = stride;
  while (gcd(found, period) !== 1) found += 1;
  return found;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
