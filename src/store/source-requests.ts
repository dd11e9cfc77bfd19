/** Requests that polling sent, per source and UTC day, and what they cost. */
import type { Day } from '../core/day.ts';
import type { Store, StoreTransaction } from './open.ts';
import { whenFree } from './write-lock.ts';

export interface RequestCount {
  readonly requests: number;
  readonly failed: number;
  readonly costMicros: bigint;
}

export async function readRequests(store: StoreTransaction, source: string, day: Day): Promise<RequestCount> {
  const row = await store.sourceRequests.findUnique({ where: { source_day: { source, day } } });
  return { requests: row?.requests ?? 0, failed: row?.failed ?? 0, costMicros: row?.costMicros ?? 0n };
}

/** Adds to the counts of a day, in USD. */
export async function addRequests(
  store: Store,
  source: string,
  day: Day,
  count: RequestCount,
): Promise<void> {
  await whenFree(() =>
    store.$executeRawUnsafe(
      `INSERT INTO "SourceRequests" ("source", "day", "requests", "failed", "costMicros", "currency")
       VALUES (?, ?, ?, ?, CAST(? AS INTEGER), 'USD')
       ON CONFLICT ("source", "day") DO UPDATE SET "requests" = "requests" + excluded."requests",
         "failed" = "failed" + excluded."failed", "costMicros" = "costMicros" + excluded."costMicros"`,
      source,
      day,
      count.requests,
      count.failed,
      `${count.costMicros}`,
    ),
  );
}
