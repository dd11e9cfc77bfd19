/** Reads about imports, polls, requests and reconciliation, per source. */
import { type Day, startOfMonth } from '../core/day.ts';
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

/** How polling a source stands, as people are told. */
export interface PollReport {
  readonly runningSince?: Date;
  readonly runningUntil?: Date;
  readonly lastStartedAt?: Date;
  readonly lastSuccessAt?: Date;
  readonly failures: number;
  readonly failingSince?: Date;
  readonly error?: string;
  readonly hint?: string;
  readonly warnings: readonly string[];
  readonly nextAttemptAt?: Date;
  readonly coveredFrom?: Day;
  readonly backfillTo?: Day;
}

/** Every source that was ever polled. */
export async function pollReports(store: Store): Promise<Map<string, PollReport>> {
  const rows = await store.sourceState.findMany();
  return new Map(
    rows.map((row) => [
      row.name,
      {
        ...known('runningSince', row.runningSince),
        ...known('runningUntil', row.runningUntil),
        ...known('lastStartedAt', row.lastStartedAt),
        ...known('lastSuccessAt', row.lastSuccessAt),
        failures: row.failures,
        ...known('failingSince', row.failingSince),
        ...known('error', row.error),
        ...known('hint', row.hint),
        warnings: JSON.parse(row.warnings) as string[],
        ...known('nextAttemptAt', row.nextAttemptAt),
        ...known('coveredFrom', row.coveredFrom),
        ...known('backfillTo', row.backfillTo),
      },
    ]),
  );
}

function known<K extends string, V>(key: K, value: V | null): { readonly [P in K]?: V } {
  return value === null ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

export interface RequestSums {
  readonly currency: string;
  readonly today: RequestSum;
  readonly month: RequestSum;
}

export interface RequestSum {
  readonly sent: number;
  readonly failed: number;
  readonly costMicros: bigint;
}

/** What polling asked on `today` (UTC) and in its month so far; sources that asked nothing are absent. */
export async function requestSums(store: Store, today: Day): Promise<Map<string, RequestSums>> {
  const rows = await store.sourceRequests.findMany({
    where: { day: { gte: startOfMonth(today), lte: today } },
  });
  const sums = new Map<string, RequestSums>();
  for (const { source, day, requests, failed, costMicros, currency } of rows) {
    const add = (sum: RequestSum): RequestSum => ({
      sent: sum.sent + requests,
      failed: sum.failed + failed,
      costMicros: sum.costMicros + costMicros,
    });
    const before = sums.get(source) ?? { currency, today: NONE, month: NONE };
    sums.set(source, {
      currency,
      today: day === today ? add(before.today) : before.today,
      month: add(before.month),
    });
  }
  return sums;
}

const NONE: RequestSum = { sent: 0, failed: 0, costMicros: 0n };

export interface RequestDay extends RequestSum {
  readonly day: Day;
  readonly currency: string;
}

/** Requests of one source per day since `first`, newest first. */
export async function requestDays(store: Store, source: string, first: Day): Promise<RequestDay[]> {
  const rows = await store.sourceRequests.findMany({
    where: { source, day: { gte: first } },
    orderBy: { day: 'desc' },
  });
  return rows.map(({ day, requests, failed, costMicros, currency }) => ({
    day,
    sent: requests,
    failed,
    costMicros,
    currency,
  }));
}

export interface ImportLine extends LastImport {
  readonly written: number;
  readonly replaced: number;
}

/** The newest imports of one source, newest first. */
export async function recentImports(store: Store, source: string, limit: number): Promise<ImportLine[]> {
  const rows = await store.importBatch.findMany({ where: { source }, orderBy: { id: 'desc' }, take: limit });
  return rows.map((row) => ({
    at: row.finishedAt,
    files: (JSON.parse(row.files) as unknown[]).length,
    rows: row.rowsRead,
    quarantined: row.rowsQuarantined,
    written: row.factsWritten,
    replaced: row.factsReplaced,
  }));
}

/** Who bills through the source, in its newest bill: "AWS". */
export async function providerOf(store: Store, source: string): Promise<string | undefined> {
  const bill = await store.bill.findFirst({ where: { source }, orderBy: { lastDay: 'desc' } });
  const fact = bill && (await store.costFact.findFirst({ where: { billId: bill.id } }));
  const key = fact && (await store.focusKey.findUnique({ where: { id: fact.focusKeyId } }));
  return key?.providerName;
}
