/** The append-only record of who did what. Nothing here changes or removes an entry. */
import type { StoreTransaction } from './open.ts';

export interface AuditEntry {
  readonly at: Date;
  /** As `actorKey` writes it, e.g. "slack:U123". */
  readonly actor: string;
  /** What was done, e.g. "team.update". */
  readonly action: string;
  /** To what, e.g. "team:search". */
  readonly subject: string;
  /** JSON of the state before and after; absent where there was or is none. */
  readonly before?: string;
  readonly after?: string;
}

/** Appends one entry, in the transaction of what it records. */
export async function appendAudit(tx: StoreTransaction, entry: AuditEntry): Promise<void> {
  await tx.auditEntry.create({ data: toRow(entry) });
}

/** Appends many entries in order. */
export async function appendAudits(tx: StoreTransaction, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0) await tx.auditEntry.createMany({ data: entries.map(toRow) });
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
  return { at, actor, action, subject, before: before ?? null, after: after ?? null };
}
