/** Busy days: a series that is quiet on some days and busy on others, which nothing tells apart beforehand. */
import { sortedWindow } from '../../stats/sorted-window.ts';

export interface BusyDays {
  /** What a busy day may reach; NaN where the days are not of two such kinds. */
  top(): number;
  /** Shows the next value, and by how much the forecast missed it; NaN where there was none. */
  learn(value: number, miss: number): void;
}

/** Misses that are looked at, and how many must be known. */
const MISSES = 42;
const ENOUGH_MISSES = 7;
/** Above this share of the way from the quiet level to the largest, a day is busy. */
const BUSY = 0.25;
/** No day lies between the quiet and the busy ones, for this share of the way. */
const GAP = 0.4;
const ENOUGH_BUSY = 3;
/** Share of the days that must be quiet. */
const QUIET = 0.15;
/** Outliers that are left out at either end, where the window is large enough: these of it, but no more than two. */
const OUTLIERS = 0.05;
/** The misses are no smaller than this share of a busy day: the model does not know which day will be busy. */
const UNEXPLAINED = 0.25;
/** Spread of busy days on the log scale: at least, and beyond which they are no kind of their own. */
const LEAST_SPREAD = 0.05;
const MOST_SPREAD = 0.35;
/** Days after which a series that has none is looked at again. */
const PATIENCE = 7;
const SIGMAS = 4;
const LEAST_ROOM = Math.log(1.4);

/**
 * Zero-inflated and bursty series (quiet at weekends by hand, a job every few days) have values of two kinds, and how
 * far forecasts miss is then the distance between the two: a band made of that says nothing of how much a busy day may
 * be. So where at least 15 % of the last `window` days are quiet and the forecasts do not explain which, the upper edge
 * comes from the busy days alone: their log-normal quantile, median · exp(4 s), with s = 1.4826 · median |log(x ÷ median)|
 * (the median absolute deviation, Hampel 1974), widened by 1 + 2 ÷ n for the few of them. That is the size part of
 * models of intermittent demand, which treat whether and how much apart (Croston 1972).
 *
 * All is measured from the quiet level, the least value but for outliers, not from zero: a constant usage beside it
 * changes nothing. Once `settle` busy days in a row were outside, their size is the new normal and what was before is
 * forgotten.
 */
export function createBusyDays(window: number, settle: number): BusyDays {
  const days = sortedWindow(window);
  const { sorted } = days;
  const recent = new Float64Array(window);
  const misses = new Float64Array(MISSES);
  let seen = 0;
  let missed = 0;
  let next = 0;
  let nextMiss = 0;
  const now = { top: Number.NaN, edge: 0, outside: 0, since: 0 };
  let nextLook = 0;

  function top(): number {
    if (seen < nextLook) return Number.NaN;
    now.top = measure();
    // What a whole window of days says is not of two kinds will not be by tomorrow.
    if (Number.isNaN(now.top) && days.size() === window) nextLook = seen + PATIENCE;
    return now.top;
  }

  function measure(): number {
    const size = days.size();
    const spare = Math.min(2, Math.floor(size * OUTLIERS));
    const floor = sorted[spare] ?? 0;
    const reach = (sorted[size - 1 - spare] ?? 0) - floor;
    now.edge = floor + BUSY * reach;
    // Most series end here: the quiet days, had they any, would be the first of the row.
    if (!(reach > 0) || (sorted[Math.ceil(QUIET * size) - 1] ?? 0) > now.edge) return Number.NaN;
    const first = days.countUpTo(now.edge);
    const busy = size - first;
    const least = sorted[first] ?? 0;
    // All the same size: whole cents, or a fixed charge, which say nothing of how sizes vary.
    if (least - (sorted[first - 1] ?? 0) < GAP * reach || least === floor + reach) return Number.NaN;
    if (busy < ENOUGH_BUSY || missed < ENOUGH_MISSES) return Number.NaN;
    const middle =
      ((sorted[first + ((busy - 1) >> 1)] ?? 0) + (sorted[first + (busy >> 1)] ?? 0)) / 2 - floor;
    if (rms(reach) < UNEXPLAINED * middle) return Number.NaN;
    const spread = Math.max(1.4826 * deviation(first, floor, middle), LEAST_SPREAD) * (1 + 2 / busy);
    if (spread > MOST_SPREAD) return Number.NaN;
    return floor + middle * Math.exp(Math.max(SIGMAS * spread, LEAST_ROOM));
  }

  /** Median |log(x ÷ middle)| of the numbers from the `first` on: the nearest half, taken from the middle outwards. */
  function deviation(first: number, floor: number, middle: number): number {
    const last = days.size() - 1;
    let below = first + ((last - first) >> 1);
    let above = below + 1;
    let ratio = 1;
    for (let left = (last - first + 2) >> 1; left > 0; left--) {
      const down = below >= first ? middle / ((sorted[below] ?? 0) - floor) : Number.POSITIVE_INFINITY;
      const up = above <= last ? ((sorted[above] ?? 0) - floor) / middle : Number.POSITIVE_INFINITY;
      ratio = Math.min(down, up);
      if (down <= up) below--;
      else above++;
    }
    return Math.log(Math.max(ratio, 1));
  }

  function rms(most: number): number {
    const known = Math.min(missed, MISSES);
    let sum = 0;
    for (let index = 0; index < known; index++) {
      const miss = Math.min(misses[index] ?? 0, most);
      sum += miss * miss;
    }
    return Math.sqrt(sum / known);
  }

  function learn(value: number, miss: number): void {
    if (!Number.isNaN(miss)) {
      misses[nextMiss] = Math.abs(miss);
      nextMiss = nextMiss + 1 === MISSES ? 0 : nextMiss + 1;
      missed++;
    }
    if (value > now.top) {
      if (now.outside++ === 0) now.since = seen;
    } else if (value > now.edge) now.outside = 0;
    recent[next] = value;
    next = next + 1 === window ? 0 : next + 1;
    seen++;
    days.push(value);
    if (now.outside >= settle) forget();
  }

  /** Busy days have another size now: what was before the first of them counts no more. */
  function forget(): void {
    days.clear();
    for (let index = Math.max(now.since, seen - window); index < seen; index++)
      days.push(recent[index % window] ?? 0);
    now.outside = 0;
  }

  return { top, learn };
}
