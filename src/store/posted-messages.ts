/** Messages of one matter wherever they were posted, by how their keys begin. */
import type { StoreTransaction } from './open.ts';

export interface PostedPlace {
  readonly key: string;
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
}

/** Oldest first; edits of them have keys of their own, and are none. */
export async function postedPlaces(tx: StoreTransaction, keyStart: string): Promise<PostedPlace[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { key: { startsWith: keyStart } },
    select: { key: true, platform: true, workspace: true, channel: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ key, platform, workspace, channel }) => ({
    key,
    platform,
    ...(workspace !== null && { workspace }),
    channel,
  }));
}
