/** Tickets about anomalies on their way through the outbox. */
import type { Store, StoreTransaction } from './open.ts';

const KEY = /^anomaly:(\d+):ticket /;

/**
 * The message that makes a ticket, if there is one; one that was given up is tried again from now on, after it was
 * looked for. In a transaction that holds the write lock.
 */
export async function ticketMessage(
  tx: StoreTransaction,
  key: string,
  now: Date,
): Promise<{ readonly status: string; readonly error?: string } | undefined> {
  const row = await tx.outboxMessage.findUnique({ where: { key } });
  if (!row) return undefined;
  if (row.status === 'given-up')
    await tx.outboxMessage.update({
      where: { key },
      data: { status: 'uncertain', attempts: 0, nextAttemptAt: now },
    });
  return { status: row.status, ...(row.error !== null && { error: row.error }) };
}

/** Tickets that are made, and not written down with their anomaly yet. */
export async function ticketsMade(
  store: Store,
): Promise<readonly { readonly anomalyId: number; readonly ref: string }[]> {
  const rows = await store.outboxMessage.findMany({
    where: { platform: 'tickets', status: 'sent', key: { startsWith: 'anomaly:' } },
    select: { key: true, ref: true },
  });
  const made = rows.flatMap(({ key, ref }) => {
    const id = KEY.exec(key)?.[1];
    return id === undefined || ref === null ? [] : [{ anomalyId: Number(id), ref }];
  });
  const without = await store.anomaly.findMany({
    where: { id: { in: made.map(({ anomalyId }) => anomalyId) }, ticket: null },
    select: { id: true },
  });
  const ids = new Set(without.map(({ id }) => id));
  return made.filter(({ anomalyId }) => ids.has(anomalyId));
}
