/** How far each source's data reaches. */
import type { Day } from '../core/day.ts';
import type { Store } from './open.ts';
import { USAGE_KIND } from './usage.ts';

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

/** Every source of cost, by name. Sources of usage hold no cost: they neither complete an answer nor hold it back. */
export async function readSources(store: Store): Promise<SourceReach[]> {
  const [sources, reaches] = await Promise.all([
    store.source.findMany({ where: { NOT: { kind: USAGE_KIND } }, orderBy: { name: 'asc' } }),
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

/** Every source of usage, by name, with its first and last day. */
export async function readUsageSources(store: Store): Promise<SourceReach[]> {
  const sources = await store.source.findMany({ where: { kind: USAGE_KIND }, orderBy: { name: 'asc' } });
  // One look-up each at either end of the index; grouping would read all of it.
  const reaches = await store.$queryRawUnsafe<{ name: string; first: Day | null; last: Day | null }[]>(
    `SELECT "name" AS name, (SELECT MIN("day") FROM "UsageFact" WHERE "source" = s."name") AS first,
       (SELECT MAX("day") FROM "UsageFact" WHERE "source" = s."name") AS last
     FROM "Source" s WHERE "kind" = ?`,
    USAGE_KIND,
  );
  return sources.map(({ name, kind, watermark, lastError, lastSuccessAt }) => {
    const reach = reaches.find((row) => row.name === name);
    return {
      name,
      kind,
      watermark: watermark ?? undefined,
      firstDay: reach?.first ?? undefined,
      lastDay: reach?.last ?? undefined,
      lastError: lastError ?? undefined,
      lastSuccessAt: lastSuccessAt ?? undefined,
    };
  });
}
