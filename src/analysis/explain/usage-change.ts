/** Usage beside cost: what was used per day, during against usually. */
import type { UsageChange } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';
import type { UsageMetric } from '../../core/usage.ts';
import type { Comparison } from './types.ts';

export interface UsageDay {
  readonly day: Day;
  readonly metric: UsageMetric;
  readonly quantityMicros: bigint;
}

/** Training comes and goes: on a day on which others' hours were counted, none counted here means none. */
const COMES_AND_GOES: ReadonlySet<UsageMetric> = new Set(['gpu_hours', 'training_hours', 'epochs']);

/** At least this share of the days of a side must be known. */
const ENOUGH = 0.5;

/**
 * Means per day of one metric over the days of the change and over the usual ones with their weights. A day without
 * usage is unknown and left out, except for metrics of training on days in `counted` (days on which the metric is known of
 * anything at all): there it is none. A side of which less than half is known is unknown (null).
 */
export function usageChange(
  metric: UsageMetric,
  rows: readonly UsageDay[],
  comparison: Comparison,
  counted: ReadonlySet<Day>,
): UsageChange {
  const byDay = new Map<Day, bigint>();
  for (const row of rows)
    if (row.metric === metric) byDay.set(row.day, (byDay.get(row.day) ?? 0n) + row.quantityMicros);
  const none = COMES_AND_GOES.has(metric);
  const quantity = (day: Day) => byDay.get(day) ?? (none && counted.has(day) ? 0n : undefined);
  const during = mean(comparison.during.map((day) => [quantity(day), 1] as const));
  const before = mean([...comparison.usual].map(([day, weight]) => [quantity(day), Number(weight)] as const));
  return {
    metric,
    before,
    during,
    ratio: before !== null && during !== null && before > 0 ? during / before - 1 : null,
  };
}

/** In units of the metric. */
function mean(days: readonly (readonly [quantity: bigint | undefined, weight: number])[]): number | null {
  let sum = 0;
  let known = 0;
  let all = 0;
  for (const [quantity, weight] of days) {
    all += weight;
    if (quantity === undefined) continue;
    known += weight;
    sum += (Number(quantity) / 1e6) * weight;
  }
  return known > 0 && known >= all * ENOUGH ? sum / known : null;
}

/**
 * How much of a cost's change a change of usage accounts for: ln(1 + usage) ÷ ln(1 + cost), because cost = usage × cost of
 * one unit and logarithms of factors add up. 1: all of it; 0: usage is as before; null: one of them is unknown.
 */
export function usageShare(usage: number | null, cost: number | null): number | null {
  if (usage === null || cost === null || usage <= -1 || cost <= -1 || Math.abs(cost) < 1e-9) return null;
  return Math.log1p(usage) / Math.log1p(cost);
}
