/** How far forecasts usually miss: what the band is made from. */
import { sortedWindow } from '../../stats/sorted-window.ts';

/** Of errors at one slot, in the unit of the series. Never negative. */
export interface Misses {
  /** Robust standard deviation; 0 before any error is known. */
  deviation: number;
  /** From the median error to the mean of the tenth that is largest, and of the tenth that is least. */
  tailAbove: number;
  tailBelow: number;
  /** How far forecasts miss to one side all the time. */
  bias: number;
  /** Mean absolute error at the slot alone; 0 while too few are known. */
  own: number;
}

export interface Spread {
  /** What is usual at this slot; the same object each time. */
  at(slot: number): Misses;
  learn(slot: number, error: number): void;
  clear(): void;
}

const NORMAL_QUARTILES = 1.349;
const ENOUGH_FOR_TAILS = 20;
const TAIL = 0.1;
const ENOUGH_OF_SLOT = 4;
const SLOT_MEMORY = 24;
const PRIOR = 8;
/** A slot whose errors are below this share of the average is one at which nothing happens. */
const IDLE = 0.05;

/**
 * Errors differ between slots (a weekend's are smaller), so they are kept in units of their slot: its mean absolute
 * error over that of all, pulled to 1 as if four average errors had been seen there; slots at which nothing ever
 * happens (nights, off days) are left out. Of these the last `capacity` are kept sorted. The deviation is their
 * interquartile range ÷ 1.349, which up to a quarter of outliers on a side cannot move (Rousseeuw & Croux 1993 on such
 * scales). The tails are the means of their outermost tenths (expected shortfall, Acerbi & Tasche 2002), which follow
 * skewed and heavy-tailed errors: 2.6 times that is 4.5 σ of normal errors, and about the 99.9 % quantile of Laplace,
 * lognormal and Student (4) errors too. With n errors known all are widened by 1 + 5.5 ÷ n, about the ratio of Student's
 * t with n − 1 degrees of freedom to the normal at 99.95 %.
 */
export function createSpread(period: number, capacity: number): Spread {
  const errors = sortedWindow(capacity);
  const means = new Float64Array(period);
  const counts = new Uint16Array(period);
  const all = { mean: 0, count: 0, deviation: 0, above: 0, below: 0, bias: 0 };
  const misses: Misses = { deviation: 0, tailAbove: 0, tailBelow: 0, bias: 0, own: 0 };

  function unitOf(slot: number): number {
    if (!(all.mean > 0)) return 1;
    const known = counts[slot] ?? 0;
    const unit = (PRIOR * all.mean + known * (means[slot] ?? 0)) / ((PRIOR + known) * all.mean);
    return unit < 0.2 ? 0.2 : unit > 12 ? 12 : unit;
  }

  function at(slot: number): Misses {
    const unit = unitOf(slot);
    misses.deviation = all.deviation * unit;
    misses.tailAbove = all.above * unit;
    misses.tailBelow = all.below * unit;
    misses.bias = all.bias * unit;
    misses.own = (counts[slot] ?? 0) < ENOUGH_OF_SLOT ? 0 : (means[slot] ?? 0);
    return misses;
  }

  function learn(slot: number, error: number): void {
    const size = Math.abs(error);
    const unit = unitOf(slot);
    if (all.count < capacity) all.count++;
    all.mean += (size - all.mean) / all.count;
    const known = Math.min((counts[slot] ?? 0) + 1, SLOT_MEMORY);
    counts[slot] = known;
    means[slot] = (means[slot] ?? 0) + (size - (means[slot] ?? 0)) / known;
    if ((means[slot] ?? 0) < IDLE * all.mean) return;
    errors.push(error / unit);
    measure();
  }

  function measure(): void {
    const size = errors.size();
    const doubt = 1 + 5.5 / size;
    const median = errors.median();
    all.bias = Math.abs(median);
    all.deviation = (doubt * (errors.quantile(0.75) - errors.quantile(0.25))) / NORMAL_QUARTILES;
    if (size < ENOUGH_FOR_TAILS) return;
    const tail = Math.ceil(TAIL * size);
    all.above = doubt * (errors.meanOfMost(tail) - median);
    all.below = doubt * (median - errors.meanOfLeast(tail));
  }

  function clear(): void {
    errors.clear();
    means.fill(0);
    counts.fill(0);
    all.mean = all.count = all.deviation = all.above = all.below = all.bias = 0;
  }

  return { at, learn, clear };
}
