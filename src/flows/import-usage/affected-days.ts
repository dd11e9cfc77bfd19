/** Which days' shared costs depend on usage that was just imported. */
import { splitMetrics } from '../../analysis/allocate/needs.ts';
import type { Day } from '../../core/day.ts';
import type { Settings } from '../../core/settings.ts';
import type { UsageMetric } from '../../core/usage.ts';

/** Days of the metrics that a split goes by, each once, oldest first. */
export function affectedUsageDays(
  settings: Settings,
  pairs: readonly { readonly metric: UsageMetric; readonly day: Day }[],
): Day[] {
  const metrics = splitMetrics(settings);
  const days = pairs.filter(({ metric }) => metrics.includes(metric)).map(({ day }) => day);
  return [...new Set(days)].sort();
}
