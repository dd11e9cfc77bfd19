/** Reads what was used around a change, held against the same days as the cost. */

import { foldValue } from '../../analysis/allocate/fold.ts';
import type { Comparison, DayCell } from '../../analysis/explain/types.ts';
import { type UsageDay, usageChange } from '../../analysis/explain/usage-change.ts';
import { stageOfMetric } from '../../analysis/metrics/registry.ts';
import type { UsageChange } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';
import { USAGE_METRICS, type UsageMetric } from '../../core/usage.ts';
import { countedDays } from '../../store/change-usage.ts';
import { sumUsage, type UsageFilter } from '../../store/usage.ts';
import type { Context } from '../context.ts';

/** Quality is a score, not something that is used. */
const METRICS: readonly UsageMetric[] = USAGE_METRICS.filter((metric) => metric !== 'quality');

export interface UsageAround {
  /** Of the stage the change is in (of every stage, when it is in none), telling metrics first. */
  readonly own: readonly UsageChange[];
  /** Of the other stages. */
  readonly beside: readonly UsageChange[];
}

export async function readUsageAround(
  context: Context,
  request: {
    readonly filter: UsageFilter;
    readonly stage?: string;
    readonly start: Day;
    readonly end: Day;
    readonly comparison: Comparison;
    /** Costs of the scope by provider and by service: usage of others is not what was paid for. */
    readonly providers: readonly DayCell[];
    readonly services: readonly DayCell[];
  },
): Promise<UsageAround> {
  const { filter, stage, start, end, comparison } = request;
  const by = ['stage', 'provider', 'service'] as const;
  const rows = await sumUsage(context.store, { metrics: METRICS, start, end, by, filter });
  const paidFor = [among(request.providers), among(request.services)] as const;
  const own: UsageDay[] = [];
  const others: UsageDay[] = [];
  const beside: UsageDay[] = [];
  for (const { day, metric, quantityMicros, keys } of rows) {
    const isPaid = paidFor[0](keys.provider) && paidFor[1](keys.service);
    const isOwn = stage === undefined || (keys.stage ?? stageOfMetric(metric) ?? stage) === stage;
    if (isOwn && isPaid) own.push({ day, metric, quantityMicros });
    else if (isOwn) others.push({ day, metric, quantityMicros });
    else beside.push({ day, metric, quantityMicros });
  }
  const counted = new Map<UsageMetric, Set<Day>>();
  for (const { metric, day } of await countedDays(context.store, METRICS, { start, end }))
    counted.set(metric, (counted.get(metric) ?? new Set()).add(day));
  const changes = (days: readonly UsageDay[]) =>
    METRICS.filter((metric) => days.some((one) => one.metric === metric)).map((metric) =>
      usageChange(metric, days, comparison, counted.get(metric) ?? new Set()),
    );
  // Names that bills and meters do not share tell nothing apart.
  return { own: changes(own.length > 0 ? own : others), beside: changes(beside) };
}

/** Whether usage is of one of those that are paid; usage that does not say whose it is may be. */
function among(cells: readonly DayCell[]): (name: string | null | undefined) => boolean {
  const names = new Set(cells.flatMap(({ key }) => (key === null ? [] : [foldValue(key)])));
  return (name) => name === null || name === undefined || names.has(foldValue(name));
}
