/** Facts and their dictionaries, written in bulk from chunks of JSON; all of it inside the caller's transaction. */

import type { Day } from '../core/day.ts';
import { BASES, type Basis } from '../core/dimension.ts';
import { AppError } from '../core/errors.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import { FOCUS_COLUMNS, RESOURCE_COLUMNS } from '../core/settings.ts';
import { AMOUNTS } from './amounts.ts';
import { CACHE_KIB, type Store, type StoreTransaction } from './open.ts';

const COLUMNS = AMOUNTS.map((column) => `"${column}"`);
const SUMS = COLUMNS.map((column) => `SUM(${column}) AS ${column}`).join(', ');
const KEY_FIELDS = FOCUS_COLUMNS.filter(
  (column) => !RESOURCE_COLUMNS.some((resource) => resource === column),
).map(fieldOf);

export type Dictionary = 'FocusKey' | 'TagSet' | 'Resource';

const DICTIONARIES: Readonly<Record<Dictionary, readonly string[]>> = {
  FocusKey: KEY_FIELDS,
  TagSet: ['tags'],
  Resource: RESOURCE_COLUMNS.map(fieldOf),
};

/**
 * Adds entries that are not there yet; a chunk is a JSON array of [id, …fields]. Throws INTERNAL when an id
 * is taken by other content.
 */
export async function addToDictionary(tx: StoreTransaction, table: Dictionary, chunk: string): Promise<void> {
  const fields = DICTIONARIES[table];
  const names = fields.map((field) => `"${field}"`).join(', ');
  const values = fields.map((_, index) => `value->>${index + 1}`);
  await tx.$executeRawUnsafe(
    `INSERT OR IGNORE INTO "${table}" ("id", ${names}) SELECT value->>0, ${values.join(', ')} FROM jsonb_each(jsonb(?))`,
    chunk,
  );
  const same = fields.map((field, index) => `t."${field}" IS ${values[index]}`).join(' AND ');
  const clashes = await tx.$queryRawUnsafe<{ id: string }[]>(
    `SELECT CAST(t."id" AS TEXT) id FROM jsonb_each(jsonb(?)) JOIN "${table}" t ON t."id" = value->>0 WHERE NOT (${same}) LIMIT 1`,
    chunk,
  );
  if (clashes.length > 0)
    throw new AppError(
      'INTERNAL',
      `Two different ${table} contents have the id ${clashes[0]?.id}. Nothing was imported.`,
    );
}

/**
 * Adds facts from a JSON array of [billId, day, focusKeyId, tagSetId, resourceKey, currency, rows, then the amounts
 * in the order of AMOUNTS]. It is made binary JSON first, whose cells SQLite finds twice as fast.
 */
