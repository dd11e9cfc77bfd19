/** The unit cost of a scope day by day: what cost SLOs are held against. */
import { createConvert } from '../../analysis/convert.ts';
import { indexCosts } from '../../analysis/metrics/cost-index.ts';
import { bucketsOf, pair } from '../../analysis/metrics/pair.ts';
import { UNIT_METRICS } from '../../analysis/metrics/registry.ts';
import { stageOf } from '../../analysis/metrics/unit-cost.ts';
import { type Day, eachDay } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import type { Period } from '../../core/period.ts';
import type { UnitMetric } from '../../core/usage.ts';
import { readCostParts } from '../../store/cost-parts.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { sumUsage, type UsageFilter } from '../../store/usage.ts';
import type { Context } from '../context.ts';

export interface DailyUnit {
  readonly day: Day;
  /** 10^-18 of the currency for one unit as people speak of it; null where cost or usage is unknown, or nothing was used. */
  readonly attos: bigint | null;
}

/** EffectiveCost ÷ usage for each day of a period whose days are complete. Throws RangeError for a metric that has no unit. */
export async function dailyUnits(
  { store, settings }: Pick<Context, 'store' | 'settings'>,
  query: {
    readonly filter: CostFilter;
    readonly per: UnitMetric;
    readonly currency: string;
    readonly period: Period;
  },
): Promise<{ readonly per: string; readonly days: readonly DailyUnit[] }> {
  const { filter, currency, period } = query;
  const metric = UNIT_METRICS.find(({ id }) => id === query.per);
  if (!metric) throw new RangeError(`There is no unit cost per ${query.per}.`);
  const { stage, region: _, account: __, category: ___, ...others } = filter;
  const convert = createConvert(settings.fx);
  const used = await sumUsage(store, {
    ...period,
    metrics: metric.counts,
    by: ['model', 'stage'],
    filter: others satisfies UsageFilter,
    completeOnly: true,
  });
  const usage = used
    .map(({ keys, ...sum }) => ({ ...sum, model: keys.model ?? null, stage: keys.stage ?? null }))
    .filter((row) => typeof stage !== 'string' || stageOf(row) === stage);
  const parts = await readCostParts(store, { ...period, filter, basis: 'effective' });
  const costs = parts.map(({ currency: from, attos, ...part }) => ({
    ...part,
    attos: attos === null ? null : (convert(attos, from, currency, part.day) ?? null),
  }));
  const buckets = bucketsOf(metric, indexCosts(costs, period), usage);
  const days = eachDay(period.start, period.end).map((day): DailyUnit => {
    const { cost, quantity, known } = pair(metric, buckets, { start: day, end: day });
    const isKnown = known.size > 0 && quantity > 0n;
    return { day, attos: isKnown ? divideRounded(cost * metric.perMicros, quantity) : null };
  });
  return { per: metric.per, days };
}
