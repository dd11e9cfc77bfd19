/** Bursts: short excursions (training jobs, batches) that come back now and then and are therefore usual. */

export interface Bursts {
  /** What a burst may reach at this step: 0 while bursts are not usual here. `quiet`: nothing moves between them. */
  size(step: number, quiet: boolean): number;
  /** What none has come near to; Infinity while too few are known to say. */
  most(step: number): number;
  /** What the one that runs may still add before it is longer than usual; Infinity while that is not known. */
  rest(step: number): number;
  /** Forgets those of about this date in earlier months: the calendar explains them. */
  explained(step: number): void;
  /** Whether so much is as much as a burst, rather than a level a little off. */
  like(excess: number): boolean;
  /** Whether one runs. */
  running(): boolean;
  /** The series lies this far above the usual. */
  grow(excess: number): void;
  /** It does not any more. */
  end(step: number): void;
  /** What ran was no burst. */
  drop(): void;
}

const KEPT = 12;
const MONTH = 30.44;
/** Bursts that make them usual. */
const ENOUGH = 2;
/** How much more than the second largest known one a burst may reach. */
const LARGER = 1.5;
const LARGER_QUIET = 2;
/** In a quiet series: fewer than this, and the largest is no outlier yet. */
const FEW = 4;
/** How often the sum of the second longest known one, and how many peaks beside, one may sum up to. */
const LENGTHS = 2;
const LONGER = 1.5;
/** Smaller ones, as a share of the second largest, are not worth a place. */
const SMALL = 0.1;
/** What share of a usual one is one. */
const LIKE = 0.3;

/**
 * Remembers the last dozen bursts of the last `memory` steps. Two make bursts usual, up to 1.5 times the second largest: a
 * single incident teaches nothing. In a quiet series, the same value nearly all the time, one is enough for another of
 * up to 1.5 times its size, and from four on none may be more than twice the second largest. A job that does not end is
 * found by its sum, which outgrows twice that of the second longest and one and a half peaks more.
 */
export function createBursts(memory: number): Bursts {
  const peaks = new Float64Array(KEPT);
  const sums = new Float64Array(KEPT);
  const ends = new Float64Array(KEPT).fill(Number.NEGATIVE_INFINITY);
  const now = { peak: 0, sum: 0, next: 0 };
  const known = { count: 0, largest: 0, second: 0, longest: 0, secondLongest: 0, until: 0 };

  /** Sums up what is remembered, when something has come or gone. */
  function look(step: number): void {
    if (step < known.until) return;
    known.count = known.largest = known.second = known.longest = known.secondLongest = 0;
    known.until = Number.POSITIVE_INFINITY;
    for (let index = 0; index < KEPT; index++) {
      const gone = (ends[index] ?? 0) + memory + 1;
      if (gone <= step) continue;
      known.count++;
      if (gone < known.until) known.until = gone;
      const peak = peaks[index] ?? 0;
      const sum = sums[index] ?? 0;
      known.second = Math.max(known.second, Math.min(known.largest, peak));
      known.largest = Math.max(known.largest, peak);
      known.secondLongest = Math.max(known.secondLongest, Math.min(known.longest, sum));
      known.longest = Math.max(known.longest, sum);
    }
  }

  function size(step: number, quiet: boolean): number {
    look(step);
    if (!quiet) return known.count < ENOUGH ? 0 : LARGER * known.second;
    if (known.count < ENOUGH) return LARGER * known.largest;
    return LARGER_QUIET * (known.count < FEW ? known.largest : known.second);
  }

  function most(step: number): number {
    look(step);
    return known.count < FEW ? Number.POSITIVE_INFINITY : LARGER_QUIET * known.second;
  }

  function rest(step: number): number {
    look(step);
    if (known.count === 0) return Number.POSITIVE_INFINITY;
    const [length, peak] =
      known.count < ENOUGH ? [known.longest, known.largest] : [known.secondLongest, known.second];
    return LENGTHS * length + LONGER * peak - now.sum;
  }

  function end(step: number): void {
    if (!(now.peak > 0)) return;
    look(step);
    if (now.peak < SMALL * known.second) {
      drop();
      return;
    }
    peaks[now.next] = now.peak;
    sums[now.next] = now.sum;
    ends[now.next] = step;
    now.next = (now.next + 1) % KEPT;
    known.until = 0;
    drop();
  }

  function like(excess: number): boolean {
    return known.count > 0 && excess >= LIKE * (known.count < ENOUGH ? known.largest : known.second);
  }

  function explained(step: number): void {
    for (let index = 0; index < KEPT; index++) {
      const age = step + 1 - (ends[index] ?? 0);
      const months = Math.round(age / MONTH);
      if (months < 1 || Math.abs(age - months * MONTH) > 2) continue;
      ends[index] = Number.NEGATIVE_INFINITY;
      known.until = 0;
    }
  }

  function drop(): void {
    now.peak = 0;
    now.sum = 0;
  }

  function grow(excess: number): void {
    now.sum += excess;
    now.peak = Math.max(now.peak, excess);
  }

  return { size, most, rest, like, explained, running: () => now.sum > 0, grow, end, drop };
}
