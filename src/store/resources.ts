/** Reads about single resources. */
import type { Store } from './open.ts';

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
