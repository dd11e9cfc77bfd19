/** Reads which days' bills changed after they were complete. */
import type { Day } from '../core/day.ts';
import type { Store } from './open.ts';

export interface StoredRestatement {
  readonly source: string;
  readonly billingAccount: string;
  readonly day: Day;
  readonly currency: string;
  /** Exact decimal strings; null where the bill says nothing. */
  readonly billedBefore: string | null;
  readonly billedAfter: string | null;
  readonly effectiveBefore: string | null;
  readonly effectiveAfter: string | null;
  readonly at: Date;
}

/** Every restatement since `since`, oldest first; of one source or of all. */
export async function restatementsSince(
  store: Store,
  since: Date,
  source?: string,
): Promise<StoredRestatement[]> {
  const where = { at: { gte: since }, ...(source !== undefined && { source }) };
  return store.restatement.findMany({ where, orderBy: { id: 'asc' }, omit: { id: true } });
}
