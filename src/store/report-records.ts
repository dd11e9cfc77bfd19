/** What weekly reports said per source and day, so that the next one can tell what was restated since. */
import type { Day } from '../core/day.ts';
import { attosToMicros } from '../core/money.ts';
import type { Period } from '../core/period.ts';
import type { CostFilter } from './daily-costs.ts';
import type { Store, StoreTransaction } from './open.ts';

export interface StoredReport {
  /** What it was about, e.g. "team:search". */
  readonly scope: string;
  /** First day of the reported week. */
  readonly week: Day;
  /** Currency the report was written in. */
  readonly currency: string;
  /** JSON; its shape is the report's own business. */
  readonly figures: string;
}

/** Records kept per scope; older ones are of no use to any report to come. */
const KEPT = 12;

/** Writes what a report said; the same week again replaces it. For the transaction that enqueues the report. */
export async function saveReportRecord(tx: StoreTransaction, record: StoredReport, at: Date): Promise<void> {
  const { scope, week, currency, figures } = record;
  const data = { currency, figures, createdAt: at };
  await tx.reportRecord.upsert({
    where: { scope_week: { scope, week } },
    create: { scope, week, ...data },
    update: data,
  });
  const [oldest] = await tx.reportRecord.findMany({
    where: { scope },
    orderBy: { week: 'desc' },
    skip: KEPT,
    take: 1,
  });
  if (oldest) await tx.reportRecord.deleteMany({ where: { scope, week: { lte: oldest.week } } });
}

/** The newest report about a scope whose week started before `week`; undefined when there is none. */
export async function lastReportBefore(
  store: Store | StoreTransaction,
  scope: string,
  week: Day,
): Promise<StoredReport | undefined> {
  const row = await store.reportRecord.findFirst({
    where: { scope, week: { lt: week } },
    orderBy: { week: 'desc' },
  });
  return row ? { scope: row.scope, week: row.week, currency: row.currency, figures: row.figures } : undefined;
}

/** EffectiveCost of one source, day and billing currency. Null: the bill has no such column there. */
export interface SourceDayCost {
  readonly source: string;
  readonly day: Day;
  readonly currency: string;
  readonly micros: bigint | null;
}

/** Cost in scope per source, day and billing currency of the days of a period, both ends included. */
export async function readSourceDays(
  store: Store,
  filter: CostFilter,
  period: Period,
): Promise<SourceDayCost[]> {
  const columns = Object.entries(filter);
  const where = columns.map(([column, value]) =>
    value === null ? `AND "${column}" IS NULL` : `AND "${column}" = ?`,
  );
  const rows = await store.$queryRawUnsafe<
    { source: string; day: Day; currency: string; micros: string | null; residue: string }[]
  >(
    `SELECT "source" source, "day" day, "currency" currency, CAST(SUM("effectiveMicros") AS TEXT) micros,
       CAST(SUM(COALESCE("effectiveResidue", 0)) AS TEXT) residue
     FROM "DailyCost" WHERE "day" BETWEEN ? AND ? ${where.join(' ')} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    period.start,
    period.end,
    ...columns.flatMap(([, value]) => (value === null ? [] : [value])),
  );
  return rows.map(({ source, day, currency, micros, residue }) => ({
    source,
    day,
    currency,
    micros: micros === null ? null : BigInt(micros) + attosToMicros(BigInt(residue)),
  }));
}
