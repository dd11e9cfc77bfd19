/** Questions that doctor asks the database about itself. */
import { AppError, describeError } from '../core/errors.ts';
import type { Store } from './open.ts';

/** What SQLite's quick check complains about; empty when the file is intact. */
export async function checkIntegrity(store: Store): Promise<string[]> {
  try {
    const rows = await store.$queryRawUnsafe<{ quick_check: string }[]>('PRAGMA quick_check(5)');
    return rows.map((row) => row.quick_check).filter((text) => text !== 'ok');
  } catch (error) {
    // Damage in the wrong place stops the check itself.
    if (/SQLITE_(CORRUPT|NOTADB)/.test(describeError(error))) return [databaseWords(error)];
    throw error;
  }
}

/** Writes something and takes it back. Throws UPSTREAM with the database's words when it cannot be written to. */
export async function probeWrite(store: Store): Promise<void> {
  const takenBack = new Error('taken back');
  try {
    await store.$transaction(async (tx) => {
      await tx.$executeRawUnsafe('CREATE TABLE "_write_probe" (x INTEGER)');
      throw takenBack;
    });
  } catch (error) {
    if (error === takenBack) return;
    throw new AppError('UPSTREAM', `The database refuses to be written to: ${databaseWords(error)}.`, {
      hint: 'Make the file and its folder writable for the user Pennywatch runs as, and end whatever keeps the file locked.',
      cause: error,
    });
  }
}

export interface ReconciledSource {
  readonly source: string;
  /** Days that were compared with the bill, and those that differ from it. */
  readonly days: number;
  readonly differing: number;
  readonly firstDiffering?: string;
}

/** Per source, how many days agree with the bill. */
export async function countReconciled(store: Store): Promise<ReconciledSource[]> {
  const by = { by: ['source' as const], _count: true as const };
  const [all, wrong] = await Promise.all([
    store.reconciliation.groupBy({ ...by, orderBy: { source: 'asc' } }),
    store.reconciliation.groupBy({ ...by, where: { ok: false }, _min: { day: true } }),
  ]);
  return all.map(({ source, _count }) => {
    const differing = wrong.find((row) => row.source === source);
    const first = differing?._min.day;
    return {
      source,
      days: _count,
      differing: differing?._count ?? 0,
      ...(first && { firstDiffering: first }),
    };
  });
}

/** SQLite's own sentence inside the client's longer one. */
function databaseWords(error: unknown): string {
  const text = describeError(error);
  return /Message: `([^`]+)`/u.exec(text)?.[1] ?? text;
}
