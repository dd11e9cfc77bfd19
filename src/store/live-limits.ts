/** Time limits that are still running, the next one to end first. */
import type { StoreTransaction } from './open.ts';

export interface LiveLimit {
  readonly scope: string;
  readonly until: Date;
  /** As `actorKey` writes it. */
  readonly setBy: string;
}

export async function listLiveLimits(store: StoreTransaction): Promise<LiveLimit[]> {
  return store.timeToLive.findMany({
    where: { endedAt: null },
    select: { scope: true, until: true, setBy: true },
    orderBy: [{ until: 'asc' }, { id: 'asc' }],
  });
}
