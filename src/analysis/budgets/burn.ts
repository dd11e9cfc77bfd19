/** How fast a budget is used, and when it is used up if that goes on. */
import { addDays, type Day, daysBetween } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';

export interface Burn {
  /** Used per complete day of the period so far. */
  readonly perDay: bigint;
  /** Complete days of the period. */
  readonly days: number;
  /** The day on which the amount is used up at this pace; absent when that is not within the period, or it is already. */
  readonly usedUpOn?: Day;
}

/** Without a last day nobody looks further ahead than this. */
const FAR = 3_660;

/**
 * Burn rate = used ÷ complete days since the period began; used up after ⌈(amount − used) ÷ rate⌉ further days.
 * Undefined while no day of the period is complete. Assumes that days are alike: a forecast knows weekdays.
 *
 * Example: $9,000 used on 1–18 Nov of $12,000 → $500 a day, used up on 24 Nov.
 */
export function burnRate(input: {
  readonly amount: bigint;
  readonly used: bigint;
  readonly start: Day;
  /** Last complete day. */
  readonly until: Day;
  readonly end?: Day;
}): Burn | undefined {
  const { amount, used, start, until, end } = input;
  if (until < start) return undefined;
  const days = daysBetween(start, until) + 1;
  const base = { perDay: divideRounded(used, BigInt(days)), days };
  if (used <= 0n || used >= amount) return base;
  const more = ceilDivide((amount - used) * BigInt(days), used);
  const last = end ?? addDays(until, FAR);
  if (more > BigInt(Math.max(0, daysBetween(until, last)))) return base;
  return { ...base, usedUpOn: addDays(until, Number(more)) };
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
