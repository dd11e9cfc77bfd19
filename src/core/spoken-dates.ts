/** Dates as people say them ("12 November", "Nov 12th", "12/11", "Monday") → days. An ambiguous date has several. */
import { addDays, type Day, isDay, weekday } from './day.ts';

const MONTHS = [
  /^jan(?:uary)?$/,
  /^feb(?:ruary)?$/,
  /^mar(?:ch)?$/,
  /^apr(?:il)?$/,
  /^may$/,
  /^june?$/,
  /^july?$/,
  /^aug(?:ust)?$/,
  /^sept?(?:ember)?$/,
  /^oct(?:ober)?$/,
  /^nov(?:ember)?$/,
  /^dec(?:ember)?$/,
];
const WEEKDAYS = [
  /^sun(?:day)?$/,
  /^mon(?:day)?$/,
  /^tue(?:s|sday)?$/,
  /^wed(?:nesday)?$/,
  /^thu(?:r|rs|rsday)?$/,
  /^fri(?:day)?$/,
  /^sat(?:urday)?$/,
];

/** A day of the calendar as far as it was said: without a year, which one follows from the reader's day. */
export interface SpokenDate {
  readonly month: number;
  readonly date: number;
  readonly year?: number;
}

/** 1 … 12, or undefined. */
export function monthNumber(word: string): number | undefined {
  const index = MONTHS.findIndex((month) => month.test(word));
  return index < 0 ? undefined : index + 1;
}

/** 0 = Sunday … 6 = Saturday, or undefined. */
export function weekdayNumber(word: string): number | undefined {
  const index = WEEKDAYS.findIndex((name) => name.test(word));
  return index < 0 ? undefined : index;
}

/** The date a text means; two of them where day and month could be either ("12/11"). Lower case expected. */
export function parseSpokenDate(text: string): readonly SpokenDate[] {
  if (isDay(text)) return [partsOf(text)];
  const dayFirst = /^(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ([a-z]+)(?:,? (\d{4}))?$/.exec(text);
  const monthFirst = /^([a-z]+) (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text);
  const spelled = dayFirst
    ? dateOf(monthNumber(dayFirst[2] ?? ''), dayFirst[1], dayFirst[3])
    : monthFirst
      ? dateOf(monthNumber(monthFirst[1] ?? ''), monthFirst[2], monthFirst[3])
      : undefined;
  if (spelled) return [spelled];
  const dotted = /^(\d{1,2})\.(\d{1,2})\.?(\d{4})?$/.exec(text);
  if (dotted) return known(dateOf(Number(dotted[2]), dotted[1], dotted[3]));
  const yearFirst = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(text);
  if (yearFirst) return known(dateOf(Number(yearFirst[2]), yearFirst[3], yearFirst[1]));
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(text);
  if (!slashed) return [];
  const [, a = '', b = '', year] = slashed;
  const either = [...known(dateOf(Number(b), a, year)), ...known(dateOf(Number(a), b, year))];
  return a === b ? either.slice(0, 1) : either;
}

/** The newest day a date can mean that is not after `last`; undefined when there is none (a year that is later). */
export function latestDay({ month, date, year }: SpokenDate, last: Day): Day | undefined {
  if (year !== undefined) return known(dayText(year, month, date))[0];
  const newest = Number(last.slice(0, 4));
  for (let candidate = newest; candidate > newest - 9; candidate--) {
    const day = dayText(candidate, month, date);
    if (day && day <= last) return day;
  }
  return undefined;
}

/** The oldest day a date can mean that is not before `first`. */
export function nextDay({ month, date, year }: SpokenDate, first: Day): Day | undefined {
  if (year !== undefined) return dayText(year, month, date);
  const oldest = Number(first.slice(0, 4));
  for (let candidate = oldest; candidate < oldest + 9; candidate++) {
    const day = dayText(candidate, month, date);
    if (day && day >= first) return day;
  }
  return undefined;
}

/** The newest such weekday that is not after `last`. */
export function latestWeekday(wanted: number, last: Day): Day {
  return addDays(last, -((weekday(last) - wanted + 7) % 7));
}

function dateOf(
  month: number | undefined,
  date: string | undefined,
  year: string | undefined,
): SpokenDate | undefined {
  if (month === undefined || !date) return undefined;
  // 29 February exists in some year.
  const exists = dayText(year ? Number(year) : 2024, month, Number(date)) !== undefined;
  return exists ? { month, date: Number(date), ...(year && { year: Number(year) }) } : undefined;
}

function dayText(year: number, month: number, date: number): Day | undefined {
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(date)}`;
  return isDay(day) ? day : undefined;
}

function partsOf(day: Day): SpokenDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month, date };
}

function known<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
