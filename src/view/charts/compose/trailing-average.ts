/** The average of the last seven known days: the weekly rhythm taken out of a daily series. */
import { divideRounded } from '../../../core/money.ts';
import type { Micros } from './totals.ts';

const WINDOW = 7;
/** A window that had to reach further back than this says nothing about "now". */
const MAX_REACH = 14;

/**
 * Mean of each day and the six known days before it, in micros. Null on an unknown day, until seven
 * days are known, and after a gap so long that seven known days span more than two weeks.
 */
export function trailingAverage(totals: readonly Micros[]): Micros[] {
  const known: { day: number; value: bigint }[] = [];
  return totals.map((value, day) => {
    if (value === null) return null;
    known.push({ day, value });
    if (known.length > WINDOW) known.shift();
    const first = known[0];
    if (known.length < WINDOW || !first || day - first.day >= MAX_REACH) return null;
    return divideRounded(
      known.reduce((sum, one) => sum + one.value, 0n),
      BigInt(WINDOW),
    );
  });
}