export async function addFacts(tx: StoreTransaction, source: string, chunk: string): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO "CostFact" ("source", "billId", "day", "focusKeyId", "tagSetId", "resourceKey", "currency", "rows",
       ${COLUMNS.join(', ')})
     SELECT ?, ${Array.from({ length: 7 + COLUMNS.length }, (_, index) => `value->>${index}`).join(', ')} FROM jsonb_each(jsonb(?))`,
    source,
    chunk,
  );
}

/**
 * Runs `work` with room for a whole import in SQLite's cache and its sorting in memory: pages are written once, not
 * each time the small cache of other days overflows. To be called outside of a transaction.
 */
export async function withRoomForBulk<T>(store: Store, work: () => Promise<T>): Promise<T> {
  await store.$queryRawUnsafe('PRAGMA temp_store = MEMORY');
  await store.$queryRawUnsafe('PRAGMA cache_size = -131072');
  try {
    return await work();
  } finally {
    await store.$queryRawUnsafe(`PRAGMA cache_size = -${CACHE_KIB}`);
    await store.$queryRawUnsafe('PRAGMA temp_store = DEFAULT');
  }
}

/** Deletes the facts of a bill from first to last day and returns how many there were. */
export async function deleteFacts(
  tx: StoreTransaction,
  billId: number,
  first: Day,
  last: Day,
): Promise<number> {
  return tx.$executeRawUnsafe(
    'DELETE FROM "CostFact" WHERE "billId" = ? AND "day" BETWEEN ? AND ?',
    billId,
    first,
    last,
  );
}

export interface FactSum {
  readonly day: Day;
  readonly currency: string;
  readonly micros: Readonly<Record<Basis, bigint | null>>;
}

/** What the facts of a source add up to per day and currency, for these days. */
export async function sumFacts(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
): Promise<FactSum[]> {
  return sumTable(tx, 'CostFact', source, days);
}

/** The same for the allocated layer. */
export async function sumDailyCost(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
): Promise<FactSum[]> {
  return sumTable(tx, 'DailyCost', source, days);
}

async function sumTable(
  tx: StoreTransaction,
  table: 'CostFact' | 'DailyCost',
  source: string,
  days: readonly Day[],
): Promise<FactSum[]> {
  const rows = await tx.$queryRawUnsafe<({ day: Day; currency: string } & Record<Basis, string | null>)[]>(
    `SELECT "day", "currency", ${BASES.map((basis) => `CAST(SUM("${basis}Micros") AS TEXT) AS "${basis}"`).join(', ')}
     FROM "${table}" WHERE "source" = ? AND "day" IN (SELECT value FROM json_each(?)) GROUP BY "day", "currency"`,
    source,
    JSON.stringify(days),
  );
  return rows.map(({ day, currency, effective, billed, list, contracted }) => ({
    day,
    currency,
    micros: {
      effective: micros(effective),
      billed: micros(billed),
      list: micros(list),
      contracted: micros(contracted),
    },
  }));
}

function micros(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

/** Adds a few micros to the largest fact of a source-day, where a bill that went took its rounding with it. */
export async function nudgeFact(
  tx: StoreTransaction,
  at: { source: string; day: Day; currency: string; basis: Basis },
  by: bigint,
): Promise<void> {
  const column = `"${at.basis}Micros"`;
  const residue = `"${at.basis}Residue"`;
  await tx.$executeRawUnsafe(
    `UPDATE "CostFact" SET ${column} = ${column} + CAST(? AS INTEGER), ${residue} = ${residue} - CAST(? AS INTEGER) WHERE "id" = (
       SELECT "id" FROM "CostFact" WHERE "source" = ? AND "day" = ? AND "currency" = ? AND ${column} IS NOT NULL
       ORDER BY ABS(${column}) DESC, "id" LIMIT 1)`,
    `${by}`,
    `${by * ATTOS_PER_MICRO}`,
    at.source,
    at.day,
    at.currency,
  );
}

/** Merges facts before a day that differ only in their resource, and returns the days this changed. */
export async function collapseResources(tx: StoreTransaction, source: string, before: Day): Promise<Day[]> {
  const rows = await tx.$queryRawUnsafe<{ day: Day }[]>(
    'SELECT DISTINCT "day" FROM "CostFact" WHERE "source" = ? AND "day" < ? AND "resourceKey" <> 0 ORDER BY "day"',
    source,
    before,
  );
  const days = rows.map((row) => row.day);
  for (const day of days) {
    const key = '"source", "billId", "day", "focusKeyId", "tagSetId", "currency"';
    const [last] = await tx.$queryRawUnsafe<{ id: number }[]>('SELECT MAX("id") AS id FROM "CostFact"');
    await tx.$executeRawUnsafe(
      `INSERT INTO "CostFact" (${key}, "resourceKey", "rows", ${COLUMNS.join(', ')})
       SELECT ${key}, 0, SUM("rows"), ${SUMS} FROM "CostFact" WHERE "source" = ? AND "day" = ? GROUP BY ${key}`,
      source,
      day,
    );
    await tx.$executeRawUnsafe(
      'DELETE FROM "CostFact" WHERE "source" = ? AND "day" = ? AND "id" <= ?',
      source,
      day,
      last?.id ?? 0,
    );
  }
  return days;
}

function fieldOf(column: string): string {
  return column.charAt(0).toLowerCase() + column.slice(1);
}
