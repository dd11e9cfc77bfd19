/** One label as people write it → the span of time that it means. */
import { AppError } from '../../core/errors.ts';
import { flagOf, pickFrom, TIMES } from './label-words.ts';
import { isStepNumber, parseStamp, type Stamp } from './parse-stamp.ts';

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
  /** The rows' times are numbers of steps themselves. */
  readonly numbered: boolean;
  /** Length of a step, in milliseconds. */
  readonly step: number;
  readonly dayFirst: boolean;
  /** The time of a stamp on the clock of the rows. */
  readonly clock: (stamp: Stamp) => number;
}

const DAY_MS = 86_400_000;
const STARTS = 'start from begin first starttime starttimestamp startdate onset startindex startidx'
  .concat(' startrow startstep')
  .split(' ');
const ENDS = 'end to until last stop endtime endtimestamp enddate endindex endidx endrow endstep'.split(' ');
const FLAGS = ['label', 'isanomaly', 'anomaly', 'anomalous', 'isoutlier', 'outlier', 'y'];
const WINDOWS = ['window', 'range', 'interval', 'span', 'period'];
const LENGTHS = [
  [['durationdays', 'days'], DAY_MS],
  [['durationhours', 'hours'], DAY_MS / 24],
  [['duration', 'durationsteps', 'length', 'steps', 'len'], undefined],
] as const;

/** The spans of a label; none for one that says "nothing was wrong". Throws INVALID for what cannot be read. */
export function spansOf(item: unknown, context: LabelContext): LabelSpan[] {
  if (Array.isArray(item)) {
    const [first, second] = item as unknown[];
    if (item.length === 1) return spansOf(first, context);
    // [40, 1] are rows, ["2026-11-20", 1] is a time and a yes.
    const flag = isRowNumber(first, context) ? undefined : flagOf(second);
    if (flag !== undefined) return flag ? [spanOf(first, first, context)] : [];
    return [spanOf(first, second, context)];
  }
  if (typeof item === 'string') return [intervalOf(item, context) ?? spanOf(item, item, context)];
  if (typeof item !== 'object' || item === null) return [spanOf(item, item, context)];
  const pick = pickFrom(item);
  if (flagOf(pick(FLAGS)) === false) return [];
  const [start, end, window] = [pick(STARTS) ?? pick(TIMES), pick(ENDS), pick(WINDOWS)];
  if (start === undefined && (Array.isArray(window) || typeof window === 'string'))
    return spansOf(window, context);
  return [end === undefined ? lasting(start, pick, context) : spanOf(start, end, context)];
}

/** From its start for as long as it says, or just its start. */
function lasting(start: unknown, pick: ReturnType<typeof pickFrom>, context: LabelContext): LabelSpan {
  const span = spanOf(start, start, context);
  for (const [names, unit] of LENGTHS) {
    const count = Number(pick(names) ?? Number.NaN);
    if (count > 0)
      return { from: span.from, to: span.from + count * (unit ?? context.step) - 1, point: false };
  }
  return span;
}

/** "2026-11-20/2026-11-22". */
function intervalOf(text: string, context: LabelContext): LabelSpan | undefined {
  const [start = '', end, ...rest] = text.split('/');
  if (end === undefined || rest.length > 0) return undefined;
  const known = [start, end].every((side) => parseStamp(side, context.dayFirst));
  return known ? spanOf(start, end, context) : undefined;
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

export function pointAt(time: number): LabelSpan {
  return { from: time, to: time, point: true };
}

function stampOf(value: unknown, context: LabelContext): Stamp {
  if (isRowNumber(value, context)) return stampOfRow(Number(value), context);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const stamp = parseStamp(text, context.dayFirst);
  if (stamp) return stamp;
  throw new AppError('INVALID', `${(JSON.stringify(value) ?? 'nothing').slice(0, 80)} is not a time.`);
}

/** A small number among rows with times counts rows, from 0. */
function isRowNumber(value: unknown, { numbered }: LabelContext): boolean {
  return !numbered && (typeof value === 'number' || typeof value === 'string') && isStepNumber(String(value));
}

/** An end may be one past the last row. */
function stampOfRow(row: number, { times }: LabelContext): Stamp {
  const at = times[row === times.length ? row - 1 : row];
  if (at === undefined)
    throw new AppError('INVALID', `${row} is not a time, and there is no row ${row} of ${times.length}.`);
  return { at, wall: at, dateOnly: false };
}
