/** Bands around single steps and around sums of steps, from how far past forecasts were off. */
import { type ErrorLaw, type ErrorsAt, fitErrorLaw } from './error-law.ts';
import {
  BAND_LEVELS,
  type Band,
  type BandLevel,
  type History,
  type SumForecast,
  type Trial,
} from './types.ts';

export interface Errors {
  readonly steps: ErrorLaw;
  readonly sums: ErrorLaw;
  /** Steps of the past that forecasts were tried on. */
  readonly span: number;
}

/** Single steps: errors grow slowly. Sums: between √n (independent days) and faster than n (a change lasts). */
const STEP_GROWTH = { usual: 0.2, between: [0, 0.7] } as const;
const SUM_GROWTH = { usual: 0.85, between: [0.5, 1.5] } as const;

/** What the errors of the chosen forecast follow; undefined when it could not be tried once. */
export function learnErrors(rows: Float64Array, history: History, trial: Trial): Errors | undefined {
  const weights = trial.weights.subarray(0, trial.origins.length - 1);
  const { steps: single, sums: summed } = scaledErrors(rows, history, trial);
  const steps = fitErrorLaw(single, weights, STEP_GROWTH);
  const sums = fitErrorLaw(summed, weights, SUM_GROWTH);
  const span = history.raw.length - (trial.origins[0] ?? 0);
  return steps && sums && { steps, sums, span };
}

/** Errors ÷ the origin's scale, by distance: of each step, and of the sum up to it. */
function scaledErrors(
  rows: Float64Array,
  { raw }: History,
  { origins, horizon, scales }: Trial,
): { steps: ErrorsAt[]; sums: ErrorsAt[] } {
  const count = origins.length - 1;
  const n = raw.length;
  const first = origins[0] ?? n;
  const sum = new Float64Array(count);
  const steps: ErrorsAt[] = [];
  const sums: ErrorsAt[] = [];
  for (let h = 0; h < horizon && first + h < n; h += 1) {
    const errors = new Float64Array(count).fill(Number.NaN);
    const ofSums = new Float64Array(count).fill(Number.NaN);
    for (let index = 0; index < count; index += 1) {
      const at = (origins[index] ?? n) + h;
      if (at >= n) break;
      const value = raw[at] ?? Number.NaN;
      const error = (value - (rows[index * horizon + h] ?? 0)) / (scales[index] ?? 1);
      errors[index] = error;
      // An unknown day is left out of a sum on both sides.
      if (!Number.isNaN(error)) sum[index] = (sum[index] ?? 0) + error;
      ofSums[index] = sum[index] ?? 0;
    }
    const span = n - first - h;
    steps.push({ distance: h + 1, errors, independent: Math.min(count, span / Math.sqrt(h + 1)) });
    sums.push({ distance: h + 1, errors: ofSums, independent: Math.min(count, span / (h + 1)) });
  }
  return { steps, sums };
}

/** Bands of single steps, in the series' unit; `sides` keeps them where the history has been. */
export function stepBands(
  mean: Float64Array,
  { steps }: Errors,
  scale: number,
  sides: Sides,
): Readonly<Record<BandLevel, Band>> {
  const band = (level: BandLevel): Band => {
    const { lower, upper } = steps.ends[level];
    const size = (h: number) => scale * steps.scaleAt(h + 1);
    return {
      lower: mean.map((value, h) => within(value + lower * size(h), sides)),
      upper: mean.map((value, h) => within(value + upper * size(h), sides)),
    };
  };
  const [narrow, middle, wide] = BAND_LEVELS;
  return { [narrow]: band(narrow), [middle]: band(middle), [wide]: band(wide) } as Record<BandLevel, Band>;
}

/**
 * The sum of the steps `first` to `last` with its bands. From the first step on they are those of past sums; a
 * stretch further ahead has the errors of its steps, held together as closely as those of a sum of its length. The
 * longer the sum beside the past it was tried on, the fewer sums there were to learn from, and the wider the band.
 */
export function sumBands(
  mean: Float64Array,
  { steps, sums, span }: Errors,
  scale: number,
  { first, last, sides }: { first: number; last: number; sides: Sides },
): SumForecast {
  let total = 0;
  let ahead = 0;
  let near = 0;
  for (let h = first; h <= last; h += 1) {
    total += mean[h] ?? 0;
    ahead += steps.scaleAt(h + 1);
    near += steps.scaleAt(h - first + 1);
  }
  const length = last - first + 1;
  const size = scale * sums.scaleAt(length) * (near > 0 ? ahead / near : 1) * (1 + length / (2 * span));
  const band = (level: BandLevel) => ({
    lower: within(total + sums.ends[level].lower * size, sides),
    upper: within(total + sums.ends[level].upper * size, sides),
  });
  return { mean: total, bands: { '50': band('50'), '80': band('80'), '95': band('95') } };
}

/** Whether all of the history was at least, or at most, nothing. */
export interface Sides {
  readonly least: number;
  readonly most: number;
}

export function sidesOf(raw: Float64Array): Sides {
  const known = raw.filter((value) => !Number.isNaN(value));
  return {
    least: known.every((value) => value >= 0) ? 0 : Number.NEGATIVE_INFINITY,
    most: known.every((value) => value <= 0) ? 0 : Number.POSITIVE_INFINITY,
  };
}

export function within(value: number, { least, most }: Sides): number {
  return Math.min(most, Math.max(least, value));
}
