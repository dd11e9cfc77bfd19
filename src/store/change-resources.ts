/** Single resources around a change: what and where they are, what people call them, from when on they are kept. */
import type { Day } from '../core/day.ts';
import { factCosts } from './daily-costs.ts';
import type { Store } from './open.ts';

/** What is known of a resource around some days. */
export interface ResourceFacts {
  readonly name: string;
  /** The name people gave it, where that is not its id. */
  readonly title: string | null;
  readonly type: string | null;
  readonly service: string;
  readonly region: string | null;
  readonly environment: string | null;
  readonly stage: string | null;
  /** As readFactParts writes a SKU's key. */
  readonly sku: string;
}

/** Where and what resources are, by id or name: as they cost most on these days. */
export async function readResourceFacts(
  store: Store,
  names: readonly string[],
  { start, end }: { readonly start: Day; readonly end: Day },
): Promise<ResourceFacts[]> {
  const { from } = factCosts({});
  return store.$queryRawUnsafe(
    `SELECT name, title, type, service, region, environment, stage, sku FROM (
       SELECT COALESCE(r."resourceId", r."resourceName") name, r."resourceName" title, r."resourceType" type, k."serviceName" service,
         k."regionId" region, a."environment" environment, a."stage" stage,
         json_array(k."serviceName", k."skuId", k."skuMeter", k."chargeDescription", NULL) sku,
         ROW_NUMBER() OVER (PARTITION BY COALESCE(r."resourceId", r."resourceName")
           ORDER BY SUM(c."effectiveMicros") DESC) place
       FROM ${from} WHERE c."day" BETWEEN ? AND ? AND k."chargeCategory" = 'Usage'
         AND COALESCE(r."resourceId", r."resourceName") IN (SELECT value FROM json_each(?))
       GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) WHERE place = 1`,
    start,
    end,
    JSON.stringify(names),
  );
}

/** First of these days on which a charge of the source still names its resource; undefined when none does. */
export async function firstNamedDay(
  store: Store,
  source: string,
  { start, end }: { readonly start: Day; readonly end: Day },
): Promise<Day | undefined> {
  const rows = await store.$queryRawUnsafe<{ day: Day }[]>(
    `SELECT "day" day FROM "CostFact" WHERE "day" BETWEEN ? AND ? AND "source" = ? AND "resourceKey" <> 0
     ORDER BY "day" LIMIT 1`,
    start,
    end,
    source,
  );
  return rows[0]?.day;
}

/** Names that people gave to resources, by id; those whose name is their id are left out. */
export async function resourceTitles(store: Store, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await store.resource.findMany({
    where: { resourceId: { in: [...ids] }, NOT: { resourceName: null } },
    select: { resourceId: true, resourceName: true },
  });
  return new Map(
    rows.flatMap(({ resourceId, resourceName }) =>
      resourceId && resourceName && resourceId !== resourceName ? [[resourceId, resourceName] as const] : [],
    ),
  );
}
