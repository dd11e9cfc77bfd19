/** Puts cost beside the usage it bought, model by model and day by day. */
import type { Day } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import type { Period } from '../../core/period.ts';
import { type CostIndex, type DailyCosts, sumDays } from './cost-index.ts';
import type { UnitMetricDefinition, UsagePart } from './types.ts';

export interface Paired {
  /** 10^-18, of the days that have usage and a known cost. */
  readonly cost: bigint;
  /** Micro-units on the same days; of what is averaged, the sum of the days' averages. */
  readonly quantity: bigint;
  /** Days with both, and days with cost or usage. */
  readonly known: ReadonlySet<Day>;
  readonly all: ReadonlySet<Day>;
  /** How many models were paired. */
  readonly models: number;
}

/** A model, or everything where usage does not name its model; with the cost that buys the metric. */
export interface Bucket {
  readonly model: string | null;
  /** Undefined: all cost counts. */
  readonly stages: ReadonlySet<string> | undefined;
  readonly costs: DailyCosts;
  readonly usage: ReadonlyMap<Day, readonly UsagePart[]>;
}

/**
 * Buckets of the usage given, each with the cost to divide: that of the stages its usage is of, or all cost where
 * the bucket has none of these stages. One bucket holds everything when any usage does not name its model.
 */
export function bucketsOf(
  metric: UnitMetricDefinition,
  costs: CostIndex,
  usage: readonly UsagePart[],
): Bucket[] {
  const perModel = usage.every(({ model }) => model !== null);
  const grouped = groupBy(usage, ({ model }) => (perModel ? model : null));
  return [...grouped].map(([model, rows]) => {
    const own = costs.stagesOf(model);
    const wanted = new Set(rows.flatMap(({ stage }) => stage ?? metric.stage ?? []));
    const known = [...wanted].flatMap((stage) => own.get(stage) ?? []);
    return {
      model,
      stages: known.length > 0 ? wanted : undefined,
      costs: sumDays(known.length > 0 ? known : [...own.values()]),
      usage: groupBy(rows, ({ day }) => day),
    };
  });
}

/** Pairs the buckets' days in a period. A day without usage stays out, and so does its cost. */
export function pair(metric: UnitMetricDefinition, buckets: readonly Bucket[], period: Period): Paired {
  const within = (day: Day) => day >= period.start && day <= period.end;
  let cost = 0n;
  let quantity = 0n;
  let models = 0;
  const known = new Set<Day>();
  const all = new Set<Day>();
  for (const bucket of buckets) {
    for (const [day, attos] of bucket.costs) if (within(day) && attos !== 0n) all.add(day);
    let paired = false;
    for (const [day, rows] of bucket.usage) {
      if (!within(day)) continue;
      all.add(day);
      const attos = bucket.costs.has(day) ? bucket.costs.get(day) : 0n;
      if (attos === null || attos === undefined) continue;
      known.add(day);
      paired = true;
      cost += attos;
      quantity += quantityOf(metric, rows);
    }
    if (paired) models++;
  }
  return { cost, quantity, known, all, models };
}

function quantityOf({ combine }: UnitMetricDefinition, rows: readonly UsagePart[]): bigint {
  const sum = rows.reduce((total, row) => total + row.quantityMicros, 0n);
  if (combine === 'sum') return sum;
  return divideRounded(sum, BigInt(rows.reduce((count, row) => count + row.rows, 0)));
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
