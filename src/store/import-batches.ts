/** Imports that wrote something, the rows they set aside, and their audit entry. */
import type { StoreTransaction } from './open.ts';

/** Opens a batch; its numbers follow with `finishBatch`. */
export async function startBatch(
  tx: StoreTransaction,
  batch: { source: string; actor: string; startedAt: Date },
): Promise<number> {
  const empty = {
    finishedAt: batch.startedAt,
    files: '[]',
    rowsRead: 0,
    rowsQuarantined: 0,
    factsWritten: 0,
    factsReplaced: 0,
    moved: '[]',
  };
  return (await tx.importBatch.create({ data: { ...batch, ...empty }, select: { id: true } })).id;
}

export async function finishBatch(
  tx: StoreTransaction,
  id: number,
  batch: {
    finishedAt: Date;
    files: string;
    rowsRead: number;
    rowsQuarantined: number;
    factsWritten: number;
    factsReplaced: number;
    moved: string;
  },
): Promise<void> {
  await tx.importBatch.update({ where: { id }, data: batch });
}

/** Remembers rows that were set aside: line and reason per file. */
export async function addQuarantinedRows(
  tx: StoreTransaction,
  batchId: number,
  file: string,
  rows: readonly { readonly line: number; readonly reason: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRawUnsafe(
    `INSERT INTO "QuarantinedRow" ("batchId", "file", "line", "reason") SELECT ?, ?, value->>0, value->>1 FROM json_each(?)`,
    batchId,
    file,
    JSON.stringify(rows.map(({ line, reason }) => [line, reason])),
  );
}
