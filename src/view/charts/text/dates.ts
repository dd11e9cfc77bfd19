/** Days as short words: "17 Nov", "17 Nov 2025", "11–17 Nov". */
import { type Day, weekday } from '../../../core/day.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function monthName(day: Day): string {
  return MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
}

export function shortDay(day: Day): string {
  return `${Number(day.slice(8, 10))} ${monthName(day)}`;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** "Mon". */
export function weekdayName(day: Day): string {
  return WEEKDAYS[weekday(day)] ?? '';
}

export function longDay(day: Day): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}

/** Both ends of a range, with years only when it crosses one: "22 Oct–20 Nov", "11–17 Nov". */
export function dayRange(first: Day, last: Day): string {
  if (first === last) return shortDay(first);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8, 10))}–${shortDay(last)}`;
  if (first.slice(0, 4) === last.slice(0, 4)) return `${shortDay(first)}–${shortDay(last)}`;
  return `${longDay(first)}–${longDay(last)}`;
}

/** A day or an hour of UTC: "17 Nov", "17 Nov 06:00". */
export function shortStamp(stamp: string): string {
  return stamp.length > 10 ? `${shortDay(stamp)} ${stamp.slice(11, 13)}:00` : shortDay(stamp);
}

/** Both ends of a range of days or hours: "11–17 Nov", "17 Nov 06:00–14:00", "17 Nov 06:00–19 Nov 02:00". */
export function stampRange(first: string, last: string): string {
  if (first.length <= 10) return dayRange(first, last);
  if (first === last) return shortStamp(first);
  if (first.slice(0, 10) === last.slice(0, 10)) return `${shortStamp(first)}–${last.slice(11, 13)}:00`;
  return `${shortStamp(first)}–${shortStamp(last)}`;
}
