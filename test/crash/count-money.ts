/** What a database holds, as texts to be compared: sums of both layers, facts, imports, reports. */
import { openStore } from '../../src/store/open.ts';

export type Money = Readonly<Record<string, string>>;

export async function countMoney(url: string): Promise<Money> {
  const store = await openStore(url);
  try {
    const one = async (sql: string): Promise<string> => {
      const [row] = await store.$queryRawUnsafe<{ value: string | null }[]>(sql);
      return row?.value ?? 'nothing';
    };
    const sum = (table: string, basis: string) =>
      one(
        `SELECT CAST(SUM("${basis}Micros") AS TEXT) || ' + ' || CAST(SUM(COALESCE("${basis}Residue", 0)) AS TEXT) value FROM "${table}"`,
      );
    return {
      facts: await one('SELECT CAST(COUNT(*) AS TEXT) value FROM "CostFact"'),
      daily: await one('SELECT CAST(COUNT(*) AS TEXT) value FROM "DailyCost"'),
      bills: await one('SELECT CAST(COUNT(*) AS TEXT) value FROM "Bill"'),
      batches: await one('SELECT CAST(COUNT(*) AS TEXT) value FROM "ImportBatch"'),
      effective: await sum('CostFact', 'effective'),
      effectiveAllocated: await sum('DailyCost', 'effective'),
      billed: await sum('CostFact', 'billed'),
      billedAllocated: await sum('DailyCost', 'billed'),
      unreconciled: await one('SELECT CAST(COUNT(*) AS TEXT) value FROM "Reconciliation" WHERE "ok" = 0'),
      runs: await one(
        `SELECT CAST(COUNT(*) AS TEXT) || ' ' || GROUP_CONCAT(DISTINCT "status") value FROM "JobRun"`,
      ),
      outbox: await one(
        `SELECT CAST(COUNT(*) AS TEXT) || ' ' || GROUP_CONCAT(DISTINCT "status") value FROM "OutboxMessage"`,
      ),
      reports: await one('SELECT CAST(COUNT(*) AS TEXT) value FROM "ReportRecord"'),
    };
  } finally {
    await store.$disconnect();
  }
}
