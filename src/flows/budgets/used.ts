/** Usage that a budget counts: tokens, requests or GPU-hours of a scope, or of one API key. */

import type { BudgetMetric } from '../../core/budget.ts';
import { addDays, type Day, daysBetween, earlier } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import type { UsageMetric } from '../../core/usage.ts';
import type { UsageMeter } from '../../sources/types.ts';
import { keySources, sumKeyUsage, type UsageSource, usageSourcesInScope } from '../../store/budget-usage.ts';
import { sumUsage } from '../../store/usage.ts';
import { isSilent } from '../answer/stale.ts';
import type { Context } from '../context.ts';
import { type Counted, SILENT_DAYS, silentWords } from './completeness.ts';
import { filterOf } from './filter.ts';

const MICROS = 1_000_000n;

/** Metrics of UsageFact that make up one of a budget: all input is what was read anew plus what was cached. */
const METRICS: Readonly<Record<BudgetMetric, readonly UsageMetric[]>> = {
  tokens: ['input_tokens', 'output_tokens', 'cached_tokens'],
  input_tokens: ['input_tokens'],
  output_tokens: ['output_tokens'],
  cached_tokens: ['cached_tokens'],
  requests: ['requests'],
  gpu_hours: ['gpu_hours'],
};

const INPUT: readonly UsageMeter[] = ['uncached_input_tokens', 'cache_write_tokens', 'cache_write_1h_tokens'];
/** The same among what vendors meter per key. */
const METERS: Readonly<Record<BudgetMetric, readonly UsageMeter[]>> = {
  tokens: [...INPUT, 'cached_input_tokens', 'output_tokens'],
  input_tokens: INPUT,
  output_tokens: ['output_tokens'],
  cached_tokens: ['cached_input_tokens'],
  requests: ['requests'],
  gpu_hours: [],
};

/** Micro-units per day from `start` to today, and how far they are complete. */
export async function readUsed(
  context: Context,
  scope: Scope,
  metric: BudgetMetric,
  { start, today }: { start: Day; today: Day },
): Promise<Counted> {
  const { store } = context;
  const since = addDays(today, -SILENT_DAYS);
  const byDay = new Map<Day, bigint>();
  let sources: UsageSource[];
  if (scope.kind === 'key') {
    sources = await keySources(store, scope.name, since);
    const query = { key: scope.name, meters: METERS[metric], start, end: today };
    for (const { day, quantity } of await sumKeyUsage(store, query)) byDay.set(day, quantity * MICROS);
  } else {
    const [filter, metrics] = [filterOf(scope), METRICS[metric]];
    sources = await usageSourcesInScope(store, { metrics, filter, since });
    for (const { day, quantityMicros } of await sumUsage(store, {
      metrics,
      start,
      end: today,
      by: [],
      filter,
    }))
      byDay.set(day, (byDay.get(day) ?? 0n) + quantityMicros);
  }
  return {
    usage: [...byDay].map(([day, micros]) => ({ day, micros })),
    fees: [],
    others: [],
    ...reachOf(context, sources, today),
  };
}

/** As for money: complete as far as every source that still delivers is. */
function reachOf(
  { now, settings }: Context,
  sources: readonly UsageSource[],
  today: Day,
): Pick<Counted, 'until' | 'silent'> {
  const at = { today, now: now(), settings };
  const silent = sources.filter((source) => isSilent(source, at));
  const fresh = sources
    .filter((source) => !silent.includes(source))
    .flatMap(({ watermark }) => watermark ?? []);
  if (fresh.length === 0) return {};
  const until = [...fresh, addDays(today, -1)].reduce(earlier);
  const [first] = silent.filter(({ watermark }) => daysBetween(watermark ?? until, until) <= SILENT_DAYS);
  return {
    until,
    ...(first && {
      silent: silentWords({ name: first.name, ...(first.watermark && { since: first.watermark }) }, today),
    }),
  };
}
