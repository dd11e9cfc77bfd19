/** Calendar days as 'YYYY-MM-DD' strings: the only place that does day arithmetic. */
import { AppError } from './errors.ts';

/** A calendar day, 'YYYY-MM-DD'. Charges are filed under the UTC day of their ChargePeriodStart. */
export type Day = string;

export type WeekStart = 'monday' | 'sunday' | 'saturday';

const DAY_MS = 86_400_000;

/** Milliseconds since the epoch of a day's UTC midnight. Throws INVALID for a day that does not exist. */
export function dayToMs(day: Day): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || msToDay(ms) !== day)
    throw new AppError('INVALID', `"${day}" is not a calendar day.`);
  return ms;
}

export function msToDay(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && msToDay(ms) === text;
}

export function addDays(day: Day, count: number): Day {
  return msToDay(dayToMs(day) + count * DAY_MS);
}

/** Whole days from a to b: daysBetween('2026-01-01', '2026-01-03') is 2. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((dayToMs(b) - dayToMs(a)) / DAY_MS);
}

/** Every day from start to end, both included; empty when end is before start. */
export function eachDay(start: Day, end: Day): Day[] {
  const days: Day[] = [];
  for (let day = start; day <= end; day = addDays(day, 1)) days.push(day);
  return days;
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function endOfMonth(day: Day): Day {
  return addDays(addMonths(startOfMonth(day), 1), -1);
}

/** The same day of the month `count` months on, clamped to that month's last day. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return msToDay(first.getTime() + (Math.min(date, last) - 1) * DAY_MS);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: Day): number {
  return new Date(dayToMs(day)).getUTCDay();
}

export function startOfWeek(day: Day, weekStart: WeekStart): Day {
  const first = { sunday: 0, monday: 1, saturday: 6 }[weekStart];
  return addDays(day, -((weekday(day) - first + 7) % 7));
}

/** The calendar day it is at `now` (ms) in an IANA time zone. */
export function dayInZone(now: number, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(new Date(now));
}

export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
