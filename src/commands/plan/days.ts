/** The days of a plan as people write them: 2026-12-10..14, 2026-12-10..2026-12-24, 10-14 Dec, 10 Dec, tomorrow. */
import { addDays, type Day, isDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Period } from '../../core/period.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
export const DAY_FORMS = '2026-12-10..14, 2026-12-10..2026-12-24, 10-14 Dec, or a single day';

/** Whether words may be days of a plan: "10-14 Dec" is two of them. */
export function plannedDays(first: string, second: string | undefined, today: Day): Found | undefined {
  const iso = isoDays(first);
  if (iso) return { days: iso, words: 1 };
  const word = first.toLowerCase();
  if (word === 'today' || word === 'tomorrow') {
    const day = word === 'today' ? today : addDays(today, 1);
    return { days: { start: day, end: day }, words: 1 };
  }
  const month = monthOf(second);
  const dates = /^(\d{1,2})(?:(?:\.\.|[-–])(\d{1,2}))?$/u.exec(first);
  if (month === undefined || !dates) return undefined;
  const [, from = '', to = from] = dates;
  return { days: nextOccurrence(month, Number(from), Number(to), today), words: 2 };
}

export interface Found {
  readonly days: Period;
  /** How many words they took. */
  readonly words: 1 | 2;
}

/** Throws INVALID for days that are no days, or in the wrong order. */
function isoDays(text: string): Period | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:\.\.|–)?((?<=\.\.|–)(?:\d{4}-\d\d-\d\d|\d{1,2}))?$/u.exec(text);
  if (!match) return undefined;
  const [, start = '', rest] = match;
  const end =
    rest === undefined ? start : rest.length <= 2 ? `${start.slice(0, 8)}${rest.padStart(2, '0')}` : rest;
  for (const day of [start, end])
    if (!isDay(day)) throw new AppError('INVALID', `${day} is no day.`, { hint: `Write ${DAY_FORMS}.` });
  if (end < start)
    throw new AppError('INVALID', `A plan from ${start} to ${end} ends before it begins.`, {
      hint: `Write ${DAY_FORMS}.`,
    });
  return { start, end };
}

function monthOf(word: string | undefined): number | undefined {
  const index = MONTHS.indexOf(word?.toLowerCase().replace(/\.$/, '').slice(0, 3) ?? '');
  return index < 0 || !/^[a-z]{3,9}\.?$/i.test(word ?? '') ? undefined : index + 1;
}

/** This year's dates, or next year's when these are over for more than a month: plans are for days to come. */
function nextOccurrence(month: number, from: number, to: number, today: Day): Period {
  const year = Number(today.slice(0, 4));
  const at = (of: number, date: number) => `${of}-${pad(month)}-${pad(date)}`;
  const of = at(year, to) < addDays(today, -31) ? year + 1 : year;
  const [start, end] = [at(of, from), at(of, to)];
  if (!isDay(start) || !isDay(end) || end < start)
    throw new AppError('INVALID', `${from}–${to} are no days of that month.`, {
      hint: `Write ${DAY_FORMS}.`,
    });
  return { start, end };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
