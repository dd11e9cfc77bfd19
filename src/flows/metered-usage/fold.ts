/** Metered usage → the usage that unit costs are computed from, allocated as the charges are. */
import type { Allocate } from '../../analysis/allocate/allocate.ts';
import { createAllocate } from '../../analysis/allocate/allocate.ts';
import type { Day } from '../../core/day.ts';
import { eachDay } from '../../core/day.ts';
import type { Settings } from '../../core/settings.ts';
import type { UsageMetric, UsageRow } from '../../core/usage.ts';
import type { UsageMeter } from '../../sources/types.ts';
import type { DaySpan, MeteredRow } from '../../store/metered-usage.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { addUsage, deleteUsage } from '../../store/usage.ts';
import { shapeOf } from './shape.ts';

/** Input tokens are those that were read anew; the cached ones are counted apart, so that both add up to all input. */
const METRIC: Readonly<Record<UsageMeter, UsageMetric>> = {
  requests: 'requests',
  uncached_input_tokens: 'input_tokens',
  cache_write_tokens: 'input_tokens',
  cache_write_1h_tokens: 'input_tokens',
  cached_input_tokens: 'cached_tokens',
  output_tokens: 'output_tokens',
};
const METRICS: readonly UsageMetric[] = [...new Set(Object.values(METRIC))];
const MICROS = 1_000_000n;

/** Puts a source's usage of these days in place of what it had, and returns the (metric, day) pairs it now has. */
export async function foldMeteredUsage(
  tx: StoreTransaction,
  settings: Settings,
  { source, days, usage }: { source: string; days: DaySpan; usage: readonly MeteredRow[] },
): Promise<{ metric: UsageMetric; day: Day }[]> {
  const pairs = eachDay(days.start, days.end).flatMap((day) => METRICS.map((metric) => ({ metric, day })));
  await deleteUsage(tx, source, pairs);
  const rows = toUsageRows(usage, createAllocate(settings));
  await addUsage(tx, source, rows);
  return rows;
}

/** Sums per day, metric and dimensions; quantities of unknown meters are not usage anybody divides by. */
export function toUsageRows(usage: readonly MeteredRow[], allocate: Allocate): UsageRow[] {
  const sums = new Map<string, UsageRow>();
  const decided = new Map<string, UsageRow['dimensions']>();
  for (const row of usage) {
    const metric = (METRIC as Readonly<Record<string, UsageMetric>>)[row.meter];
    if (!metric || row.quantity === 0n) continue;
    const { provider, service, model } = row;
    const name = JSON.stringify([provider, service, model, row.tags]);
    const dimensions = decided.get(name) ?? { ...allocate(shapeOf(row)).allocation, provider, service };
    decided.set(name, dimensions);
    const key = JSON.stringify([row.day, metric, dimensions]);
    const quantityMicros = (sums.get(key)?.quantityMicros ?? 0n) + row.quantity * MICROS;
    sums.set(key, { day: row.day, metric, dimensions, quantityMicros });
  }
  return [...sums.values()];
}
