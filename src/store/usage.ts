/** Usage per day: written in bulk inside the caller's transaction, read as exact sums. */
import type { Day } from '../core/day.ts';
import { DIMENSIONS } from '../core/dimension.ts';
import type { UsageColumn, UsageMetric, UsageRow, UsageSum } from '../core/usage.ts';
import type { StoreTransaction } from './open.ts';

/** Kind of the sources that hold usage and no bills. */
export const USAGE_KIND = 'usage';

export const USAGE_COLUMNS = [...DIMENSIONS, 'provider', 'service'] as const satisfies readonly UsageColumn[];

/** Columns equal to these values; null means that the usage does not say it. */
export type UsageFilter = { readonly [C in UsageColumn]?: string | null };

export interface UsageQuery {
  readonly metric: UsageMetric;
  readonly start: Day;
  readonly end: Day;
  /** Column to group by besides the day; absent for totals (key is then null). */
  readonly by?: UsageColumn;
  readonly filter?: UsageFilter;
}

export interface UsageAmount {
  readonly day: Day;
  readonly key: string | null;
  /** Sum in micro-units of the metric. */
  readonly quantityMicros: bigint;
  /** How many rows were added up: divide by it for what is averaged, such as quality. */
  readonly rows: number;
}

/**
 * Usage of one metric per day and key, from start to end, both included. Usage that names a model but no team
 * belongs to the model's team, as its cost does. Days without usage have no row: that is unknown, not zero.
 */
export async function readUsage(store: StoreTransaction, query: UsageQuery): Promise<UsageAmount[]> {
  const { metric, by, ...rest } = query;
  const sums = await sumUsage(store, { ...rest, metrics: [metric], by: by ? [by] : [] });
  return sums.map(({ day, quantityMicros, rows, keys }) => ({
    day,
    key: by ? (keys[by] ?? null) : null,
    quantityMicros,
    rows,
  }));
}

export type UsageKeys = { readonly [C in UsageColumn]?: string | null };

/** Usage of several metrics per day and combination of columns, from start to end, both included. */
export async function sumUsage(
  store: StoreTransaction,
  query: {
    readonly metrics: readonly UsageMetric[];
    readonly start: Day;
    readonly end: Day;
    readonly by: readonly UsageColumn[];
    readonly filter?: UsageFilter;
    /** Only days up to which the source's usage is complete. */
    readonly completeOnly?: boolean;
  },
): Promise<(UsageSum & { readonly keys: UsageKeys })[]> {
  const filters = Object.entries(query.filter ?? {});
  const needsTeam = query.by.includes('team') || filters.some(([column]) => column === 'team');
  const column = (name: string) => (name === 'team' ? TEAM : `u."${name}"`);
  const where = filters.map(([name, value]) => `AND ${column(name)} IS ${value === null ? 'NULL' : '?'}`);
  const keys = query.by.map((name) => `, ${column(name)} AS "key_${name}"`).join('');
  const groups = query.by.map((_, index) => `, ${index + 6}`).join('');
  const rows = await store.$queryRawUnsafe<SumRow[]>(
    `${needsTeam ? TEAM_OF_MODEL : ''}SELECT u."day" AS day, u."metric" AS metric, ${QUANTITY}${keys}
     FROM "UsageFact" u ${needsTeam ? 'LEFT JOIN known k ON k.model = u."model"' : ''}
     ${query.completeOnly ? 'JOIN "Source" s ON s."name" = u."source" AND u."day" <= s."watermark"' : ''}
     WHERE u."metric" IN (SELECT value FROM json_each(?)) AND u."day" BETWEEN ? AND ? ${where.join(' ')}
     GROUP BY 1, 2${groups} ORDER BY 1, 2${groups}`,
    JSON.stringify(query.metrics),
    query.start,
    query.end,
    ...filters.flatMap(([, value]) => value ?? []),
  );
  return rows.map((row) => ({
    day: row.day,
    metric: row.metric,
    quantityMicros: quantityOf(row),
    rows: Number(row.rows),
    keys: Object.fromEntries(query.by.map((name) => [name, row[`key_${name}`] ?? null])),
  }));
}

type SumRow = {
  readonly day: Day;
  readonly metric: UsageMetric;
  readonly whole: string;
  readonly rest: string;
  readonly rows: number | bigint;
} & { readonly [C in `key_${UsageColumn}`]?: string | null };

const TEAM = 'COALESCE(u."team", k.team)';

/**
 * The team a model is configured for, else the only one its direct costs are allocated to. Allocations that only
 * bills had which were corrected since do not count. The "+" keeps SQLite to the index by model: a team has far more.
 */
const TEAM_OF_MODEL = `WITH known(model, team) AS (
  SELECT "name", "teamName" FROM "Model" WHERE "teamName" IS NOT NULL
  UNION ALL
  SELECT a."model", MIN(a."team") FROM (SELECT DISTINCT "model", "team" FROM "AllocationKey") a
  WHERE a."model" IS NOT NULL AND a."model" NOT IN (SELECT "name" FROM "Model" WHERE "teamName" IS NOT NULL)
    AND EXISTS (SELECT 1 FROM "DailyCost" c WHERE c."model" = a."model" AND +c."team" = a."team" AND c."split" IS NULL)
  GROUP BY a."model" HAVING COUNT(*) = 1) `;

