/** How far each source's data reaches. */
import type { Day } from '../core/day.ts';
import type { Store } from './open.ts';

export interface SourceReach {
  readonly name: string;
  /** Which kind of source it is, e.g. "focus-file". */
  readonly kind: string;
  /** Last day whose data is complete; undefined when none is. */
  readonly watermark?: Day;
  /** First and last day with any charge. */
  readonly firstDay?: Day;
  readonly lastDay?: Day;
  readonly lastError?: string;
  readonly lastSuccessAt?: Date;
}

/** Every known source, by name. */
export async function readSources(store: Store): Promise<SourceReach[]> {
  const [sources, reaches] = await Promise.all([
    store.source.findMany({ orderBy: { name: 'asc' } }),
    store.bill.groupBy({ by: ['source'], _min: { firstDay: true }, _max: { lastDay: true } }),
  ]);
  const reach = new Map(reaches.map((row) => [row.source, row]));
  return sources.map(({ name, kind, watermark, lastError, lastSuccessAt }) => ({
    name,
    kind,
    watermark: watermark ?? undefined,
    firstDay: reach.get(name)?._min.firstDay ?? undefined,
    lastDay: reach.get(name)?._max.lastDay ?? undefined,
    lastError: lastError ?? undefined,
    lastSuccessAt: lastSuccessAt ?? undefined,
  }));
}
