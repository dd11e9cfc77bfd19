/** Which days a report is about, and which it compares them with. */
import { addDays, type Day, daysBetween, earlier } from '../../core/day.ts';
import { comparablePeriods, type Period, type PeriodWord } from '../../core/period.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { findReach, type Reach } from '../answer/reach.ts';
import type { Context } from '../context.ts';

export interface ReportDays {
  /** Asks for the reported time. */
  readonly word: PeriodWord;
  readonly reach: Reach;
  readonly period: Period;
  /** Undefined while no day of the period is complete. */
  readonly complete?: Period;
  /** The same weekdays, one week earlier. */
  readonly previous: Period;
}

const WEEK: PeriodWord = { kind: 'last', unit: 'week' };
const LAST_COMPLETE_DAY: PeriodWord = { kind: 'days', count: 1 };

/** The last whole week before the context's clock, or the last complete day. */
export async function reportDays(
  context: Context,
  filter: CostFilter,
  frequency: 'weekly' | 'daily',
): Promise<ReportDays> {
  const word = frequency === 'weekly' ? WEEK : LAST_COMPLETE_DAY;
  const reach = await findReach(context, filter, word);
  // What the other sources say is worth a report; it says which source its figures lack.
  const { period, completeEnd = reach.othersEnd } = reach;
  const complete = completeEnd === undefined ? undefined : { start: period.start, end: completeEnd };
  if (frequency === 'daily') {
    const previous = { start: addDays(period.start, -7), end: addDays(period.end, -7) };
    return { word, reach, period, complete, previous };
  }
  const { previous } = comparablePeriods(word, period, completeEnd ?? period.end);
  return { word, reach, period, complete, previous };
}

/**
 * The last day that is complete in every source that still delivers, yesterday at the latest; undefined when there
 * is none. A source that fell silent less than `within` days before it is named, since what follows lacks its cost.
 */
export function lastCompleteDay(
  { sources, silent: late, today }: Reach,
  within: number,
): { day?: Day; silent?: { name: string; since?: Day } } {
  const fresh = sources
    .filter((source) => !late.includes(source))
    .flatMap(({ watermark }) => watermark ?? []);
  if (fresh.length === 0) return {};
  const day = [...fresh, addDays(today, -1)].reduce(earlier);
  const silent = late.find(
    ({ watermark, lastDay }) => daysBetween(watermark ?? lastDay ?? day, day) <= within,
  );
  return { day, ...(silent && { silent: { name: silent.name, since: silent.watermark } }) };
}
