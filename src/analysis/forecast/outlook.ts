/** What a scope will cost in the days to come, in money: usage by the engine, fees by the calendar, plans as announced. */
import { addDays, type Day, daysBetween, eachDay } from '../../core/day.ts';
import type { DayCost } from './day-cost.ts';
import { feesAhead } from './fees-ahead.ts';
import { forecastSeries } from './forecast-series.ts';
import { BAND_LEVELS, type BandLevel, type SeriesForecast } from './types.ts';

/** How far ahead an outlook reaches: the rest of this month and all of the next are within it. */
export const OUTLOOK_DAYS = 92;
/** Days of history worth reading for it: a year before, and enough around it to see what the year does. */
export const HISTORY_DAYS = 550;

/** A complete day; null where its cost is not known. */
export interface UsageDay {
  readonly day: Day;
  readonly micros: bigint | null;
}

export interface OutlookInput {
  /** Complete days without a gap, oldest first, up to the last complete day; micros of what is used up. */
  readonly usage: readonly UsageDay[];
  /** What is charged by the calendar (taxes, purchases): complete days, any order, gaps mean none. */
  readonly fees?: readonly DayCost[];
  /** Money planned to be spent beside the usual, on days to come. */
  readonly planned?: readonly DayCost[];
  /** Past days on which something was spent by plan: no guide to what comes. */
  readonly excluded?: ReadonlySet<Day>;
}

/** An amount to come, micros: likely, and the range for each share of outcomes. */
export interface Ahead {
  readonly mean: bigint;
  readonly bands: Readonly<Record<BandLevel, { readonly low: bigint; readonly high: bigint }>>;
}

export interface Outlook extends Pick<SeriesForecast, 'model' | 'parts' | 'backtest' | 'learnt'> {
  /** Last complete day. */
  readonly until: Day;
  /** The days after it, 92 of them. */
  readonly days: readonly ({ readonly day: Day } & Ahead)[];
  /** The sum of days to come, both included, within the 92; its bands are those of the sum. Throws RangeError beyond. */
  sum(first: Day, last: Day): Ahead;
}

/** Undefined with fewer than 14 known days of usage since its first cost. */
export function outlookOf(input: OutlookInput): Outlook | undefined {
  const { usage, fees = [], planned = [], excluded } = input;
  const [first] = usage;
  const until = usage.at(-1)?.day;
  if (!first || until === undefined) return undefined;
  const values = Float64Array.from(usage, ({ micros }) =>
    micros === null ? Number.NaN : Number(micros) / 1e6,
  );
  const found = forecastSeries({ grain: 'day', start: first.day, values }, OUTLOOK_DAYS, {
    ...(excluded && { excluded: Uint8Array.from(usage, ({ day }) => (excluded.has(day) ? 1 : 0)) }),
  });
  if (!found) return undefined;
  const feeOn = feesAhead(fees, until);
  const plannedOn = new Map<Day, bigint>();
  for (const { day, micros } of planned) plannedOn.set(day, (plannedOn.get(day) ?? 0n) + micros);
  const ahead = eachDay(addDays(until, 1), addDays(until, OUTLOOK_DAYS));
  const certain = ahead.map((day) => feeOn(day) + (plannedOn.get(day) ?? 0n));
  const { model, parts, backtest, learnt, mean, bands } = found;
  return {
    model,
    parts,
    backtest,
    learnt,
    until,
    days: ahead.map((day, h) => ({
      day,
      ...toAhead(mean[h] ?? 0, certain[h] ?? 0n, (level) => ({
        lower: bands[level].lower[h] ?? 0,
        upper: bands[level].upper[h] ?? 0,
      })),
    })),
    sum(from, to) {
      const [start, end] = [daysBetween(until, from) - 1, daysBetween(until, to) - 1];
      if (start < 0 || end < start || end >= OUTLOOK_DAYS)
        throw new RangeError(`${from} to ${to} is not within the ${OUTLOOK_DAYS} days after ${until}.`);
      const sum = found.sum(start, end);
      const sure = certain.slice(start, end + 1).reduce((total, micros) => total + micros, 0n);
      return toAhead(sum.mean, sure, (level) => sum.bands[level]);
    },
  };
}

/** The amount that lies `micros` away: what is spent already, and what is to come. */
export function addTo(micros: bigint, { mean, bands }: Ahead): Ahead {
  const moved = (level: BandLevel) => ({ low: bands[level].low + micros, high: bands[level].high + micros });
  return { mean: mean + micros, bands: { '50': moved('50'), '80': moved('80'), '95': moved('95') } };
}

/** Nothing to come: known to the micro. */
export function exactly(micros: bigint): Ahead {
  const end = { low: micros, high: micros };
  return { mean: micros, bands: { '50': end, '80': end, '95': end } };
}

function toAhead(
  mean: number,
  certain: bigint,
  ends: (level: BandLevel) => { readonly lower: number; readonly upper: number },
): Ahead {
  const [narrow, middle, wide] = BAND_LEVELS.map((level) => {
    const { lower, upper } = ends(level);
    return { low: certain + toMicros(lower), high: certain + toMicros(upper) };
  });
  const amount = certain + toMicros(mean);
  const none = { low: amount, high: amount };
  return { mean: amount, bands: { '50': narrow ?? none, '80': middle ?? none, '95': wide ?? none } };
}

function toMicros(value: number): bigint {
  return BigInt(Math.round(value * 1e6));
}
