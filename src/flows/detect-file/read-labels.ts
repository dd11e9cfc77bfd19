/** Labels as people have them → spans of time in which something was wrong. */
import { AppError } from '../../core/errors.ts';
import { labelItems } from './label-items.ts';
import { parseStamp, type Stamp } from './parse-stamp.ts';

/** Both ends belong to it, in milliseconds on the clock of the rows. */
export interface LabelSpan {
  readonly from: number;
  readonly to: number;
  /** A single time, which means the row nearest to it. */
  readonly point: boolean;
}

export interface LabelContext {
  /** Name of the series' file. */
  readonly file: string;
  /** Times of its rows. */
  readonly times: Float64Array;
  readonly dayFirst: boolean;
  /** The time of a stamp on the clock of the rows. */
  readonly clock: (stamp: Stamp) => number;
}

const DAY_MS = 86_400_000;
const STARTS = ['start', 'from', 'begin', 'first', 'starttime', 'starttimestamp', 'startdate', 'onset'];
const ENDS = ['end', 'to', 'until', 'last', 'stop', 'endtime', 'endtimestamp', 'enddate'];
const TIMES = ['timestamp', 'time', 'date', 'ds', 'datetime', 'day', 'at', 't', 'ts', 'stamp'];
const FLAGS = ['label', 'isanomaly', 'anomaly', 'anomalous', 'isoutlier', 'outlier', 'y'];
const FORMS =
  'Labels are JSON: a list of times, of [start, end], of {"start": …, "end": …}, or these under "anomalies", "windows" or the name of the file.';

/** Reads a labels file. Throws INVALID that says which label cannot be read. */
export function readLabels(text: string, context: LabelContext): LabelSpan[] {
  const items = labelItems(text, context.file);
  if (
    items.length > 0 &&
    items.length === context.times.length &&
    items.every((item) => flagOf(item) !== undefined)
  )
    return items.flatMap((item, row) => (flagOf(item) ? [pointAt(context.times[row] ?? 0)] : []));
  return items.flatMap((item, index) => {
    try {
      return spansOf(item, context);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError('INVALID', `Label ${index + 1}: ${error.message}`, { hint: FORMS });
    }
  });
}

function spansOf(item: unknown, context: LabelContext): LabelSpan[] {
  if (Array.isArray(item)) {
    const [first, second] = item as unknown[];
    if (item.length === 1) return spansOf(first, context);
    const flag = flagOf(second);
    if (flag !== undefined) return flag ? [spanOf(first, first, context)] : [];
    return [spanOf(first, second, context)];
  }
  if (typeof item !== 'object' || item === null) return [spanOf(item, item, context)];
  const entries = new Map(
    Object.entries(item).map(([key, value]) => [
      key.toLowerCase().replace(/[^a-z0-9]/g, ''),
      value as unknown,
    ]),
  );
  const pick = (names: readonly string[]): unknown =>
    entries.get(names.find((name) => entries.has(name)) ?? '');
  if (flagOf(pick(FLAGS)) === false) return [];
  const [start, end] = [pick(STARTS) ?? pick(TIMES), pick(ENDS)];
  return [spanOf(start, end ?? start, context)];
}

function spanOf(start: unknown, end: unknown, context: LabelContext): LabelSpan {
  const [first, last] = [stampOf(start, context), stampOf(end, context)];
  const from = context.clock(first);
  if (start === end) return first.dateOnly ? { from, to: from + DAY_MS - 1, point: false } : pointAt(from);
  const to = context.clock(last) + (last.dateOnly ? DAY_MS - 1 : 0);
  if (to < from)
    throw new AppError('INVALID', `it ends (${String(end)}) before it begins (${String(start)}).`);
  return { from, to, point: false };
}

function pointAt(time: number): LabelSpan {
  return { from: time, to: time, point: true };
}

function stampOf(value: unknown, { dayFirst }: LabelContext): Stamp {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const stamp = parseStamp(text, dayFirst);
  if (stamp) return stamp;
  throw new AppError('INVALID', `${(JSON.stringify(value) ?? 'nothing').slice(0, 80)} is not a time.`);
}

/** 0 and 1 in their spellings; undefined for anything else. */
function flagOf(value: unknown): boolean | undefined {
  switch (typeof value === 'string' ? value.trim().toLowerCase() : value) {
    case 1:
    case true:
    case '1':
    case '1.0':
    case 'true':
    case 'yes':
    case 'anomaly':
      return true;
    case 0:
    case false:
    case '0':
    case '0.0':
    case 'false':
    case 'no':
    case 'normal':
    case '':
      return false;
    default:
      return undefined;
  }
}
