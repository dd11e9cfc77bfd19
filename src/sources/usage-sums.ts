/** Adds metered usage up, so that each day, model, tier and set of tags has one quantity per meter. */
import type { Day } from '../core/day.ts';
import { type MeteredUsage, USAGE_METERS, type UsageMeter } from './types.ts';

export interface UsageRow extends Pick<MeteredUsage, 'day' | 'model' | 'tier' | 'tags'> {
  readonly meters: { readonly [M in UsageMeter]?: bigint };
}

export interface UsageSums {
  add(row: UsageRow): void;
  /** Without quantities of 0. */
  list(): readonly MeteredUsage[];
}

/** Starts at nothing for one provider and service. */
export function createUsageSums(facts: { readonly provider: string; readonly service: string }): UsageSums {
  const sums = new Map<string, MeteredUsage>();
  return {
    add({ day, model, tier, tags, meters }) {
      for (const meter of USAGE_METERS) {
        const quantity = meters[meter] ?? 0n;
        if (quantity === 0n) continue;
        const key = JSON.stringify([day, model, tier, meter, Object.entries(tags).sort()]);
        const before = sums.get(key)?.quantity ?? 0n;
        sums.set(key, { day, ...facts, model, meter, tier, tags, quantity: before + quantity });
      }
    },
    list: () => [...sums.values()],
  };
}

/** Days with usage that costs money per request; what is paid in advance is left out. */
export function daysOf(usage: readonly MeteredUsage[]): ReadonlySet<Day> {
  return new Set(usage.filter(({ tier }) => !tier.startsWith('priority')).map(({ day }) => day));
}
