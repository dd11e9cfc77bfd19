/** What actions save: expected when they were done, realised once bills have come. Micros of `currency`. */
import type { Day } from '../core/day.ts';
import type { StoreTransaction } from './open.ts';

export interface StoredSaving {
  readonly itemId: number;
  readonly proposalId: number;
  readonly scope: string;
  readonly team?: string;
  readonly resourceId: string;
  readonly currency: string;
  /** Per day. */
  readonly expectedMicros: bigint;
  /** What it cost a day before. */
  readonly baselineMicros: bigint;
  /** First whole day after it was done. */
  readonly startDay: Day;
  readonly endDay?: Day;
  readonly endedBecause?: string;
  /** Sum over the days from startDay to realisedThrough. */
  readonly realisedMicros?: bigint;
  readonly realisedThrough?: Day;
}

export async function addSaving(tx: StoreTransaction, saving: StoredSaving): Promise<void> {
  await tx.saving.upsert({ where: { itemId: saving.itemId }, create: saving, update: {} });
}

export async function endSaving(
  tx: StoreTransaction,
  itemId: number,
  { endDay, because }: { readonly endDay: Day; readonly because: string },
): Promise<void> {
  await tx.saving.updateMany({ where: { itemId, endDay: null }, data: { endDay, endedBecause: because } });
  // Back before a whole day had passed: no bill will show anything of it.
  await tx.saving.deleteMany({ where: { itemId, startDay: { gt: endDay } } });
}

export async function saveRealised(
  tx: StoreTransaction,
  itemId: number,
  realised: { readonly micros: bigint; readonly through: Day },
): Promise<void> {
  await tx.saving.update({
    where: { itemId },
    data: { realisedMicros: realised.micros, realisedThrough: realised.through },
  });
}

/** Newest first. */
export async function listSavings(
  store: StoreTransaction,
  {
    since,
    proposalId,
    resourceId,
  }: { readonly since?: Day; readonly proposalId?: number; readonly resourceId?: string } = {},
): Promise<StoredSaving[]> {
  const rows = await store.saving.findMany({
    where: {
      ...(since && { OR: [{ endDay: null }, { endDay: { gte: since } }] }),
      ...(proposalId && { proposalId }),
      ...(resourceId !== undefined && { resourceId }),
    },
    orderBy: { itemId: 'desc' },
  });
  return rows.map(({ team, endDay, endedBecause, realisedMicros, realisedThrough, ...row }) => ({
    ...row,
    ...(team !== null && { team }),
    ...(endDay !== null && { endDay }),
    ...(endedBecause !== null && { endedBecause }),
    ...(realisedMicros !== null && { realisedMicros }),
    ...(realisedThrough !== null && { realisedThrough }),
  }));
}
