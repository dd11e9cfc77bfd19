/** Making a judgement: empty rows to fill, a score from a band, and what of a value may be learnt. */
import type { Series } from '../../core/series.ts';
import type { Hints, Judgement } from './types.ts';

/** Differences below this share of the numbers are rounding, not news. */
const ROUNDING = 1e-9;

/** A judgement of `length` steps that says nothing yet. */
export function unknownJudgement(length: number): Judgement {
  const row = () => new Float64Array(length).fill(Number.NaN);
  return { expected: row(), lower: row(), upper: row(), score: row() };
}

/** The band of one step. */
export interface Band {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * How far outside its band a value lies, 0–1: d ÷ (1 + d), where d is the distance from the expected value in
 * half-widths of the band on that side. 0 as expected, 0.5 on the edge, 0.75 three half-widths away; NaN when
 * anything is unknown. Without units, so that it compares between series.
 */
export function bandScore(value: number, { expected, lower, upper }: Band): number {
  return scoreWithin(value, expected, lower, upper);
}

/** The same without a band to put together: for those who judge millions of steps. */
export function scoreWithin(value: number, expected: number, lower: number, upper: number): number {
  const distance = Math.abs(value - expected);
  if (distance <= ROUNDING * Math.max(Math.abs(value), Math.abs(expected))) return 0;
  const width = value > expected ? upper - expected : expected - lower;
  return distance / (distance + Math.max(width, 0));
}

/**
 * The same where only too much is wrong and the edge is a limit set beforehand: up to the limit the share of the
 * way from the expected value, 0–0.5; above it 1 − ½·limit ÷ value, so twice the limit is 0.75.
 */
export function limitScore(value: number, expected: number, limit: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  if (value > limit + ROUNDING * Math.abs(limit)) return limit > 0 ? 1 - (0.5 * limit) / value : 1;
  if (value <= expected || limit <= expected) return 0;
  return Math.min(0.5, (0.5 * (value - expected)) / (limit - expected));
}

/** Money planned beside the usual at a step; 0 where nothing was. */
export function plannedAt(hints: Hints | undefined, index: number): number {
  const planned = hints?.planned?.[index] ?? 0;
  return planned > 0 ? planned : 0;
}

/**
 * A copy of the values from which the usual may be learnt: unknown (NaN) where people called it an incident, and
 * without the money that was planned beside the usual, as far as it came.
 */
export function learnable({ values }: Series, hints: Hints | undefined): Float64Array {
  const learnt = values.slice();
  if (!hints?.excluded && !hints?.planned) return learnt;
  for (let index = 0; index < learnt.length; index++) {
    const value = learnt[index] ?? Number.NaN;
    if (hints.excluded?.[index] === 1) learnt[index] = Number.NaN;
    else if (value > 0) learnt[index] = Math.max(0, value - plannedAt(hints, index));
  }
  return learnt;
}
