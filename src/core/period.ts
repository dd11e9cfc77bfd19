/** Time words → days. Relative periods end on the last complete day, so that they compare like with like. */
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  earlier,
  endOfMonth,
  isDay,
  startOfMonth,
  startOfWeek,
  type WeekStart,
} from './day.ts';

/** Both ends included. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

/** A time word as understood, before it is known which days are complete. */
export type PeriodWord =
  | { readonly kind: 'days'; readonly count: number }
  | { readonly kind: 'to-date'; readonly unit: 'week' | 'month' | 'quarter' | 'year' }
  | { readonly kind: 'last'; readonly unit: 'day' | 'week' | 'month' | 'quarter' | 'year' }
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'year'; readonly year: string }
  | { readonly kind: 'range'; readonly start: Day; readonly end: Day };

export const DEFAULT_PERIOD: PeriodWord = { kind: 'days', count: 30 };

/** What may be written, for help and error messages. */
export const PERIOD_WORDS =
  '7d, 30d, 90d, mtd, ytd, yesterday, last week, last month, 2026-10, 2026-10-01, 2026-10-01..2026-10-15';

const MAX_DAYS = 1_100;

/** The period a word or two mean ("30d", "last week", "2026-10-01..2026-10-15"), or undefined. */
export function parsePeriodWord(input: string): PeriodWord | undefined {
  const word = input.trim().toLowerCase().replace(/\s+/g, ' ');
  const days = /^(?:(?:last|past) )?(\d{1,4}) ?d(?:ays?)?$/.exec(word);
  if (days) {
    const count = Number(days[1]);
    return count >= 1 && count <= MAX_DAYS ? { kind: 'days', count } : undefined;
  }
  const weeks =
    word === 'past week' ? 1 : Number(/^(?:last|past) (\d{1,3}) ?w(?:eeks?)?$/.exec(word)?.[1] ?? 0);
  if (weeks >= 1) return weeks * 7 <= MAX_DAYS ? { kind: 'days', count: weeks * 7 } : undefined;
  const toDate = ({ wtd: 'week', mtd: 'month', qtd: 'quarter', ytd: 'year' } as const)[word];
  if (toDate) return { kind: 'to-date', unit: toDate };
  if (word === 'yesterday') return { kind: 'last', unit: 'day' };
  const named = /^(last|previous|this|current) (week|month|quarter|year)$/.exec(word);
  const soFar = /^(week|month|quarter|year) to date$/.exec(word);
  const unit = (named?.[2] ?? soFar?.[1]) as 'week' | 'month' | 'quarter' | 'year' | undefined;
  if (unit)
    return named?.[1] === 'last' || named?.[1] === 'previous'
      ? { kind: 'last', unit }
      : { kind: 'to-date', unit };
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(word)) return { kind: 'month', month: word };
  if (/^20\d{2}$/.test(word)) return { kind: 'year', year: word };
  if (isDay(word)) return { kind: 'range', start: word, end: word };
  const range = /^(\d{4}-\d{2}-\d{2}) ?(?:\.\.|to|–|until) ?(\d{4}-\d{2}-\d{2})$/.exec(word);
  const [, start = '', end = ''] = range ?? [];
  if (isDay(start) && isDay(end) && start <= end && daysBetween(start, end) < MAX_DAYS)
    return { kind: 'range', start, end };
  return undefined;
}

/** Whether a word looks like it was meant as time, so that a wrong one is not taken for a name. */
export function looksLikeTime(token: string): boolean {
  const word = token.toLowerCase();
  return (
    /^\d+(d|w|m|y|h|days?|weeks?|months?|years?|x)$/.test(word) ||
    /^\d{4}-\d{1,2}(-\d{1,2})?(\.\.\S*)?$/.test(word) ||
    /^(last|this|past|previous|next|today|tomorrow|yesterday|mtd|ytd|qtd|wtd|\d*fortnight|week|month|quarter|year|days|weeks|months)$/.test(
      word,
    )
  );
}

