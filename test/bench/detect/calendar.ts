/** Weekday, day of the month and hour of every step of a series. */
import { dayToMs } from '../../../src/core/day.ts';
import { type Grain, STEPS_A_DAY } from '../../../src/core/series.ts';
import type { Calendar } from './types.ts';

export function calendarOf(grain: Grain, start: string, length: number): Calendar {
  const first = Date.parse(grain === 'day' ? start : `${start}:00:00Z`);
  const step = 86_400_000 / STEPS_A_DAY[grain];
  const times = Array.from({ length }, (_, index) => new Date(first + index * step));
  return {
    start,
    hour: Uint8Array.from(times, (time) => time.getUTCHours()),
    weekday: Uint8Array.from(times, (time) => time.getUTCDay() || 7),
    dayOfMonth: Uint8Array.from(times, (time) => time.getUTCDate()),
    daysInMonth: Uint8Array.from(times, (time) =>
      new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate(),
    ),
    monthDay: times.map((time) => time.toISOString().slice(5, 10)),
  };
}

/** Day of the year as a share of it: 0 is New Year. */
export function shareOfYear(day: string): number {
  return (dayToMs(day) - dayToMs(`${day.slice(0, 4)}-01-01`)) / (365.25 * 86_400_000);
}
