/** Estimates until bills arrive, and what became of them: bulk SQL, no decisions. */
import { addDays, type Day } from '../core/day.ts';
import { type Allocation, DIMENSIONS } from '../core/dimension.ts';
import { ATTOS_PER_MICRO, attosToMicros } from '../core/money.ts';
import type { CostFilter } from './daily-costs.ts';
import type { DaySpan } from './metered-usage.ts';
import type { StoreTransaction } from './open.ts';

export interface EstimateRow {
  readonly day: Day;
  readonly provider: string;
  readonly service: string;
  readonly llmModel: string;
  readonly allocation: Allocation;
  readonly currency: string;
  readonly micros: bigint;
}

/** Rows per statement. */
const CHUNK = 5_000;

/** Rows in place of everything that was estimated for the source on these days. */
export async function replaceEstimates(
  tx: StoreTransaction,
  source: string,
  days: DaySpan,
  rows: readonly EstimateRow[],
): Promise<void> {
  await tx.$executeRawUnsafe(
    'DELETE FROM "Estimate" WHERE "source" = ? AND "day" BETWEEN ? AND ?',
    source,
    days.start,
    days.end,
  );
  const names = DIMENSIONS.map((dimension) => `"${dimension}"`).join(', ');
  const values = DIMENSIONS.map((_, index) => `value->>${index + 6}`).join(', ');
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows
      .slice(start, start + CHUNK)
      .map(({ day, provider, service, llmModel, currency, micros, allocation }) => [
        day,
        provider,
        service,
        llmModel,
        currency,
        // 64-bit numbers travel as text: JSON numbers would lose their low digits.
        `${micros}`,
        ...DIMENSIONS.map((dimension) => allocation[dimension] ?? null),
      ]);
    await tx.$executeRawUnsafe(
      `INSERT INTO "Estimate" ("source", "day", "provider", "service", "llmModel", "currency", "micros", ${names})
       SELECT ?, value->>0, value->>1, value->>2, value->>3, value->>4, CAST(value->>5 AS INTEGER), ${values}
       FROM json_each(?)`,
      source,
      JSON.stringify(chunk),
    );
  }
}

/** Whether any bill of the source is stored. */
export async function hasBill(tx: StoreTransaction, source: string): Promise<boolean> {
  return (await tx.bill.count({ where: { source } })) > 0;
}

/** Bills later than this are compared when their days are fetched again. */
const LOOK_BACK_DAYS = 35;

/** Days with estimates up to `through` that are among `again`, or of the weeks before and never compared with their bill. */
export async function daysToCheck(
  tx: StoreTransaction,
  source: string,
  { through, again }: { through: Day; again: DaySpan },
): Promise<Day[]> {
  const rows = await tx.$queryRawUnsafe<{ day: Day }[]>(
    `SELECT DISTINCT e."day" AS day FROM "Estimate" e WHERE e."source" = ? AND e."day" <= ? AND (
       e."day" BETWEEN ? AND ? OR (e."day" > ?
         AND e."day" NOT IN (SELECT c."day" FROM "EstimateCheck" c WHERE c."source" = ?)))
     ORDER BY 1`,
    source,
    through,
    again.start,
    again.end,
    addDays(through, -LOOK_BACK_DAYS),
    source,
  );
  return rows.map((row) => row.day);
}

/** An amount per day and model of one currency. */
export interface ModelAmount {
  readonly day: Day;
  readonly llmModel: string;
  readonly currency: string;
  readonly micros: bigint;
}

export async function estimatedPerModel(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
): Promise<ModelAmount[]> {
  const rows = await tx.$queryRawUnsafe<(Omit<ModelAmount, 'micros'> & { micros: string })[]>(
    `SELECT "day" AS day, "llmModel" AS llmModel, "currency" AS currency, CAST(SUM("micros") AS TEXT) AS micros
     FROM "Estimate" WHERE "source" = ? AND "day" IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3`,
    source,
    JSON.stringify(days),
  );
  return rows.map((row) => ({ ...row, micros: BigInt(row.micros) }));
}

/** What the bill says usage cost per value of a tag; charges without the tag are left out. */
export async function billedPerTag(
  tx: StoreTransaction,
  source: string,
  days: readonly Day[],
  tag: string,
): Promise<ModelAmount[]> {
  const rows = await tx.$queryRawUnsafe<
    (Omit<ModelAmount, 'micros'> & { micros: string; residue: string })[]
  >(
    `SELECT f."day" AS day, t.value AS llmModel, f."currency" AS currency,
       CAST(SUM(COALESCE(f."billedMicros", f."effectiveMicros")) AS TEXT) AS micros,
       CAST(SUM(COALESCE(IIF(f."billedMicros" IS NULL, f."effectiveResidue", f."billedResidue"), 0)) AS TEXT) AS residue
     FROM "CostFact" f JOIN "FocusKey" k ON k."id" = f."focusKeyId" JOIN "TagSet" s ON s."id" = f."tagSetId",
       json_each(s."tags") t
     WHERE f."source" = ? AND f."day" IN (SELECT value FROM json_each(?)) AND t.key = ? AND t.value <> ''
       AND k."chargeCategory" = 'Usage' AND COALESCE(f."billedMicros", f."effectiveMicros") IS NOT NULL
     GROUP BY 1, 2, 3`,
    source,
    JSON.stringify(days),
    tag,
  );
  return rows.map(({ micros, residue, ...row }) => ({
    ...row,
    micros: attosToMicros(BigInt(micros) * ATTOS_PER_MICRO + BigInt(residue)),
  }));
}

