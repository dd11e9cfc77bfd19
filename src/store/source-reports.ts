/** Reads about imports and reconciliation, per source. */
import type { Store } from './open.ts';

export interface LastImport {
  readonly at: Date;
  readonly files: number;
  readonly rows: number;
  readonly quarantined: number;
}

/** The newest import of every source. */
export async function lastImports(store: Store): Promise<Map<string, LastImport>> {
  const newest = await store.importBatch.groupBy({ by: ['source'], _max: { id: true } });
  const ids = newest.flatMap((row) => row._max.id ?? []);
  const batches = await store.importBatch.findMany({ where: { id: { in: ids } } });
  return new Map(
    batches.map(({ source, finishedAt, files, rowsRead, rowsQuarantined }) => [
      source,
      {
        at: finishedAt,
        files: (JSON.parse(files) as unknown[]).length,
        rows: rowsRead,
        quarantined: rowsQuarantined,
      },
    ]),
  );
}

/** How many source-days were reconciled and how many of them differ. */
export async function reconciliationCounts(
  store: Store,
): Promise<Map<string, { days: number; different: number }>> {
  const rows = await store.reconciliation.groupBy({ by: ['source', 'ok'], _count: { day: true } });
  const counts = new Map<string, { days: number; different: number }>();
  for (const { source, ok, _count } of rows) {
    const count = counts.get(source) ?? { days: 0, different: 0 };
    counts.set(source, { days: count.days + _count.day, different: count.different + (ok ? 0 : _count.day) });
  }
  return counts;
}
