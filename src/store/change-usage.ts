/** Usage around a change, as explanations need it: which days were counted, and tokens per language model. */
import type { Day } from '../core/day.ts';
import type { UsageMetric } from '../core/usage.ts';
import type { Store } from './open.ts';

/** Days on which a metric is known of anything at all. */
export async function countedDays(
  store: Store,
  metrics: readonly UsageMetric[],
  { start, end }: { readonly start: Day; readonly end: Day },
): Promise<{ readonly metric: UsageMetric; readonly day: Day }[]> {
  return store.$queryRawUnsafe(
    `SELECT DISTINCT "metric" metric, "day" day FROM "UsageFact"
     WHERE "metric" IN (SELECT value FROM json_each(?)) AND "day" BETWEEN ? AND ?`,
    JSON.stringify(metrics),
    start,
    end,
  );
}

/** One day's quantity of one meter, summed over sources and tiers. */
export interface MeteredSum {
  readonly day: Day;
  readonly provider: string;
  readonly service: string;
  readonly model: string;
  readonly meter: string;
  /** JSON. */
  readonly tags: string;
  /** Whole units, as text. */
  readonly quantity: string;
}

/** Metered usage of the days from start to end, both included. */
export async function sumMetered(
  store: Store,
  { start, end }: { readonly start: Day; readonly end: Day },
): Promise<MeteredSum[]> {
  return store.$queryRawUnsafe(
    `SELECT "day" day, "provider" provider, "service" service, "model" model, "meter" meter, "tags" tags,
       CAST(SUM("quantity") AS TEXT) quantity
     FROM "MeteredUsage" WHERE "day" BETWEEN ? AND ? GROUP BY 1, 2, 3, 4, 5, 6`,
    start,
    end,
  );
}
