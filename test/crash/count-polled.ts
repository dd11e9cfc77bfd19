/** What polling left in a database, as texts to be compared: sums per day of both layers, and what stands beside. */
import { openStore } from '../../src/store/open.ts';

export type Polled = Readonly<Record<string, string>>;

export async function countPolled(url: string): Promise<Polled> {
  const store = await openStore(url);
  try {
    const text = async (sql: string): Promise<string> => {
      const [row] = await store.$queryRawUnsafe<{ value: string | null }[]>(sql);
      return row?.value ?? 'nothing';
    };
    const count = (table: string, where = '') =>
      text(`SELECT CAST(COUNT(*) AS TEXT) value FROM "${table}" ${where}`);
    const perDay = async (table: string) => {
      const rows = await store.$queryRawUnsafe<{ key: string; micros: string }[]>(
        `SELECT "day" || ' ' || "currency" AS key, CAST(SUM("billedMicros") AS TEXT) AS micros FROM "${table}" GROUP BY 1 ORDER BY 1`,
      );
      return JSON.stringify(Object.fromEntries(rows.map(({ key, micros }) => [key, micros])));
    };
    return {
      'bill per day': await perDay('CostFact'),
      'allocated per day': await perDay('DailyCost'),
      facts: await count('CostFact'),
      'allocated rows': await count('DailyCost'),
      bills: await count('Bill'),
      'metered usage': await text(
        `SELECT COUNT(*) || ' rows, ' || COALESCE(SUM("quantity"), 0) value FROM "MeteredUsage"`,
      ),
      'evidence and hours': await text(
        `SELECT (SELECT COUNT(*) FROM "Evidence") || ' ' || (SELECT COUNT(*) FROM "HourlyCost") value`,
      ),
      unreconciled: await count('Reconciliation', 'WHERE "ok" = 0'),
      restatements: await count('Restatement'),
      'still running': await count('SourceState', 'WHERE "runningBy" IS NOT NULL'),
    };
  } finally {
    await store.$disconnect();
  }
}
