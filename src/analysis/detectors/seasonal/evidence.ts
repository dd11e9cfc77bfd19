/** Evidence of a lasting change: many small misses to one side. */

export interface Evidence {
  /** The edge after what has been seen: nearer the more the last misses agree. */
  narrowed(edge: number, sigmas: number): number;
  /** Adds a miss to this side (negative: to the other), in the same unit as the deviation. */
  add(miss: number, deviation: number): void;
  clear(): void;
}

/** What is taken off each miss, and how near the edge may come; in deviations. */
const SLACK = 0.8;
const NEAREST = 1.5;
/** The sum must exceed what was usual by so much; what was usual fades by so much a step. */
const MARGIN = 1.25;
const FADING = 0.99;

/**
 * One side of Page's cumulative sum (Page 1954): S = max(0, S + miss ÷ deviation − 0.8). A value that would bring S over
 * its `limit` is outside: with a limit of 5.5, three values 3 deviations up are an alarm, though none of them alone is. A series that
 * wanders has larger sums as a habit: the limit is then a quarter above the largest of late.
 */
export function createEvidence(limit: number): Evidence {
  const seen = { sum: 0, habit: 0 };

  function narrowed(edge: number, sigmas: number): number {
    const left = Math.max(limit, MARGIN * seen.habit) - seen.sum + SLACK;
    return left >= sigmas ? edge : (edge / sigmas) * Math.max(NEAREST, left);
  }

  function add(miss: number, deviation: number): void {
    seen.sum = Math.max(0, seen.sum + miss / deviation - SLACK);
    seen.habit = Math.max(seen.habit * FADING, seen.sum);
  }

  function clear(): void {
    seen.sum = 0;
  }

  return { narrowed, add, clear };
}
