/** Allocated cost per hour, where a source gives hours. */
import type { Day } from '../core/day.ts';
import { type Allocation, DIMENSIONS } from '../core/dimension.ts';
import type { StoreTransaction } from './open.ts';

export interface HourlyCostRow {
  /** "2026-11-20T14", UTC */
  readonly hour: string;
  readonly allocation: Allocation;
  readonly provider: string;
  readonly service: string;
  readonly region?: string;
  readonly account?: string;
  readonly category: string;
  readonly currency: string;
  readonly billedMicros: bigint | null;
  readonly effectiveMicros: bigint | null;
}

const COLUMNS = [
  'hour',
  ...DIMENSIONS,
  'provider',
  'service',
  'region',
  'account',
  'category',
  'currency',
  'billedMicros',
  'effectiveMicros',
];

/** Puts the hours of some days in place of what the source had of them. */
export async function replaceHours(
  tx: StoreTransaction,
  source: string,
  days: { readonly start: Day; readonly end: Day },
  rows: readonly HourlyCostRow[],
): Promise<void> {
  await tx.$executeRawUnsafe(
    'DELETE FROM "HourlyCost" WHERE "source" = ? AND "hour" BETWEEN ? AND ?',
    source,
    `${days.start}T00`,
    `${days.end}T23`,
  );
  const cells = rows.map((row) => [
    row.hour,
    ...DIMENSIONS.map((dimension) => row.allocation[dimension] ?? null),
    row.provider,
    row.service,
    row.region ?? null,
    row.account ?? null,
    row.category,
    row.currency,
    row.billedMicros?.toString() ?? null,
    row.effectiveMicros?.toString() ?? null,
  ]);
  const value = (column: string, index: number) =>
    column.endsWith('Micros') ? `CAST(value->>${index} AS INTEGER)` : `value->>${index}`;
  await tx.$executeRawUnsafe(
    `INSERT INTO "HourlyCost" ("source", ${COLUMNS.map((column) => `"${column}"`).join(', ')})
     SELECT ?, ${COLUMNS.map(value).join(', ')} FROM json_each(?)`,
    source,
    JSON.stringify(cells),
  );
}

/** Removes hours before a day. */
export async function forgetHours(store: StoreTransaction, before: Day): Promise<void> {
  await store.hourlyCost.deleteMany({ where: { hour: { lt: `${before}T00` } } });
}
