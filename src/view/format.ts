/** How money, changes, shares, days and resources are written, the same everywhere. */
import { type Day, daysBetween, endOfMonth, startOfMonth } from '../core/day.ts';
import type { Period, PeriodWord } from '../core/period.ts';

/** What is written for an amount nobody knows. */
export const UNKNOWN = 'unknown';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** "$12,480", "$41.20", "$0.0041", "1,200 TOKENS"; null is "unknown". Micros of `currency`. */
export function formatMoney(micros: bigint | null, currency: string): string {
  if (micros === null) return UNKNOWN;
  const value = Number(micros) / 1e6;
  const size = Math.abs(value);
  const digits =
    size >= 100 || size === 0 ? 0 : size >= 0.995 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size)));
  return withCurrency(value, currency, digits);
}

/** The same with a sign: "+$1,904", "−$640". */
export function formatSignedMoney(micros: bigint, currency: string): string {
  return `${sign(micros)}${formatMoney(micros < 0n ? -micros : micros, currency)}`;
}

/** A change, its ratio, and what it started from. */
export interface Moved {
  readonly change: bigint | null;
  readonly changeRatio: number | null;
  readonly previous: bigint | null;
}

/** "+18 % (+$1,904)", "new (+$1,904)" after nothing at all, "+$40" after a credit, "flat" or "unknown". */
export function formatChange(moved: Moved, currency: string): string {
  const { change, changeRatio: ratio, previous } = moved;
  if (change === null) return UNKNOWN;
  if (change === 0n) return 'flat';
  if (ratio === null)
    return previous === 0n && change > 0n
      ? `new (${formatSignedMoney(change, currency)})`
      : formatSignedMoney(change, currency);
  return `${formatRatio(ratio)} (${formatSignedMoney(change, currency)})`;
}

/** "+18 %", "−4 %", "±0 %", "+1,250 %" for a fraction. */
export function formatRatio(ratio: number): string {
  const percent = Math.abs(ratio) * 100;
  const text =
    percent >= 10 || percent === 0
      ? Math.round(percent).toLocaleString('en-US')
      : percent.toFixed(1).replace(/\.0$/, '');
  return `${text === '0' ? '±' : ratio < 0 ? '−' : '+'}${text} %`;
}

/** "83 %" for a fraction; "<1 %" for a trace; "unknown" for null. */
export function formatShare(share: number | null): string {
  if (share === null) return UNKNOWN;
  if (share > 0 && share < 0.005) return '<1 %';
  return `${Math.round(share * 100)} %`;
}

/** "Mon 17 Nov", with the year when it is not `today`'s. */
export function formatDay(day: Day, today: Day): string {
  return `${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]} ${shortDay(day, today)}`;
}

/** "Mon 23 Nov, 09:00" on the clock of an IANA zone. */
export function formatTime(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const month = part('month').slice(0, 3);
  return `${part('weekday')} ${part('day')} ${month}, ${part('hour')}:${part('minute')}`;
}

/** "11–17 Nov", "28 Oct – 3 Nov", "17 Nov" for a single day; years when they are not `today`'s. */
export function formatRange({ start, end }: Period, today: Day): string {
  if (start === end) return shortDay(end, today);
  if (start.slice(0, 7) === end.slice(0, 7)) return `${Number(start.slice(8))}–${shortDay(end, today)}`;
  const sameYear = start.slice(0, 4) === end.slice(0, 4);
  return `${shortDay(start, sameYear ? start : today)} – ${shortDay(end, today)}`;
}

/** How a period is said in a sentence: "in the last 30 days", "in October", "last week (10–16 Nov)". */
export function formatPeriod(word: PeriodWord, period: Period, today: Day): string {
  const range = formatRange(period, today);
  switch (word.kind) {
    case 'days':
      return word.count === 1 ? `on ${range}` : `in the last ${word.count} days`;
    case 'to-date':
      return `this ${word.unit} so far (${range})`;
    case 'last':
      return word.unit === 'day' ? `yesterday (${range})` : `last ${word.unit} (${range})`;
    case 'month':
      return `in ${LONG_MONTHS[Number(period.start.slice(5, 7)) - 1]} ${period.start.slice(0, 4)}`;
    case 'year':
      return `in ${word.year}`;
    case 'range':
      return isWholeMonth(period)
        ? `in ${LONG_MONTHS[Number(period.start.slice(5, 7)) - 1]} ${period.start.slice(0, 4)}`
        : `${period.start === period.end ? 'on' : 'for'} ${range}`;
  }
}

/** The telling end of a long resource id: "training-job/bert-retrain-7" of an ARN; other names stay as they are. */
export function shortResource(id: string): string {
  const path = id.startsWith('arn:') ? (id.split(':').at(-1) ?? id) : id;
  const segments = path.split('/').filter(Boolean);
  return segments.length > 2 ? segments.slice(-2).join('/') : path;
}

export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}

/** "November". */
export function monthName(day: Day): string {
  return LONG_MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
}

export function daysIn({ start, end }: Period): number {
  return daysBetween(start, end) + 1;
}

function isWholeMonth({ start, end }: Period): boolean {
  return start === startOfMonth(start) && end === endOfMonth(start);
}

function shortDay(day: Day, today: Day): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : ` ${day.slice(0, 4)}`;
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}${year}`;
}

function sign(micros: bigint): string {
  return micros < 0n ? '−' : '+';
}

function withCurrency(value: number, currency: string, digits: number): string {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const amount = Math.abs(value);
  const minus = value < 0 && amount >= 0.5 * 10 ** -digits ? '−' : '';
  if (!/^[A-Z]{3}$/.test(currency)) return `${minus}${amount.toLocaleString('en-US', format)} ${currency}`;
  return minus + amount.toLocaleString('en-US', { style: 'currency', currency, ...format });
}
