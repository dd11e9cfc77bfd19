/** What the calendar will charge: taxes and purchases come again on the dates they came on. */
import { addDays, addMonths, type Day, endOfMonth, startOfMonth } from '../../core/day.ts';
import type { DayCost } from './day-cost.ts';

/**
 * Makes the expectation for a day to come, micros: what the newest month that knows that date (up to `until`, the
 * last complete day) was charged on it. The last day of a month takes all that a longer month was charged on the
 * dates it lacks; dates that the other month lacks get nothing.
 */
export function feesAhead(fees: readonly DayCost[], until: Day): (day: Day) => bigint {
  const charged = new Map<Day, bigint>();
  for (const { day, micros } of fees) charged.set(day, (charged.get(day) ?? 0n) + micros);
  if (charged.size === 0) return () => 0n;
  return (day) => {
    const last = day === endOfMonth(day);
    const date = Number(day.slice(8));
    let before = addMonths(startOfMonth(day), -1);
    while (datesOf(before, date, last).end > until) before = addMonths(before, -1);
    const { start, end } = datesOf(before, date, last);
    let sum = 0n;
    for (let on = start; on <= end; on = addDays(on, 1)) sum += charged.get(on) ?? 0n;
    return sum;
  };
}

/** The dates of another month that stand for this one: none (end before start) where it is shorter. */
function datesOf(month: Day, date: number, last: boolean): { start: Day; end: Day } {
  const start = addDays(month, date - 1);
  const ends = endOfMonth(month);
  if (start > ends) return { start, end: ends };
  return { start, end: last ? ends : start };
}
