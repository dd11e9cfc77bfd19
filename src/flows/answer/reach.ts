/** Which days of a scope are complete, and what that means for the days a question is about. */
import { addDays, type Day, dayInZone, earlier, later } from '../../core/day.ts';
import { type Period, type PeriodWord, previousPeriod, resolvePeriod } from '../../core/period.ts';
import { type CostFilter, sourcesInScope } from '../../store/daily-costs.ts';
import { readSources, type SourceReach } from '../../store/freshness.ts';
import type { Context } from '../context.ts';
import { historyOf, isLive, isSilent, isStale, type Loading } from './stale.ts';

/** Sources that cost something in scope within this many days before the period count as belonging to it. */
const SCOPE_DAYS = 100;

export interface Reach {
  readonly today: Day;
  readonly period: Period;
  /** Sources with cost in scope around the period. */
  readonly sources: readonly SourceReach[];
  /** Of these, the ones whose days after the watermark are unknown: failing, or silent for too long. */
  readonly stale: readonly SourceReach[];
  /** Of the stale ones, those without a complete day for too long. */
  readonly silent: readonly SourceReach[];
  /** Stale ones that have no complete day of the period though their cost belongs to it: every figure lacks it. */
  readonly lacking: readonly SourceReach[];
  /** Configured sources that have never delivered anything, when the question is about everything. */
  readonly missing: readonly string[];
  /** Sources whose history is still being loaded. */
  readonly loading: readonly Loading[];
  /** Last day of the period that is complete in every source of the scope; undefined when none is. */
  readonly completeEnd?: Day;
  /** The same without the sources that are lacking: as far as the others reach. */
  readonly othersEnd?: Day;
  /** First day any of these sources has data for, and from which all of them are loaded. */
  readonly firstDay?: Day;
}

export async function findReach(context: Context, filter: CostFilter, word: PeriodWord): Promise<Reach> {
  const { store, settings } = context;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  const at = { today, now, settings };
  const calendar = { today, weekStart: settings.weekStart };
  const roughly = resolvePeriod(word, { ...calendar, lastComplete: addDays(today, -1) });
  const names = await sourcesInScope(store, filter, addDays(roughly.start, -SCOPE_DAYS));
  const known = await readSources(store);
  const sources = known.filter((source) => names.includes(source.name));
  const stale = sources.filter((source) => isStale(source, at));
  const fresh = sources
    .filter((source) => !stale.includes(source))
    .flatMap(({ watermark }) => watermark ?? []);
  const lastComplete = fresh.length > 0 ? fresh.reduce(earlier) : addDays(today, -1);
  const period = resolvePeriod(word, { ...calendar, lastComplete });

  // A polled source that fell silent before the period will deliver it once it is mended: nothing is complete until
  // then. Files may have ended for good: they count for as long as the days that are compared with had their cost.
  const { start: before } = previousPeriod(word, period);
  const beforePeriod = stale.filter(({ watermark }) => (watermark ?? '') < period.start);
  const lacking = beforePeriod.filter((source) => isLive(source, at) || (source.watermark ?? '') >= before);
  const others = sources.filter((source) => !beforePeriod.includes(source));
  const held = lacking.some((source) => isLive(source, at));
  const othersEnd = completeEndOf(others, period);
  const firstDays = sources.flatMap((source) => source.firstDay ?? []);
  const loading = sources.flatMap((source) => (isLive(source, at) ? (historyOf(source, today) ?? []) : []));
  return {
    today,
    period,
    sources,
    stale,
    silent: stale.filter((source) => isSilent(source, at)),
    lacking,
    missing:
      Object.keys(filter).length > 0
        ? []
        : settings.sources
            .map(({ name }) => name)
            .filter(
              (name) =>
                !known.some((source) => source.name === name && (source.firstDay ?? source.watermark)),
            ),
    loading,
    completeEnd: held ? undefined : othersEnd,
    othersEnd,
    firstDay:
      firstDays.length > 0
        ? [firstDays.reduce(earlier), ...loading.map(({ from }) => from)].reduce(later)
        : undefined,
  };
}

function completeEndOf(sources: readonly SourceReach[], period: Period): Day | undefined {
  const complete = sources.map((source) => source.watermark ?? '').reduce(earlier, period.end);
  return sources.length > 0 && complete >= period.start ? complete : undefined;
}
