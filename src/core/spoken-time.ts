/** Time as people say it → the time words of commands. Several results: it can be meant in several ways. */
import { addDays, addMonths, type Day, endOfMonth, startOfWeek, type WeekStart } from './day.ts';
import { type PeriodWord, parsePeriodWord } from './period.ts';
import { periodText } from './question.ts';
import { latestDay, latestWeekday, monthNumber, parseSpokenDate, weekdayNumber } from './spoken-dates.ts';
import { spokenRange } from './spoken-ranges.ts';

/** The reader's calendar. */
export interface Calendar {
  readonly today: Day;
  readonly weekStart: WeekStart;
}

const NUMBERS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** Every time has one of these in it. */
const TIMELY =
  /\d|today|yesterday|week|month|quarter|year|[wmqy]td|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat/;
const UNITS = ['week', 'month', 'quarter', 'year'] as const;
const TO_DATE = { week: 'wtd', month: 'mtd', quarter: 'qtd', year: 'ytd' } as const;

/**
 * The periods a part of a sentence can mean ("in October", "last 3 months", "between 1 and 15 November"): none when
 * it is no time, more than one when it is not certain. Lower case and single spaces expected. A month, quarter or
 * date without a year is the newest that is not after today; only periods that commands can say are returned.
 */
export function parseSpokenTime(text: string, at: Calendar): readonly PeriodWord[] {
  if (!TIMELY.test(text)) return [];
  const [, preposition = '', rest = ''] =
    /^((?:in|on|over|during|for|throughout|within|of|at) )?(.*)$/.exec(numbersAsDigits(text)) ?? [];
  const bare = rest.replace(
    /^the (?=last|past|previous|current|month|week|quarter|year|day|\d+(?:st|nd|rd|th)\b)/,
    '',
  );
  const period = bare.replace(/^(?:whole |entire |full )?(?:month of |year of |year (?=\d))/, '');
  // "In 30 days" is about what is to come.
  if (preposition && /^\d+ ?d(?:ays?)?$/.test(period)) return [];
  const meant = read(period, at).filter((word, i, all) => sayable(word) && indexOf(all, word) === i);
  return meant;
}

function read(text: string, at: Calendar): readonly PeriodWord[] {
  const word = parsePeriodWord(text);
  if (word) return [word];
  return [
    ...relative(text, at),
    ...calendarPart(text, at),
    ...singleDay(text, at).map((day): PeriodWord => ({ kind: 'range', start: day, end: day })),
    ...spokenRange(text, at),
  ];
}

function relative(text: string, { today, weekStart }: Calendar): PeriodWord[] {
  const yesterday = addDays(today, -1);
  const unit = UNITS.find((one) =>
    [
      `so far this ${one}`,
      `this ${one} so far`,
      `since the start of the ${one}`,
      `since the beginning of the ${one}`,
      `since the start of this ${one}`,
      `since the beginning of this ${one}`,
    ].includes(text),
  );
  if (unit) return parsed(TO_DATE[unit]);
  if (text === 'week before last') {
    const end = addDays(startOfWeek(today, weekStart), -8);
    return [{ kind: 'range', start: addDays(end, -6), end }];
  }
  if (text === 'month before last') return parsed(addMonths(today, -2).slice(0, 7));
  const months = rollingMonths(text);
  if (months === undefined) return [];
  return [{ kind: 'range', start: addMonths(today, -months), end: yesterday }];
}

/** "last 3 months", "past year", "half a year": that many months up to yesterday. */
function rollingMonths(text: string): number | undefined {
  if (/^(?:(?:last|past) )?half (?:a )?year$|^(?:last|past) half a year$/.test(text)) return 6;
  const [, count, unit] = /^(?:last|past) (?:(\d{1,2}) )?(month|quarter|year)s?$/.exec(text) ?? [];
  if (!unit || (!count && !text.startsWith('past')) || Number(count ?? 1) < 1) return undefined;
  return Number(count ?? 1) * ({ month: 1, quarter: 3, year: 12 }[unit] ?? 1);
}

