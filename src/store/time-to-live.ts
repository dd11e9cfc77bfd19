/** Until when something may go on, one row per scope. No decisions. */
import type { StoreTransaction } from './open.ts';

export interface StoredTtl {
  readonly id: number;
  /** Scope as text. */
  readonly scope: string;
  readonly until: Date;
  /** As actorKey writes it. */
  readonly setBy: string;
  readonly setAt: Date;
  readonly reason?: string;
  /** When the owner was asked. */
  readonly askedAt?: Date;
  /** What was made of it at its end. */
  readonly proposalId?: number;
  /** Over for good: taken off, or what its end led to is done. */
  readonly endedAt?: Date;
  readonly endedBy?: string;
}

export async function readTtl(store: StoreTransaction, scope: string): Promise<StoredTtl | undefined> {
  const row = await store.timeToLive.findUnique({ where: { scope } });
  return row ? toTtl(row) : undefined;
}

/** Those that are not over, and those that ended after `endedSince`; what ends first first. */
export async function listTtls(
  store: StoreTransaction,
  { endedSince }: { readonly endedSince?: Date } = {},
): Promise<StoredTtl[]> {
  const rows = await store.timeToLive.findMany({
    where: endedSince ? { OR: [{ endedAt: null }, { endedAt: { gte: endedSince } }] } : { endedAt: null },
    orderBy: [{ until: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toTtl);
}

/** Sets it anew, whatever was before. Resolves to what is kept. */
export async function saveTtl(
  tx: StoreTransaction,
  { scope, reason, ...terms }: Pick<StoredTtl, 'scope' | 'until' | 'setBy' | 'setAt' | 'reason'>,
): Promise<StoredTtl> {
  const data = {
    ...terms,
    reason: reason ?? null,
    askedAt: null,
    proposalId: null,
    endedAt: null,
    endedBy: null,
  };
  return toTtl(await tx.timeToLive.upsert({ where: { scope }, create: { scope, ...data }, update: data }));
}

/** Writes on, unless it is over or was set anew since: false then. */
export async function moveTtl(
  tx: StoreTransaction,
  { id, until }: Pick<StoredTtl, 'id' | 'until'>,
  change: Partial<Pick<StoredTtl, 'askedAt' | 'proposalId' | 'endedAt' | 'endedBy'>>,
): Promise<boolean> {
  const { count } = await tx.timeToLive.updateMany({ where: { id, until, endedAt: null }, data: change });
  return count === 1;
}

function toTtl(row: {
  id: number;
  scope: string;
  until: Date;
  setBy: string;
  setAt: Date;
  reason: string | null;
  askedAt: Date | null;
  proposalId: number | null;
  endedAt: Date | null;
  endedBy: string | null;
}): StoredTtl {
  const { id, scope, until, setBy, setAt, reason, askedAt, proposalId, endedAt, endedBy } = row;
  return {
    id,
    scope,
    until,
    setBy,
    setAt,
    ...(reason !== null && { reason }),
    ...(askedAt && { askedAt }),
    ...(proposalId !== null && { proposalId }),
    ...(endedAt && { endedAt }),
    ...(endedBy !== null && { endedBy }),
  };
}
