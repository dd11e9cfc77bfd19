/** Small series for tests. */
import type { Series } from '../../../src/core/series.ts';

/** A daily series that begins on a Monday. */
export function days(...values: readonly number[]): Series {
  return { grain: 'day', start: '2026-01-05', values: Float64Array.from(values) };
}

export function hours(...values: readonly number[]): Series {
  return { grain: 'hour', start: '2026-01-05T00', values: Float64Array.from(values) };
}

/** The same value so many times. */
export function many(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}

/** The indexes of scores over the edge. */
export function overEdge(score: Float64Array): number[] {
  return [...score.keys()].filter((index) => (score[index] ?? 0) > 0.5);
}
