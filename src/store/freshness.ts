/** How far each source's data reaches, and how polling it goes. */
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
  /** Present when it is polled, or was. */
  readonly polling?: PollingReach;
}

/** How polling a source stands, as far as its figures depend on it. */
export interface PollingReach {
  /** Failed polls in a row. */
  readonly failures: number;
  readonly failingSince?: Date;
  readonly error?: string;
  readonly lastStartedAt?: Date;
  /** The days since this one are loaded; before it, back to `backfillTo`, they are not yet. */
  readonly coveredFrom?: Day;
  readonly backfillTo?: Day;
}

/** Every source of cost, by name. Sources of usage hold no cost: they neither complete an answer nor hold it back. */
export async function readSources(store: Store): Promise<SourceReach[]> {
  const [sources, reaches, polling] = await Promise.all([
    store.source.findMany({ where: { NOT: { kind: USAGE_KIND } }, orderBy: { name: 'asc' } }),
    store.bill.groupBy({ by: ['source'], _min: { firstDay: true }, _max: { lastDay: true } }),
    readPolling(store),
  ]);
  const reach = new Map(reaches.map((row) => [row.source, row]));
  return sources.map(({ name, kind, watermark, lastError, lastSuccessAt }) => ({
    name,
    kind,
    watermark: watermark ?? undefined,
    firstDay: reach.get(name)?._min.firstDay ?? undefined,
    lastDay: reach.get(name)?._max.lastDay ?? undefined,
    lastError: polling.get(name)?.error ?? lastError ?? undefined,
    lastSuccessAt: lastSuccessAt ?? undefined,
    ...(polling.has(name) && { polling: polling.get(name) }),
  }));
}

async function readPolling(store: Store): Promise<Map<string, PollingReach>> {
  const rows = await store.sourceState.findMany();
  return new Map(
    rows.map((row) => [
      row.name,
      {
        failures: row.failures,
        ...(row.failingSince && { failingSince: row.failingSince }),
        ...(row.error !== null && { error: row.error }),
        ...(row.lastStartedAt && { lastStartedAt: row.lastStartedAt }),
        ...(row.coveredFrom !== null && { coveredFrom: row.coveredFrom }),
        ...(row.backfillTo !== null && { backfillTo: row.backfillTo }),
      },
    ]),
  );
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
