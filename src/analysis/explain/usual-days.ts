/** Which days before a change are the usual ones it is held against. */
import { addDays, type Day, daysBetween, eachDay } from '../../core/day.ts';
import { dayOfStamp } from '../../core/series.ts';
import type { Comparison } from './types.ts';

const WEEKS = 4;
/** Divisible by every number of days that can be left (1 to 4). */
const SHARE = 12n;

/**
 * For every day of the change: the same weekdays of the four weeks before its first day, without the cheapest and
 * the dearest of them, so that neither a holiday nor an incident of its own counts (the interquartile mean, or
 * midmean: https://en.wikipedia.org/wiki/Interquartile_mean). Where days are chosen, and not amounts, the parts of
 * every column add up to the same total. Days before `knownFrom` are unknown, not free; a weekday that is known on
 * no day before is held against all known days before.
 *
 * Steps are days ('2026-11-16'), or hours ('2026-11-16T14') held against the same hour of the week. `totals` is the
 * cost of whole steps; a known one without an entry cost nothing. Example: of Mondays that cost 10, 90, 12 and 11 the
 * third and the fourth count, half each.
 */
export function usualDays(
  during: readonly Day[],
  totals: ReadonlyMap<Day, bigint>,
  knownFrom: Day | undefined,
): Comparison {
  const [first] = during;
  if (first === undefined || knownFrom === undefined) return { during, usual: new Map(), usualWeight: 0n };
  const usual = new Map<Day, bigint>();
  let usualWeight = 0n;
  for (const day of during) {
    const same = sameWeekdays(day, first).filter((before) => dayOfStamp(before) >= knownFrom);
    const days = middleOf(same.length > 0 ? same : daysBefore(day, first, knownFrom), totals);
    for (const before of days) {
      const weight = SHARE / BigInt(days.length);
      usual.set(before, (usual.get(before) ?? 0n) + weight);
      usualWeight += weight;
    }
  }
  return { during, usual, usualWeight };
}

/** Two stretches of days held against each other, each day counting the same. */
export function wholePeriods(during: readonly Day[], before: readonly Day[]): Comparison {
  return { during, usual: new Map(before.map((day) => [day, 1n])), usualWeight: BigInt(before.length) };
}

/** Newest first. */
function sameWeekdays(step: string, first: string): string[] {
  const weeks = Math.floor(daysBetween(dayOfStamp(first), dayOfStamp(step)) / 7) + 1;
  return Array.from({ length: WEEKS }, (_, index) => shift(step, -7 * (weeks + index)));
}

function daysBefore(step: string, first: string, knownFrom: Day): string[] {
  const day = dayOfStamp(first);
  const start = addDays(day, -7 * WEEKS);
  return eachDay(knownFrom > start ? knownFrom : start, addDays(day, -1)).map(
    (before) => before + step.slice(10),
  );
}

/** The same hour some days on. */
function shift(step: string, days: number): string {
  return addDays(dayOfStamp(step), days) + step.slice(10);
}

function middleOf(days: readonly Day[], totals: ReadonlyMap<Day, bigint>): Day[] {
  const drop = days.length === 3 ? 1 : Math.floor(days.length / 4);
  const cost = (day: Day) => totals.get(day) ?? 0n;
  const sorted = [...days].sort((a, b) => (cost(a) < cost(b) ? -1 : cost(a) > cost(b) ? 1 : a < b ? 1 : -1));
  return sorted.slice(drop, sorted.length - drop);
}
