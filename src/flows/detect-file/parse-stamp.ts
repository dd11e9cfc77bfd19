/** Times as people's files write them. */

export interface Stamp {
  /** Milliseconds since the epoch; without a zone it is taken for UTC. */
  readonly at: number;
  /** The same with the zone left off: the date and hour that are written there. */
  readonly wall: number;
  /** No time of day was written. */
  readonly dateOnly: boolean;
}

const TIME = String.raw`(?:[T\s]+(\d{1,2})(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*([ap]m)?\s*(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?)?`;
const WORD = '[a-z]{3,9}';
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})${TIME}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${TIME}$`, 'i');
const SHORT_YEAR = /^(\d{1,2}\/\d{1,2}\/)(\d\d)(?!\d)/;
const NAMED_FIRST = new RegExp(String.raw`^(${WORD})\.?\s+(\d{1,2}),?\s+(\d{4}),?${TIME}$`, 'i');
const NAMED_SECOND = new RegExp(
  String.raw`^(?:${WORD},?\s+)?(\d{1,2})[\s-](${WORD})\.?,?[\s-](\d{4}),?${TIME}$`,
  'i',
);
const MONTH = /^(\d{4})-(\d\d)$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e\+?\d+)?$/i;
const DAY_MS = 86_400_000;

/**
 * Reads 2026-11-20, 2026-11-20 14:00:00, 2026-11-20T14:00:00.5+01:00, 20261120, 11/20/2026 2:00 PM, 11/20/26, 20.11.2026, Nov 20, 2026, and
 * epoch seconds, milliseconds, micro- or nanoseconds. `dayFirst` says how 9/2/2026 is meant. Undefined for anything
 * else, dates that do not exist included.
 */
export function parseStamp(text: string, dayFirst = false): Stamp | undefined {
  const said = text.trim().replace(SHORT_YEAR, '$120$2');
  const year = YEAR_FIRST.exec(said);
  // Without separators only eight digits are a date: 2026112 could be two.
  if (year && (year[2] !== '' || /^\d{8}(?!\d)/.test(said)))
    return stampOf([year[1], year[3], year[4]], year.slice(5));
  const last = YEAR_LAST.exec(said);
  if (last) {
    const swapped = last[2] === '/' ? dayFirst : true;
    return stampOf(swapped ? [last[4], last[3], last[1]] : [last[4], last[1], last[3]], last.slice(5));
  }
  const month = MONTH.exec(said);
  if (month) return stampOf([month[1], month[2], '1'], []);
  if (/^[a-z]|^\d\d?[\s-][a-z]/i.test(said)) return namedOf(said);
  return NUMBER.test(said) ? epochOf(Number(said)) : undefined;
}

/** Nov 20, 2026; 20-Nov-2026; Fri, 20 Nov 2026 14:00:00 GMT. */
function namedOf(said: string): Stamp | undefined {
  const first = NAMED_FIRST.exec(said);
  const second = NAMED_SECOND.exec(said);
  const [name = '-', day, match] = first ? [first[1], first[2], first] : [second?.[2], second?.[1], second];
  const short = name.toLowerCase().replace(/^sept$/, 'sep');
  const month = MONTHS.findIndex((full) => full.startsWith(short)) + 1;
  return match && month > 0 ? stampOf([match[3], String(month), day], match.slice(4)) : undefined;
}

/** Whether 20/11/2026 must be read with the day first; what could be either is read as in the US. */
export function isDayFirst(texts: Iterable<string>): boolean {
  for (const text of texts) {
    const [, first = '', , second = ''] = YEAR_LAST.exec(text.trim().replace(SHORT_YEAR, '$120$2')) ?? [];
    if (Number(first) > 12 || Number(second) > 12) return Number(first) > 12;
  }
  return false;
}

/** Whether it is a bare number too small for an epoch time: the number of a step. */
export function isStepNumber(text: string): boolean {
  const said = text.trim();
  return NUMBER.test(said) && Math.abs(Number(said)) < 1e8 && parseStamp(said)?.dateOnly === false;
}

function stampOf(
  date: readonly (string | undefined)[],
  time: readonly (string | undefined)[],
): Stamp | undefined {
  const [year = 0, month = 0, day = 0] = date.map(Number);
  const [hours, minutes = '0', seconds = '0', fraction = '', half, zone] = time;
  const midnight = Date.UTC(year, month - 1, day);
  const made = new Date(midnight);
  if (made.getUTCFullYear() !== year || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day)
    return undefined;
  if (hours === undefined) return { at: midnight, wall: midnight, dateOnly: true };
  const hour = hourOf(Number(hours), half);
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  const past = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const wall = midnight + past + Math.floor(Number(`0.${fraction || '0'}`) * 1000);
  return { at: wall - offsetOf(zone), wall, dateOnly: false };
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

/** "+05:30" → milliseconds east of UTC. */
function offsetOf(zone: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function epochOf(number: number): Stamp | undefined {
  const size = Math.abs(number);
  const ms = size < 1e11 ? number * 1000 : size < 1e14 ? number : size < 1e17 ? number / 1e3 : number / 1e6;
  const at = Math.round(ms);
  return Math.abs(at) < 100_000_000 * DAY_MS ? { at, wall: at, dateOnly: false } : undefined;
}