/**
 * The days a word means. `today` is the reader's calendar day, `lastComplete` the last day whose data is
 * complete; relative periods end there (or yesterday, when nothing recent is complete).
 */
export function resolvePeriod(
  word: PeriodWord,
  at: { today: Day; lastComplete: Day; weekStart: WeekStart },
): Period {
  const yesterday = addDays(at.today, -1);
  const anchor = earlier(at.lastComplete, yesterday);
  switch (word.kind) {
    case 'days':
      return { start: addDays(anchor, 1 - word.count), end: anchor };
    case 'to-date': {
      const start = startOf(word.unit, at.today, at.weekStart);
      return { start, end: anchor >= start ? anchor : yesterday >= start ? yesterday : start };
    }
    case 'last': {
      if (word.unit === 'day') return { start: yesterday, end: yesterday };
      const end = addDays(startOf(word.unit, at.today, at.weekStart), -1);
      return { start: startOf(word.unit, end, at.weekStart), end };
    }
    case 'month':
      return { start: `${word.month}-01`, end: endOfMonth(`${word.month}-01`) };
    case 'year':
      return { start: `${word.year}-01-01`, end: `${word.year}-12-31` };
    case 'range':
      return { start: word.start, end: word.end };
  }
}

/**
 * What a period is compared with: the same days of the month, quarter or year before for calendar periods,
 * the same number of days before for the others.
 */
export function previousPeriod(word: PeriodWord, period: Period): Period {
  const length = daysBetween(period.start, period.end) + 1;
  const back = calendarMonths(word);
  if (back === 0) return { start: addDays(period.start, -length), end: addDays(period.start, -1) };
  const start = addMonths(period.start, -back);
  const last = addDays(period.start, -1);
  if (word.kind !== 'to-date') return { start, end: last };
  return { start, end: earlier(sameDayBefore(word, period, period.end), last) };
}

/** The parts of a period and of the one before it up to `end`, a day of the period: as far as both may be compared. */
export function comparablePeriods(
  word: PeriodWord,
  period: Period,
  end: Day,
): { period: Period; previous: Period } {
  const previous = previousPeriod(word, period);
  if (end >= period.end) return { period, previous };
  return {
    period: { start: period.start, end },
    previous: { start: previous.start, end: earlier(sameDayBefore(word, period, end), previous.end) },
  };
}

/** The day before that a day of the period stands beside: the same date a year ago (leap days apart), else as far from the start. */
function sameDayBefore(word: PeriodWord, period: Period, day: Day): Day {
  const back = calendarMonths(word);
  if (back === 12) return addMonths(day, -12);
  const length = daysBetween(period.start, period.end) + 1;
  const start = back === 0 ? addDays(period.start, -length) : addMonths(period.start, -back);
  return addDays(start, daysBetween(period.start, day));
}

/** What the previous period is called: every comparison names its base. */
export function previousLabel(word: PeriodWord, period: Period): string {
  const days = daysBetween(period.start, period.end) + 1;
  switch (word.kind) {
    case 'to-date':
      return `the same days of the ${word.unit} before`;
    case 'last':
      return word.unit === 'day' ? 'the day before' : `the ${word.unit} before`;
    case 'month':
      return 'the month before';
    case 'year':
      return 'the year before';
    case 'days':
    case 'range':
      return days === 1 ? 'the day before' : `the ${days} days before`;
  }
}

function calendarMonths(word: PeriodWord): number {
  const months = { day: 0, week: 0, month: 1, quarter: 3, year: 12 } as const;
  if (word.kind === 'to-date' || word.kind === 'last') return months[word.unit];
  return word.kind === 'month' ? 1 : word.kind === 'year' ? 12 : 0;
}

function startOf(unit: 'week' | 'month' | 'quarter' | 'year', day: Day, weekStart: WeekStart): Day {
  switch (unit) {
    case 'week':
      return startOfWeek(day, weekStart);
    case 'month':
      return startOfMonth(day);
    case 'quarter':
      return addMonths(startOfMonth(day), -((Number(day.slice(5, 7)) - 1) % 3));
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
  }
}
