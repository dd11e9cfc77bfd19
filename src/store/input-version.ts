/** A short text that changes whenever sources delivered something, or budgets were changed. */
import type { StoreTransaction } from './open.ts';

/** Costs and usage by how far they reach and when they came last; budgets by when they were changed. */
export async function inputVersion(store: StoreTransaction): Promise<string> {
  const sources = await store.source.findMany({
    select: { name: true, watermark: true, lastSuccessAt: true },
    orderBy: { name: 'asc' },
  });
  const batches = await store.importBatch.aggregate({ _max: { id: true } });
  const budgets = await store.budget.findMany({
    select: { id: true, updatedAt: true, amountMicros: true, thresholds: true },
    orderBy: { id: 'asc' },
  });
  const rows = budgets.map(({ amountMicros, ...rest }) => ({ ...rest, amount: `${amountMicros}` }));
  return JSON.stringify([sources, batches._max.id, rows]);
}

/** How far each source of usage reaches, by name. */
export async function usageReach(store: StoreTransaction, kind: string): Promise<string> {
  const rows = await store.source.findMany({
    where: { kind },
    select: { name: true, watermark: true, lastSuccessAt: true },
    orderBy: { name: 'asc' },
  });
  return JSON.stringify(rows);
}
