/** The append-only record of who did what, each entry chained to the one before. Nothing here changes or removes one. */
import { redact } from '../core/secret.ts';
import { type ChainHead, hashEntry, sealOldEntries, writeHead } from './audit-chain.ts';
import type { StoreTransaction } from './open.ts';

export interface AuditEntry {
  readonly at: Date;
  /** As `actorKey` writes it, e.g. "slack:U123". */
  readonly actor: string;
  /** What was done, e.g. "team.update"; "refused.…" for what was not. */
  readonly action: string;
  /** To what, e.g. "team:search". */
  readonly subject: string;
  /** JSON of the state before and after; absent where there was or is none. */
  readonly before?: string;
  readonly after?: string;
}

/** Appends one entry, in the transaction of what it records, which holds the write lock. */
export async function appendAudit(tx: StoreTransaction, entry: AuditEntry): Promise<void> {
  await appendAudits(tx, [entry]);
}

/** Appends many entries in order, in a transaction that holds the write lock. What looks like a secret is left out. */
export async function appendAudits(tx: StoreTransaction, entries: readonly AuditEntry[]): Promise<void> {
  const [first] = entries;
  if (!first) return;
  let head = await sealOldEntries(tx, first.at);
  let id = await nextId(tx, head);
  const rows = entries.map((entry) => {
    const row = { id, ...toRow(entry) };
    const hash = hashEntry(head.hash, row);
    head = { id, hash, count: head.count + 1 };
    id += 1;
    return { ...row, hash };
  });
  await tx.auditEntry.createMany({ data: rows });
  await writeHead(tx, head);
}

/** Behind whatever somebody put in by hand: that must show, not stop the work. */
async function nextId(tx: StoreTransaction, head: ChainHead): Promise<number> {
  const last = await tx.auditEntry.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
  return Math.max(head.id, last?.id ?? 0) + 1;
}

/** Entries about one subject, some or all, oldest first. */
export async function listAudit(
  store: StoreTransaction,
  subject?: string | readonly string[],
): Promise<AuditEntry[]> {
  const subjects = typeof subject === 'string' ? [subject] : subject;
  const rows = await store.auditEntry.findMany({
    ...(subjects && { where: { subject: { in: [...subjects] } } }),
    orderBy: { id: 'asc' },
  });
  return rows.map(({ at, actor, action, subject, before, after }) => ({
    at,
    actor,
    action,
    subject,
    ...(before !== null && { before }),
    ...(after !== null && { after }),
  }));
}

function toRow({ at, actor, action, subject, before, after }: AuditEntry) {
  return {
    at,
    actor: storable(actor),
    action: storable(action),
    subject: storable(subject),
    before: before === undefined ? null : storable(before),
    after: after === undefined ? null : storable(after),
  };
}

/** As the database gives it back: it keeps no half of a surrogate pair, and the hash is over what is kept. */
function storable(text: string): string {
  return redact(text)
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll('\0', '');
}
