/** What the money of the large organisation bought: three metrics per model and day. */
import type { Day } from '../../../src/core/day.ts';
import type { UsageMetric } from '../../../src/core/usage.ts';
import type { Store } from '../../../src/store/open.ts';

export const USAGE_SOURCE = 'usage';

const METRICS: readonly { metric: UsageMetric; stage: string; micros: number }[] = [
  { metric: 'requests', stage: 'inference', micros: 400_000_000_000 },
  { metric: 'output_tokens', stage: 'inference', micros: 90_000_000_000_000 },
  { metric: 'gpu_hours', stage: 'training', micros: 64_000_000 },
];

export async function fillUsage(store: Store, days: readonly Day[]): Promise<void> {
  await store.$executeRawUnsafe(
    `INSERT INTO "UsageFact" ("source", "day", "metric", "team", "model", "stage", "quantityMicros")
     SELECT '${USAGE_SOURCE}', d.value, u.value->>'metric', m."team", m."model", u.value->>'stage',
       (u.value->>'micros') / (1 + m.rowid % 40) * (80 + (d.key * 7919 + m.rowid * 31) % 41) / 100
     FROM json_each(?) d
     CROSS JOIN (SELECT MIN(rowid) rowid, "team", "model" FROM "Shape" WHERE "model" IS NOT NULL GROUP BY "team", "model") m
     CROSS JOIN json_each(?) u`,
    JSON.stringify(days),
    JSON.stringify(METRICS),
  );
}
