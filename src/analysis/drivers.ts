/** What moved a cost: the parts that changed most, and the column in which the change is concentrated. */
import type { Breakdown } from '../core/dimension.ts';

export interface Part {
  readonly key: string | null;
  readonly current: bigint | null;
  readonly previous: bigint | null;
}

export interface Driver {
  readonly dimension: Breakdown;
  readonly key: string | null;
  /** Micros the part rose (or fell) by. */
  readonly change: bigint;
  /** Fraction of all movement along this dimension that this part is, 0…1. */
  readonly share: number;
}

/** A part must be at least this share of the movement to be named. */
const WORTH_NAMING = 0.1;

/**
 * The parts of one dimension that moved, largest first, at most `limit`. A part that appears or vanishes
 * moved by its whole amount. Movement is Σ|current − previous|, so that a rise and a fall do not hide each other.
 */
export function driversOf(dimension: Breakdown, parts: readonly Part[], limit: number): Driver[] {
  const moved = parts.map(({ key, current, previous }) => ({
    key,
    change: (current ?? 0n) - (previous ?? 0n),
  }));
  const movement = moved.reduce((sum, { change }) => sum + (change < 0n ? -change : change), 0n);
  if (movement === 0n) return [];
  return moved
    .map(({ key, change }) => ({
      dimension,
      key,
      change,
      share: Math.abs(Number(change)) / Number(movement),
    }))
    .filter((driver) => driver.share >= WORTH_NAMING)
    .sort((a, b) => b.share - a.share)
    .slice(0, limit);
}

/** The single part of a dimension that carries most of the movement, when one does (share ≥ `atLeast`). */
export function concentration(
  dimension: Breakdown,
  parts: readonly Part[],
  atLeast = 0.6,
): Driver | undefined {
  const known = parts.filter((part) => part.key !== null);
  if (known.length < 2) return undefined;
  const [first] = driversOf(dimension, parts, 1);
  return first && first.key !== null && first.share >= atLeast ? first : undefined;
}
