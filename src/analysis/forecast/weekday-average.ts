/** What a day of a given weekday usually costs: the rhythm that a forecast follows. */
import type { Day } from '../../core/day.ts';
import { weekday } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';

/** One complete day's cost in micros. */
export interface DayCost {
  readonly day: Day;
  readonly micros: bigint;
}

/**
 * Makes the expectation for a day: the mean of the same weekday in `history`, or of all of it where that
 * weekday has not occurred. Micros. Assumes that the weeks ahead look like the ones behind: no trend, no
 * holidays. `history` must not be empty.
 */
export function weekdayAverage(history: readonly DayCost[]): (day: Day) => bigint {
  const all = meanOf(history);
  const byWeekday = new Map<number, DayCost[]>();
  for (const one of history) {
    const number = weekday(one.day);
    byWeekday.set(number, [...(byWeekday.get(number) ?? []), one]);
  }
  const means = new Map([...byWeekday].map(([number, days]) => [number, meanOf(days)]));
  return (day) => means.get(weekday(day)) ?? all;
}

function meanOf(days: readonly DayCost[]): bigint {
  if (days.length === 0) throw new RangeError('There is no average of no days.');
  return divideRounded(
    days.reduce((sum, { micros }) => sum + micros, 0n),
    BigInt(days.length),
  );
}
