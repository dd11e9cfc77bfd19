/** Single resources of proposals: how far each is. */
import type { ItemState } from '../../core/action.ts';
import type { StoreTransaction } from '../open.ts';
import { toItem } from '../proposals.ts';
import type { StoredItem } from './types.ts';

export type ItemChange = Partial<Pick<StoredItem, 'said' | 'startedAt' | 'finishedAt' | 'savingMicros'>> & {
  readonly before?: Readonly<Record<string, unknown>>;
  /** Counts one more attempt. */
  readonly attempt?: boolean;
};

/** Moves an item on; false when it is in none of the states `from`. */
export async function moveItem(
  tx: StoreTransaction,
  id: number,
  from: readonly ItemState[],
  to: ItemState,
  { before, attempt, ...change }: ItemChange = {},
): Promise<boolean> {
  const { count } = await tx.proposalItem.updateMany({
    where: { id, state: { in: [...from] } },
    data: {
      ...change,
      state: to,
      ...(before && { before: JSON.stringify(before) }),
      ...(attempt && { attempts: { increment: 1 } }),
    },
  });
  return count === 1;
}

/** How many resources were acted on since `since`, undoing and dry runs left out. */
export async function countActed(store: StoreTransaction, since: Date, action?: string): Promise<number> {
  return store.proposalItem.count({
    where: {
      startedAt: { gte: since },
      proposal: { undoOf: null },
      ...(action !== undefined && { action }),
    },
  });
}

/** How many resources of a proposal a call may have been made for. */
export async function countBegun(store: StoreTransaction, proposalId: number): Promise<number> {
  return store.proposalItem.count({ where: { proposalId, attempts: { gt: 0 } } });
}

/** The same resource in another proposal that is not over. */
export async function busyElsewhere(
  store: StoreTransaction,
  resourceId: string,
  { proposalId }: { readonly proposalId: number },
): Promise<{ readonly proposalId: number } | undefined> {
  const row = await store.proposalItem.findFirst({
    where: {
      resourceId,
      proposalId: { not: proposalId },
      state: { in: ['planned', 'started', 'unclear'] satisfies ItemState[] },
      proposal: { status: { in: ['waiting', 'approved', 'running'] } },
    },
    select: { proposalId: true },
  });
  return row ?? undefined;
}

/** Items whose outcome is not known, of proposals finished after `since`. */
export async function unclearItems(
  store: StoreTransaction,
  since: Date,
): Promise<{ readonly proposalId: number; readonly item: StoredItem }[]> {
  const rows = await store.proposalItem.findMany({
    where: {
      state: 'unclear',
      startedAt: { gte: since },
      proposal: { status: { in: ['done', 'partly', 'failed'] } },
    },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => ({ proposalId: row.proposalId, item: toItem(row) }));
}
