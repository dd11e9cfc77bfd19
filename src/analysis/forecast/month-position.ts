/** What comes on the same date of every month: jobs of the first, invoices of the last day. */
import type { Day } from '../../core/day.ts';

/** Months in which a date must have stood out, and by how many mean deviations. */
const LEAST_MONTHS = 3;
const STANDS_OUT = 4;
/** Share of months in which it did. */
const REGULAR = 0.75;

/** Where each of `length` days from `start` on stands in its month: its date, but 0 for the last day of any month. */
export function monthPositions(start: Day, length: number): Uint8Array {
  const [year = 0, month = 1, date = 1] = start.split('-').map(Number);
  const positions = new Uint8Array(length);
  let at = date;
  let months = year * 12 + month - 1;
  let last = lastDate(months);
  for (let t = 0; t < length; t += 1) {
    positions[t] = at === last ? 0 : at;
    at += 1;
    if (at <= last) continue;
    at = 1;
    months += 1;
    last = lastDate(months);
  }
  return positions;
}

/** Days of a month, counted from the year 0. */
function lastDate(months: number): number {
  return new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
}

/**
 * By how much each date of the month differs from what the week lets expect: the median over months of value −
 * expected, where in three of four months, and three at least, the date stood out by four times the mean
 * deviation; 0 for other dates. Undefined when no date does. Index by position.
 */
export function monthEffects(
  positions: Uint8Array,
  raw: Float64Array,
  expected: Float64Array,
): Float64Array | undefined {
  const deviations = raw.map((value, t) => value - (expected[t] ?? 0));
  const usual = meanSize(deviations);
  // What is left of a series without noise is rounding.
  if (!(usual > 1e-9 * meanSize(raw))) return undefined;
  const byPosition: number[][] = Array.from({ length: 31 }, () => []);
  deviations.forEach((deviation, t) => {
    if (!Number.isNaN(deviation)) byPosition[positions[t] ?? 0]?.push(deviation);
  });
  const effects = Float64Array.from(byPosition, (all) => {
    const effect = middle(Float64Array.from(all));
    const same = all.filter((one) => one * effect > 0 && Math.abs(one) > STANDS_OUT * usual);
    return same.length >= Math.max(LEAST_MONTHS, REGULAR * all.length) ? effect : 0;
  });
  return effects.some((effect) => effect !== 0) ? effects : undefined;
}

function meanSize(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + Math.abs(value), 0) / known.length;
}

function middle(values: Float64Array): number {
  const sorted = values.sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] ?? Number.NaN)
    : ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}