export interface EstimateCheckRow {
  readonly day: Day;
  readonly llmModel: string;
  readonly currency: string;
  readonly estimatedMicros: bigint;
  readonly billedMicros: bigint;
}

/** Checks in place of those that the source had of these days. */
export async function replaceChecks(
  tx: StoreTransaction,
  source: string,
  { days, rows, at }: { days: readonly Day[]; rows: readonly EstimateCheckRow[]; at: Date },
): Promise<void> {
  await tx.$executeRawUnsafe(
    'DELETE FROM "EstimateCheck" WHERE "source" = ? AND "day" IN (SELECT value FROM json_each(?))',
    source,
    JSON.stringify(days),
  );
  for (let start = 0; start < rows.length; start += CHUNK)
    await tx.estimateCheck.createMany({
      data: rows.slice(start, start + CHUNK).map((row) => ({ ...row, source, checkedAt: at })),
    });
}

/** Estimate and bill per source, model and currency over the newest `days` checked days of each source. */
export async function sumChecks(
  store: StoreTransaction,
  days: number,
): Promise<(Omit<EstimateCheckRow, 'day'> & { readonly source: string; readonly days: number })[]> {
  const rows = await store.$queryRawUnsafe<
    {
      source: string;
      llmModel: string;
      currency: string;
      days: bigint | number;
      est: string;
      billed: string;
    }[]
  >(
    `WITH checked AS (
       SELECT "source", "day", DENSE_RANK() OVER (PARTITION BY "source" ORDER BY "day" DESC) AS age, "llmModel",
         "currency", "estimatedMicros", "billedMicros" FROM "EstimateCheck")
     SELECT "source" AS source, "llmModel" AS llmModel, "currency" AS currency, COUNT(*) AS days,
       CAST(SUM("estimatedMicros") AS TEXT) AS est, CAST(SUM("billedMicros") AS TEXT) AS billed
     FROM checked WHERE age <= ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    days,
  );
  return rows.map((row) => ({
    source: row.source,
    llmModel: row.llmModel,
    currency: row.currency,
    days: Number(row.days),
    estimatedMicros: BigInt(row.est),
    billedMicros: BigInt(row.billed),
  }));
}

/** Something estimated on a day that is not complete, beside what has arrived of its bill. */
export interface OpenEstimate {
  readonly source: string;
  readonly day: Day;
  readonly currency: string;
  readonly estimatedMicros: bigint;
  /** Null while nothing has arrived. */
  readonly arrivedMicros: bigint | null;
}

type EstimateColumn = Exclude<keyof CostFilter, 'region' | 'account' | 'category'>;
export type EstimateFilter = { readonly [C in EstimateColumn]?: string | null };

/**
 * Estimates of days after each source's last complete day, from start to end, both included, with what the same
 * provider, service and model (as allocated) cost already on that day in the same currency.
 */
export async function readOpenEstimates(
  store: StoreTransaction,
  { filter, start, end }: DaySpan & { readonly filter: EstimateFilter },
): Promise<OpenEstimate[]> {
  const filters = Object.entries(filter);
  const where = (table: string) =>
    filters
      .map(([column, value]) => `AND ${table}."${column}" IS ${value === null ? 'NULL' : '?'}`)
      .join(' ');
  const values = filters.flatMap(([, value]) => value ?? []);
  const rows = await store.$queryRawUnsafe<
    { source: string; day: Day; currency: string; estimated: string; arrived: string | null }[]
  >(
    // The sources come first, so that only their incomplete days are read.
    `WITH open AS (
       SELECT e."source", e."day", e."currency", e."provider", e."service", e."model", SUM(e."micros") AS micros
       FROM "Source" s CROSS JOIN "Estimate" e ON e."source" = s."name"
         AND e."day" BETWEEN MAX(?, COALESCE(date(s."watermark", '+1 day'), '')) AND ?
       WHERE true ${where('e')} GROUP BY 1, 2, 3, 4, 5, 6),
     arrived AS (
       SELECT c."source", c."day", c."currency", c."provider", c."service", c."model",
         SUM(COALESCE(c."billedMicros", c."effectiveMicros")) AS micros
       FROM "DailyCost" c WHERE c."day" IN (SELECT "day" FROM open) AND c."source" IN (SELECT "source" FROM open)
         AND c."category" = 'Usage' AND c."split" IS NULL ${where('c')} GROUP BY 1, 2, 3, 4, 5, 6)
     SELECT o."source" AS source, o."day" AS day, o."currency" AS currency, CAST(o.micros AS TEXT) AS estimated,
       CAST(a.micros AS TEXT) AS arrived
     FROM open o LEFT JOIN arrived a ON a."source" = o."source" AND a."day" = o."day" AND a."currency" = o."currency"
       AND a."provider" = o."provider" AND a."service" = o."service" AND a."model" IS o."model"
     ORDER BY 2, 1`,
    start,
    end,
    ...values,
    ...values,
  );
  return rows.map(({ estimated, arrived, ...row }) => ({
    ...row,
    estimatedMicros: BigInt(estimated),
    arrivedMicros: arrived === null ? null : BigInt(arrived),
  }));
}
