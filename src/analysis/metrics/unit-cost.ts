/** Unit costs: cost ÷ what it bought, like by like, and the reason in words when that is unknown. */
import { divideRounded } from '../../core/money.ts';
import type { UnitCost, UsageMetric } from '../../core/usage.ts';
import { type CostIndex, indexCosts } from './cost-index.ts';
import { type Bucket, bucketsOf, type Paired, pair } from './pair.ts';
import { stageOfMetric, UNIT_METRICS } from './registry.ts';
import type { UnitInput, UnitMetricDefinition, UsagePart } from './types.ts';

/** Why a unit cost is unknown. */
export const NO_USAGE = 'no usage data';

/** A unit cost, and the cost (10^-18) that was divided: what matters most has most. */
export interface ComputedUnit {
  readonly unitCost: UnitCost;
  readonly divided: bigint;
}

/**
 * Every unit cost that the usage allows, in the order of the registry. Of each model only days count that have both
 * usage and a known cost. Usage that is of a stage is set against that stage's cost (requests and tokens: inference;
 * GPU-hours, training hours, epochs: training), or against all cost of a model whose stages are not known.
 *
 * Example: $30 of inference on three days and 1,000 requests on two of them ($20): $20 per 1k requests on 2 of 3 days.
 */
export function unitCosts(input: UnitInput): ComputedUnit[] {
  const kinds = new Map<UsageMetric, UsagePart[]>();
  for (const row of input.usage) {
    const rows = kinds.get(row.metric);
    if (rows) rows.push(row);
    else kinds.set(row.metric, [row]);
  }
  const costs = indexCosts(input.costs, input.period);
  return UNIT_METRICS.flatMap((metric) => {
    const counted = metric.counts.flatMap((kind) => (kinds.has(kind) ? [kinds.get(kind) ?? []] : []));
    if (counted.length === 0 || (metric.id === 'tokens' && counted.length < 2)) return [];
    return [unitCostOf(metric, costs, { ...input, usage: counted.flat() })];
  });
}

/** The unit cost to show where there is room for one: that of the largest cost, known before unknown. Quality is no such measure. */
export function mainUnit(input: UnitInput): UnitCost | undefined {
  const computed = unitCosts(input).filter(({ unitCost }) => unitCost.metric !== 'quality');
  const known = computed.filter(({ unitCost }) => unitCost.attos !== null);
  const [first, ...others] = known;
  if (first)
    return others.reduce((best, next) => (next.divided > best.divided ? next : best), first).unitCost;
  return missingUnits(input)[0] ?? computed[0]?.unitCost;
}

/** What has inference or training cost and no usage of it: unknown, and said so. */
export function missingUnits({ costs, usage, period }: UnitInput): UnitCost[] {
  const paid = costs.filter(
    ({ day, attos }) => day >= period.start && day <= period.end && (attos ?? 1n) > 0n,
  );
  const counted = new Set(usage.map((row) => stageOf(row)));
  const unstaged = paid.length > 0 && paid.every(({ stage }) => stage === null);
  if (unstaged && counted.size === 0) return [unknownUnit(BY_STAGE.inference)];
  const stages = (['inference', 'training'] as const).filter((stage) =>
    paid.some((part) => part.stage === stage),
  );
  return stages.filter((stage) => !counted.has(stage)).map((stage) => unknownUnit(BY_STAGE[stage], stage));
}

/** The stage a usage row is of: its own word, else its metric's. */
export function stageOf(row: UsagePart): string | undefined {
  return row.stage ?? stageOfMetric(row.metric);
}

const BY_STAGE = { inference: 'requests', training: 'gpu_hours' } as const;

function unknownUnit(id: 'requests' | 'gpu_hours', stage?: string): UnitCost {
  const per = UNIT_METRICS.find((metric) => metric.id === id)?.per ?? id;
  const nothing = {
    attos: null,
    previousAttos: null,
    changeRatio: null,
    quantity: null,
    previousQuantity: null,
  };
  return { metric: id, per, ...nothing, ...(stage && { stage }), unknown: NO_USAGE };
}

function unitCostOf(metric: UnitMetricDefinition, costs: CostIndex, input: UnitInput): ComputedUnit {
  const buckets = bucketsOf(metric, costs, input.usage);
  const now = pair(metric, buckets, input.period);
  const before = pair(metric, buckets, input.previous);
  const attos = divide(metric, now);
  const previousAttos = divide(metric, before);
  const stage = stagesOf(buckets);
  const models = modelsOf(metric, buckets, now, costs);
  return {
    divided: now.cost,
    unitCost: {
      metric: metric.id,
      per: metric.per,
      attos,
      previousAttos,
      changeRatio: changeRatio(attos, previousAttos),
      quantity: quantityOf(metric, now),
      previousQuantity: quantityOf(metric, before),
      ...(stage && { stage }),
      ...(now.known.size > 0 &&
        now.known.size < now.all.size && { days: { known: now.known.size, of: now.all.size } }),
      ...(models && models.known < models.of && { models }),
      ...(attos === null && { unknown: reason(now, input) }),
    },
  };
}

function divide({ perMicros }: UnitMetricDefinition, { cost, quantity, known }: Paired): bigint | null {
  return known.size === 0 || quantity === 0n ? null : divideRounded(cost * perMicros, quantity);
}

function quantityOf({ combine }: UnitMetricDefinition, { quantity, known }: Paired): bigint | null {
  if (known.size === 0) return null;
  return combine === 'sum' ? quantity : divideRounded(quantity, BigInt(known.size));
}

function changeRatio(now: bigint | null, before: bigint | null): number | null {
  return now === null || before === null || before <= 0n ? null : Number(now - before) / Number(before);
}

function stagesOf(buckets: readonly Bucket[]): string | undefined {
  if (buckets.some(({ stages }) => stages === undefined)) return undefined;
  return [...new Set(buckets.flatMap(({ stages }) => [...(stages ?? [])]))].sort().join(' and ');
}

/** Of how many models with such cost the usage is known; undefined where usage names no models. */
function modelsOf(
  { stage }: UnitMetricDefinition,
  buckets: readonly Bucket[],
  { models: known }: Paired,
  costs: CostIndex,
): UnitCost['models'] {
  if (known === 0 || buckets.some(({ model }) => model === null)) return undefined;
  return { known, of: new Set([...buckets.map(({ model }) => model), ...costs.paying(stage)]).size };
}

function reason(now: Paired, { usage, period }: UnitInput): string {
  if (!usage.some(({ day }) => day >= period.start && day <= period.end)) return NO_USAGE;
  return now.known.size === 0 ? 'the cost of the days with usage is not known' : 'nothing was used';
}
