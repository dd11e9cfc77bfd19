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

/** What any source has said of this kind about days that overlap these, both included. */
export async function overlappingEvidence(
  store: Store,
  kind: 'forecast' | 'anomaly',
  { start, end }: { readonly start: Day; readonly end: Day },
): Promise<(StoredEvidenceItem & { readonly source: string })[]> {
  return store.evidence.findMany({
    where: { kind, start: { lte: end }, end: { gte: start } },
    orderBy: [{ source: 'asc' }, { start: 'asc' }],
    omit: { externalId: true },
  });
}