/** "october", "oct 2026", "10/2026", "q3", "q3 2026". */
function calendarPart(text: string, { today }: Calendar): PeriodWord[] {
  const [, last, name = '', year] = /^(last |this )?([a-z]+)(?:,? (?:of )?(\d{4}))?$/.exec(text) ?? [];
  const month = monthNumber(name);
  if (month !== undefined) {
    const newest = monthText(month, year, today);
    if (!newest || (last && year)) return [];
    if (last === 'this ') return newest.startsWith(today.slice(0, 4)) ? parsed(newest) : [];
    // Said in November, "last October" may be this year's or the one before.
    if (last && newest.startsWith(today.slice(0, 4)))
      return [...(newest < today.slice(0, 7) ? parsed(newest) : []), ...parsed(yearBefore(newest))];
    return parsed(newest);
  }
  const numbered = /^(0?[1-9]|1[0-2])\/(20\d{2})$/.exec(text);
  if (numbered) return parsed(`${numbered[2]}-${numbered[1]?.padStart(2, '0')}`);
  const quarter = /^q([1-4])(?: (?:of )?(\d{4}))?$/.exec(text);
  const swapped = /^(\d{4}) q([1-4])$/.exec(text);
  const number = quarter?.[1] ?? swapped?.[2];
  if (!number) return [];
  const start = monthText(Number(number) * 3 - 2, quarter?.[2] ?? swapped?.[1], today);
  return start ? [{ kind: 'range', start: `${start}-01`, end: endOfMonth(addMonths(`${start}-01`, 2)) }] : [];
}

/** The day or days that a text can mean: a date, a weekday, "3 days ago". */
export function singleDay(text: string, { today, weekStart }: Calendar): readonly Day[] {
  if (text === 'today') return [today];
  if (text === 'day before yesterday') return [addDays(today, -2)];
  const ago = /^(\d{1,3}) days? ago$/.exec(text);
  if (ago) return [addDays(today, -Number(ago[1]))];
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(text);
  if (ordinal) return dateOfMonth(Number(ordinal[1]), today);
  const [, said = '', name = ''] = /^(last |this )?([a-z]+)$/.exec(text) ?? [];
  const wanted = weekdayNumber(name);
  if (wanted === undefined) return parseSpokenDate(text).flatMap((date) => latestDay(date, today) ?? []);
  const newest = latestWeekday(wanted, today);
  const week = startOfWeek(today, weekStart);
  if (said === 'this ') return newest >= week ? [newest] : [];
  // On the day itself, and with "last" in the same week, people mean one or the other.
  const unsure = said ? newest >= week : newest === today;
  return unsure ? [newest, addDays(newest, -7)].filter((day) => !said || day < today) : [newest];
}

function dateOfMonth(date: number, today: Day): Day[] {
  for (let back = 0; back < 4; back++) {
    const month = addMonths(`${today.slice(0, 7)}-01`, -back);
    const day = addDays(month, date - 1);
    if (date >= 1 && day.slice(0, 7) === month.slice(0, 7) && day <= today) return [day];
  }
  return [];
}

function monthText(month: number, year: string | undefined, today: Day): string | undefined {
  const pad = String(month).padStart(2, '0');
  if (year) return `${year}-${pad}`;
  const thisYear = `${today.slice(0, 4)}-${pad}`;
  return thisYear <= today.slice(0, 7) ? thisYear : yearBefore(thisYear);
}

function yearBefore(month: string): string {
  return addMonths(`${month}-01`, -12).slice(0, 7);
}

function numbersAsDigits(text: string): string {
  return text.replace(/[a-z]+/g, (word) => {
    const index = NUMBERS.indexOf(word);
    return index < 0 ? word : String(index + 1);
  });
}

function parsed(text: string): PeriodWord[] {
  const word = parsePeriodWord(text);
  return word ? [word] : [];
}

/** Whether the period can be written as a command: not too long, not backwards. */
function sayable(word: PeriodWord): boolean {
  const again = parsePeriodWord(periodText(word));
  return again !== undefined && periodText(again) === periodText(word);
}

function indexOf(words: readonly PeriodWord[], word: PeriodWord): number {
  return words.findIndex((other) => periodText(other) === periodText(word));
}
