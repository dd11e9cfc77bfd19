/** Ranges as people say them: "between 1 and 15 November", "from 1 Nov to 15 Nov", "since Monday". */
import { addDays, addMonths, type Day, endOfMonth } from './day.ts';
import type { Period, PeriodWord } from './period.ts';
import {
  latestDay,
  latestWeekday,
  monthNumber,
  nextDay,
  parseSpokenDate,
  type SpokenDate,
  weekdayNumber,
} from './spoken-dates.ts';
import type { Calendar } from './spoken-time.ts';

/** One end of a range: a date, or a whole month. */
type End = { readonly date: SpokenDate } | { readonly month: number; readonly year?: number };

/** The ranges a text can mean; several when a date in it is ambiguous. Lower case expected. */
export function spokenRange(text: string, at: Calendar): PeriodWord[] {
  const since = /^since (?:the )?(.+)$/.exec(text);
  if (since) return sinceDays(since[1] ?? '', at).map((start) => ({ kind: 'range', start, end: at.today }));
  const sides = splitSides(text);
  if (!sides) return [];
  const [first, last] = sides;
  return ends(first, last).flatMap((start) =>
    ends(last, first).flatMap((end): PeriodWord[] => {
      const days = between(start, end, at.today);
      if (!days || days.start > days.end) return [];
      return [days, ...yearBefore(days, at.today)].map((each) => ({ kind: 'range', ...each }));
    }),
  );
}

function splitSides(text: string): [string, string] | undefined {
  const [, a, b] =
    /^between (?:the )?(.+?) and (?:the )?(.+)$/.exec(text) ??
    /^from (?:the )?(.+?) (?:to|until|till|through|up to|-|–|—) (?:the )?(.+)$/.exec(text) ??
    /^(.+?) (?:to|until|till|through|-|–|—) (?:the )?(.+)$/.exec(text) ??
    /^(\d{1,2}) ?[-–—] ?(\d{1,2} [a-z]+(?:,? \d{4})?)$/.exec(text) ??
    /^([a-z]+ \d{1,2}) ?[-–—] ?(\d{1,2}(?:,? \d{4})?)$/.exec(text) ??
    /^([a-z]+)[-–—]([a-z]+(?:,? \d{4})?)$/.exec(text) ??
    /^(\S+)\.\.(\S+)$/.exec(text) ??
    [];
  return a && b ? [a, b] : undefined;
}

/** What one side can mean; a bare day of the month borrows the month of the other side. */
function ends(side: string, other: string): End[] {
  const dates = parseSpokenDate(side);
  if (dates.length > 0) return dates.map((date) => ({ date }));
  const [, name = '', year] = /^([a-z]+)(?:,? (\d{4}))?$/.exec(side) ?? [];
  const month = monthNumber(name);
  if (month !== undefined) return [{ month, ...(year && { year: Number(year) }) }];
  const bare = /^(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(side);
  if (!bare) return [];
  return parseSpokenDate(other).flatMap((date) =>
    exists({ month: date.month, date: Number(bare[1]), ...(bare[2] && { year: Number(bare[2]) }) }),
  );
}

function exists(date: SpokenDate): End[] {
  return latestDay({ ...date, year: date.year ?? 2024 }, '9999-12-31') ? [{ date }] : [];
}

/**
 * Years that were not said: the start is the newest that is not after today and the end the next after it; a year
 * at one side only decides the other.
 */
function between(a: End, b: End, today: Day): Period | undefined {
  const first = startDate(a);
  const last = startDate(b);
  if (first.year === undefined && last.year !== undefined) {
    const end = lastDay(b, latestDay(last, '9999-12-31'));
    const start = end && latestDay(first, end);
    return start && end ? { start, end } : undefined;
  }
  const start = latestDay(first, today);
  const end = start && lastDay(b, nextDay(last, start));
  return start && end ? { start, end } : undefined;
}

/** Said in November, "November to January" may be this winter or the last. */
function yearBefore({ start, end }: Period, today: Day): Period[] {
  const ahead = end > today && end.slice(0, 7) !== today.slice(0, 7);
  return ahead && start <= today ? [{ start: addMonths(start, -12), end: addMonths(end, -12) }] : [];
}

/** A month's first day stands for it until its year is known. */
function startDate(end: End): SpokenDate {
  return 'date' in end ? end.date : { ...end, date: 1 };
}

function lastDay(end: End, day: Day | undefined): Day | undefined {
  return day && !('date' in end) ? endOfMonth(day) : day;
}

function sinceDays(text: string, { today }: Calendar): Day[] {
  if (text === 'yesterday') return [addDays(today, -1)];
  const wanted = weekdayNumber(text);
  if (wanted !== undefined) {
    const newest = latestWeekday(wanted, today);
    return newest === today ? [] : [newest];
  }
  if (/^20\d{2}$/.test(text)) return [`${text}-01-01`];
  return ends(text, '').flatMap((end) => latestDay(startDate(end), today) ?? []);
}
