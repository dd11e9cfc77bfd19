/** Which days of a scope are complete, and what that means for the days a question is about. */
import { addDays, type Day, dayInZone, earlier } from '../../core/day.ts';
import { type Period, type PeriodWord, resolvePeriod } from '../../core/period.ts';
import { type CostFilter, sourcesInScope } from '../../store/daily-costs.ts';
import { readSources, type SourceReach } from '../../store/freshness.ts';
import type { Context } from '../context.ts';

/** Billing data is late by a day or three; later than this a source is stale. */
export const STALE_AFTER_DAYS = 5;
/** Sources that cost something in scope within this many days before the period count as belonging to it. */
const SCOPE_DAYS = 100;

export interface Reach {
  readonly today: Day;
  readonly period: Period;
  /** Sources with cost in scope around the period. */
  readonly sources: readonly SourceReach[];
  readonly stale: readonly SourceReach[];
  /** Last day of the period that is complete in every source of the scope; undefined when none is. */
  readonly completeEnd?: Day;
  /** First day any of these sources has data for. */
  readonly firstDay?: Day;
}

export async function findReach(context: Context, filter: CostFilter, word: PeriodWord): Promise<Reach> {
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const at = { today, weekStart: settings.weekStart };
  const roughly = resolvePeriod(word, { ...at, lastComplete: addDays(today, -1) });
  const names = await sourcesInScope(store, filter, addDays(roughly.start, -SCOPE_DAYS));
  const sources = (await readSources(store)).filter((source) => names.includes(source.name));
  const isStale = (source: SourceReach) => (source.watermark ?? '') < addDays(today, -STALE_AFTER_DAYS);
  const fresh = sources.filter((source) => !isStale(source)).flatMap((source) => source.watermark ?? []);
  const lastComplete = fresh.length > 0 ? fresh.reduce(earlier) : addDays(today, -1);
  const period = resolvePeriod(word, { ...at, lastComplete });

  // A source that fell silent before the period is warned about; any other that lags behind holds completeness back.
  const counting = sources.filter((source) => !isStale(source) || (source.watermark ?? '') >= period.start);
  const complete = counting.map((source) => source.watermark ?? '').reduce(earlier, period.end);
  const firstDays = sources.flatMap((source) => source.firstDay ?? []);
  return {
    today,
    period,
    sources,
    stale: sources.filter(isStale),
    completeEnd: counting.length > 0 && complete >= period.start ? complete : undefined,
    firstDay: firstDays.length > 0 ? firstDays.reduce(earlier) : undefined,
  };
}
