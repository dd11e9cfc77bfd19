/**
 * The chain of audit entries: each hash is SHA-256 over the hash before it and the entry, and the head (the last id, its
 * hash, how many there are) is kept apart. So an entry that is changed, put in or taken out shows, and a tail that is cut
 * off, too. Whoever can write the database can also compute a whole new chain: a hash kept elsewhere shows that.
 */
import { createHash } from 'node:crypto';
import { readMeta, writeMeta } from './meta.ts';
import type { StoreTransaction } from './open.ts';

const HEAD = 'audit.head';
/** What the first entry follows. */
const GENESIS = '';
const PAGE = 1_000;

export interface ChainHead {
  readonly id: number;
  readonly hash: string;
  readonly count: number;
}

export interface ChainedRow {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** An entry as it is stored; hash is null for one of before the chain. */
export type StoredEntry = ChainedRow & { readonly hash: string | null };

/** Hex. The entry is a JSON list of its columns in a fixed order, its time in milliseconds UTC. */
export function hashEntry(
  previous: string,
  { id, at, actor, action, subject, before, after }: ChainedRow,
): string {
  const canonical = JSON.stringify([id, at.toISOString(), actor, action, subject, before, after]);
  return createHash('sha256').update(`${previous}\n${canonical}`).digest('hex');
}

/** Undefined before the first entry of the chain. */
export async function readHead(store: StoreTransaction): Promise<ChainHead | undefined> {
  const text = await readMeta(store, HEAD);
  return text === undefined ? undefined : JSON.parse(text);
}

export async function writeHead(tx: StoreTransaction, head: ChainHead): Promise<void> {
  await writeMeta(tx, HEAD, JSON.stringify(head));
}

/**
 * The head to go on from. Entries of before the chain are chained first, once, and an entry says how many they were: a
 * chain that is begun anew shows as one that begins late.
 */
export async function sealOldEntries(tx: StoreTransaction, at: Date): Promise<ChainHead> {
  const known = await readHead(tx);
  if (known) return known;
  let head: ChainHead = { id: 0, hash: GENESIS, count: 0 };
  for (;;) {
    const rows = await readEntries(tx, head.id);
    if (rows.length === 0) break;
    for (const row of rows) {
      const hash = hashEntry(head.hash, row);
      await tx.auditEntry.updateMany({ where: { id: row.id, hash: null }, data: { hash } });
      head = { id: row.id, hash, count: head.count + 1 };
    }
  }
  if (head.count === 0) return head;
  const row = {
    id: head.id + 1,
    at,
    actor: 'system:audit',
    action: 'audit.seal',
    subject: 'audit',
    before: null,
    after: JSON.stringify({ entries: head.count }),
  };
  const hash = hashEntry(head.hash, row);
  await tx.auditEntry.create({ data: { ...row, hash } });
  return { id: row.id, hash, count: head.count + 1 };
}

/** One page of entries after an id, oldest first. */
export async function readEntries(
  store: StoreTransaction,
  afterId: number,
  options: { readonly since?: Date; readonly page?: number } = {},
): Promise<StoredEntry[]> {
  return store.auditEntry.findMany({
    where: { id: { gt: afterId }, ...(options.since && { at: { gte: options.since } }) },
    orderBy: { id: 'asc' },
    take: options.page ?? PAGE,
  });
}
