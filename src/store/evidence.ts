/** Reads what a provider itself says: its forecasts and its anomalies. */
import type { Day } from '../core/day.ts';
import type { Store } from './open.ts';

export interface StoredEvidenceItem {
  readonly kind: string;
  readonly start: Day;
  readonly end: Day;
  /** JSON as the source gave it. */
  readonly data: string;
  readonly fetchedAt: Date;
}

/** What a source has said about days since `since`, newest word first. */
export async function readEvidence(store: Store, source: string, since: Day): Promise<StoredEvidenceItem[]> {
  return store.evidence.findMany({
    where: { source, end: { gte: since } },
    orderBy: [{ fetchedAt: 'desc' }, { start: 'asc' }],
    omit: { source: true, externalId: true },
  });
}
