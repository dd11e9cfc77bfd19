/** Reads about single resources. */
import type { Day } from '../core/day.ts';
import type { Store } from './open.ts';

/** First day per source on which a fact still names its resource. */
export async function firstResourceDays(store: Store): Promise<Map<string, Day>> {
  const rows = await store.$queryRawUnsafe<{ source: string; day: Day }[]>(
    'SELECT "source" source, MIN("day") day FROM "CostFact" WHERE "resourceKey" <> 0 GROUP BY "source"',
  );
  return new Map(rows.map(({ source, day }) => [source, day]));
}

const OFFERED = 5;

/** Ids of resources whose id or name contains the text. */
export async function similarResources(store: Store, text: string): Promise<string[]> {
  const rows = await store.resource.findMany({
    where: { OR: [{ resourceId: { contains: text } }, { resourceName: { contains: text } }] },
    take: OFFERED,
    orderBy: { resourceId: 'asc' },
  });
  return rows.flatMap((row) => row.resourceId ?? row.resourceName ?? []);
}