/** Whether any usage was ever imported. */
export async function hasUsage(store: StoreTransaction): Promise<boolean> {
  const rows = await store.$queryRawUnsafe<unknown[]>('SELECT 1 AS one FROM "UsageFact" LIMIT 1');
  return rows.length > 0;
}

/** Rows per statement. */
const CHUNK = 5_000;

export async function addUsage(
  tx: StoreTransaction,
  source: string,
  rows: readonly UsageRow[],
): Promise<void> {
  const columns = USAGE_COLUMNS.map((column) => `"${column}"`).join(', ');
  const values = USAGE_COLUMNS.map((_, index) => `value->>${index + 3}`).join(', ');
  for (let start = 0; start < rows.length; start += CHUNK) {
    // 64-bit numbers travel as text: JSON numbers would lose their low digits.
    const chunk = rows
      .slice(start, start + CHUNK)
      .map(({ day, metric, quantityMicros, dimensions }) => [
        day,
        metric,
        `${quantityMicros}`,
        ...USAGE_COLUMNS.map((column) => dimensions[column] ?? null),
      ]);
    await tx.$executeRawUnsafe(
      `INSERT INTO "UsageFact" ("source", "day", "metric", "quantityMicros", ${columns})
       SELECT ?, value->>0, value->>1, CAST(value->>2 AS INTEGER), ${values} FROM json_each(?)`,
      source,
      JSON.stringify(chunk),
    );
  }
}

/** Deletes a source's usage of whole (metric, day) pairs and returns how many rows there were. */
export async function deleteUsage(
  tx: StoreTransaction,
  source: string,
  pairs: readonly { readonly metric: UsageMetric; readonly day: Day }[],
): Promise<number> {
  return tx.$executeRawUnsafe(
    `DELETE FROM "UsageFact" WHERE "source" = ? AND ("metric", "day") IN
       (SELECT value->>0, value->>1 FROM json_each(?))`,
    source,
    JSON.stringify(pairs.map(({ metric, day }) => [metric, day])),
  );
}

/** What a source holds of these metrics and days, per metric. */
export async function sumStoredUsage(
  tx: StoreTransaction,
  source: string,
  pairs: readonly { readonly metric: UsageMetric; readonly day: Day }[],
): Promise<{ metric: UsageMetric; quantityMicros: bigint; rows: number }[]> {
  const rows = await tx.$queryRawUnsafe<Omit<SumRow, 'day'>[]>(
    `SELECT "metric" AS metric, ${QUANTITY} FROM "UsageFact" u WHERE "source" = ? AND ("metric", "day") IN
       (SELECT value->>0, value->>1 FROM json_each(?)) GROUP BY 1`,
    source,
    JSON.stringify(pairs.map(({ metric, day }) => [metric, day])),
  );
  return rows.map((row) => ({ metric: row.metric, quantityMicros: quantityOf(row), rows: Number(row.rows) }));
}

/** Other sources that hold usage of the same metrics, days and names too, and on how many days: it is added up. */
export async function usageHeldTwice(
  tx: StoreTransaction,
  source: string,
  pairs: readonly { readonly metric: UsageMetric; readonly day: Day }[],
): Promise<{ source: string; days: number }[]> {
  const names = USAGE_COLUMNS.map((column) => `"${column}"`).join(', ');
  const rows = await tx.$queryRawUnsafe<{ source: string; days: number | bigint }[]>(
    `WITH mine AS (SELECT value->>0 AS metric, value->>1 AS day FROM json_each(?)), twice AS (
       SELECT u."day" AS day, json_group_array(DISTINCT u."source") AS sources FROM "UsageFact" u
       WHERE (u."metric", u."day") IN (SELECT metric, day FROM mine) GROUP BY u."day", u."metric", ${names}
       HAVING COUNT(DISTINCT u."source") > 1 AND SUM(u."source" = ?) > 0)
     SELECT s.value AS source, COUNT(DISTINCT day) AS days FROM twice, json_each(twice.sources) s
     WHERE s.value <> ? GROUP BY 1 ORDER BY 1`,
    JSON.stringify(pairs.map(({ metric, day }) => [metric, day])),
    source,
    source,
  );
  return rows.map((row) => ({ source: row.source, days: Number(row.days) }));
}

/** Whole units and the rest are added apart: a sum of micro-units could be too large for SQLite's integers. */
const QUANTITY = `CAST(SUM(u."quantityMicros" / 1000000) AS TEXT) AS whole,
  CAST(SUM(u."quantityMicros" % 1000000) AS TEXT) AS rest, COUNT(*) AS rows`;

function quantityOf({ whole, rest }: Pick<SumRow, 'whole' | 'rest'>): bigint {
  return BigInt(whole) * 1_000_000n + BigInt(rest);
}

/** Every value that usage has in a column. */
export async function usageValues(tx: StoreTransaction, column: UsageColumn): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ value: string }[]>(
    `SELECT DISTINCT "${column}" AS value FROM "UsageFact" WHERE "${column}" IS NOT NULL`,
  );
  return rows.map((row) => row.value);
}

/** Writes one value of a column as another. */
export async function renameUsageValue(
  tx: StoreTransaction,
  column: UsageColumn,
  from: string,
  to: string,
): Promise<void> {
  await tx.$executeRawUnsafe(`UPDATE "UsageFact" SET "${column}" = ? WHERE "${column}" = ?`, to, from);
}
