/** Per source, day and currency: the bill's own total beside what both layers hold. */
import type { Day } from '../core/day.ts';
import type { StoreTransaction } from './open.ts';

export interface ReconciliationRow {
  readonly day: Day;
  readonly currency: string;
  /** Exact decimal texts. */
  readonly billedExact: string | null;
  readonly effectiveExact: string | null;
  readonly billedFacts: bigint | null;
  readonly effectiveFacts: bigint | null;
  readonly billedDaily: bigint | null;
  readonly effectiveDaily: bigint | null;
  readonly ok: boolean;
}

/** Replaces the rows of a source for these days. */
export async function saveReconciliations(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
  rows: readonly ReconciliationRow[],
  checkedAt: Date,
): Promise<void> {
  await tx.$executeRawUnsafe(
    'DELETE FROM "Reconciliation" WHERE "source" = ? AND "day" IN (SELECT value FROM json_each(?))',
    source,
    JSON.stringify(days),
  );
  if (rows.length > 0)
    await tx.reconciliation.createMany({ data: rows.map((row) => ({ ...row, source, checkedAt })) });
}
