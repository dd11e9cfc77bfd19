/** Usage as vendors meter it, fine enough to be priced: replaced by days, in bulk, inside the caller's transaction. */
import type { Day } from '../core/day.ts';
import type { StoreTransaction } from './open.ts';

/** One day's quantity of one meter, as a source reports it. */
export interface MeteredRow {
  readonly day: Day;
  readonly provider: string;
  readonly service: string;
  /** The vendor's name of the language model. */
  readonly model: string;
  readonly meter: string;
  readonly tier: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Whole units. */
  readonly quantity: bigint;
}

export interface DaySpan {
  readonly start: Day;
  readonly end: Day;
}

/** Rows per statement. */
const CHUNK = 5_000;

/** Rows in place of everything the source had on these days. Rows that say the same are added up; zeros are left out. */
export async function replaceMeteredUsage(
  tx: StoreTransaction,
  source: string,
  days: DaySpan,
  rows: readonly MeteredRow[],
): Promise<void> {
  await tx.$executeRawUnsafe(
    'DELETE FROM "MeteredUsage" WHERE "source" = ? AND "day" BETWEEN ? AND ?',
    source,
    days.start,
    days.end,
  );
  const sums = addUp(rows);
  for (let start = 0; start < sums.length; start += CHUNK)
    await tx.$executeRawUnsafe(
      `INSERT INTO "MeteredUsage" ("source", "day", "provider", "service", "model", "meter", "tier", "tags", "quantity")
       SELECT ?, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6,
         CAST(value->>7 AS INTEGER) FROM json_each(?)`,
      source,
      JSON.stringify(sums.slice(start, start + CHUNK)),
    );
}

/** [day, provider, service, model, meter, tier, tags, quantity], 64-bit numbers as text. */
function addUp(rows: readonly MeteredRow[]): string[][] {
  const sums = new Map<string, { columns: string[]; quantity: bigint }>();
  for (const { day, provider, service, model, meter, tier, tags, quantity } of rows) {
    const columns = [day, provider, service, model, meter, tier, sortedJson(tags)];
    const key = JSON.stringify(columns);
    sums.set(key, { columns, quantity: (sums.get(key)?.quantity ?? 0n) + quantity });
  }
  return [...sums.values()]
    .filter(({ quantity }) => quantity !== 0n)
    .map(({ columns, quantity }) => [...columns, `${quantity}`]);
}

function sortedJson(tags: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** A source's metered usage of the days from start to end, both included. */
export async function readMeteredUsage(
  tx: StoreTransaction,
  source: string,
  days: DaySpan,
): Promise<MeteredRow[]> {
  const rows = await tx.$queryRawUnsafe<StoredRow[]>(
    `SELECT "day" AS day, "provider" AS provider, "service" AS service, "model" AS model, "meter" AS meter,
       "tier" AS tier, "tags" AS tags, CAST("quantity" AS TEXT) AS quantity
     FROM "MeteredUsage" WHERE "source" = ? AND "day" BETWEEN ? AND ? ORDER BY "id"`,
    source,
    days.start,
    days.end,
  );
  return rows.map((row) => ({ ...row, tags: JSON.parse(row.tags), quantity: BigInt(row.quantity) }));
}

type StoredRow = Omit<MeteredRow, 'tags' | 'quantity'> & { readonly tags: string; readonly quantity: string };

/** Every source that has metered usage, with its first and last day of it. */
export async function meteredSources(tx: StoreTransaction): Promise<(DaySpan & { source: string })[]> {
  return tx.$queryRawUnsafe(
    `SELECT "source" AS source, MIN("day") AS start, MAX("day") AS end FROM "MeteredUsage" GROUP BY 1 ORDER BY 1`,
  );
}

/** What was metered, without quantities. */
export type MeterKind = Pick<MeteredRow, 'day' | 'provider' | 'service' | 'model' | 'meter' | 'tier'> & {
  readonly source: string;
};

/** Kinds of usage a source has on the days from start to end, both included. */
export async function readMeterKinds(
  tx: StoreTransaction,
  source: string,
  days: DaySpan,
): Promise<MeterKind[]> {
  return tx.$queryRawUnsafe(
    `SELECT DISTINCT "source" AS source, "day" AS day, "provider" AS provider, "service" AS service,
       "model" AS model, "meter" AS meter, "tier" AS tier
     FROM "MeteredUsage" WHERE "source" = ? AND "day" BETWEEN ? AND ?`,
    source,
    days.start,
    days.end,
  );
}

/** Kinds of usage on days after what is complete in their source, from start to end, both included. */
export async function openMeterKinds(tx: StoreTransaction, days: DaySpan): Promise<MeterKind[]> {
  return tx.$queryRawUnsafe(
    `SELECT DISTINCT m."source" AS source, m."day" AS day, m."provider" AS provider, m."service" AS service,
       m."model" AS model, m."meter" AS meter, m."tier" AS tier
     FROM "Source" s CROSS JOIN "MeteredUsage" m ON m."source" = s."name"
       AND m."day" BETWEEN MAX(?, COALESCE(date(s."watermark", '+1 day'), '')) AND ?
     WHERE ${HAS_BILL}`,
    days.start,
    days.end,
  );
}

/** Usage of a source without any bill is billed elsewhere: it is not priced. */
const HAS_BILL = 'EXISTS (SELECT 1 FROM "Bill" b WHERE b."source" = s."name")';

/** The different tags of one kind of usage. */
export async function tagsOfMeter(
  tx: StoreTransaction,
  kind: MeterKind,
): Promise<Readonly<Record<string, string>>[]> {
  const { source, day, provider, service, model, meter, tier } = kind;
  const rows = await tx.$queryRawUnsafe<{ tags: string }[]>(
    `SELECT DISTINCT "tags" AS tags FROM "MeteredUsage" WHERE "source" = ? AND "day" = ? AND "provider" = ?
       AND "service" = ? AND "model" = ? AND "meter" = ? AND "tier" = ?`,
    source,
    day,
    provider,
    service,
    model,
    meter,
    tier,
  );
  return rows.map((row) => JSON.parse(row.tags));
}
