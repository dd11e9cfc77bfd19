/** Days in stretches that are fetched as one batch each, none longer than a calendar month, newest first. */
import { addDays, type Day, daysBetween, endOfMonth, startOfMonth } from '../../core/day.ts';
import type { Days } from './statement.ts';

/** Days between two late ones that are fetched along rather than asking twice. */
const GAP = 7;

/** The calendar months of a window, clipped to it. */
export function monthsOf({ start, end }: Days): Days[] {
  const months: Days[] = [];
  for (let last = end; last >= start; last = addDays(startOfMonth(last), -1)) {
    const first = startOfMonth(last);
    months.push({ start: first < start ? start : first, end: last });
  }
  return months;
}

/** Stretches that hold all of the days (ascending), but none of `apart`. */
export function stretchesOf(days: readonly Day[], apart: Days): Days[] {
  const stretches: { start: Day; end: Day }[] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    const joins =
      last !== undefined &&
      daysBetween(last.end, day) <= GAP &&
      day <= endOfMonth(last.start) &&
      !(last.end < apart.start && day > apart.end);
    if (joins) last.end = day;
    else stretches.push({ start: day, end: day });
  }
  return stretches.reverse();
}
