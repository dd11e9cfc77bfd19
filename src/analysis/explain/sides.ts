/** Sums of both sides of a comparison, exactly. */
import { ATTOS_PER_MICRO, divideRounded } from '../../core/money.ts';
import type { Comparison, DayCell, Sides } from './types.ts';

/** Per value of a column, the sums of the days of the change and the weighted sums of the usual days. */
export function sidesByKey(cells: readonly DayCell[], comparison: Comparison): Map<string | null, Sides> {
  const during = new Set(comparison.during);
  const sides = new Map<string | null, Sides>();
  for (const { day, key, attos } of cells) {
    const weight = comparison.usual.get(day);
    if (!during.has(day) && weight === undefined) continue;
    const known = sides.get(key) ?? { during: 0n, usual: 0n };
    sides.set(key, {
      during: known.during + (during.has(day) ? attos : 0n),
      usual: known.usual + (weight === undefined ? 0n : attos * weight),
    });
  }
  return sides;
}

export interface MeanMicros {
  readonly actualMicros: bigint;
  readonly expectedMicros: bigint;
}

/** Means per day of sums, rounded once. */
export function meansOf(sides: Sides, comparison: Comparison): MeanMicros {
  return {
    actualMicros: divideRounded(sides.during, duringUnit(comparison)),
    expectedMicros: divideRounded(sides.usual, usualUnit(comparison)),
  };
}

/** What a sum of 10^-18 is divided by to be micros per day. Of no days at all it is that of one. */
export function duringUnit({ during }: Comparison): bigint {
  return BigInt(Math.max(1, during.length)) * ATTOS_PER_MICRO;
}

export function usualUnit({ usualWeight }: Comparison): bigint {
  return (usualWeight > 0n ? usualWeight : 1n) * ATTOS_PER_MICRO;
}

export function addSides(all: Iterable<Sides>): Sides {
  let during = 0n;
  let usual = 0n;
  for (const sides of all) {
    during += sides.during;
    usual += sides.usual;
  }
  return { during, usual };
}
