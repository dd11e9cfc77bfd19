/** Sums over both layers, for checks and before/after figures. */
import { DIMENSIONS, type Dimension } from '../core/dimension.ts';
import type { StoreTransaction } from './open.ts';

/** Share of the positive EffectiveCost that has each dimension, per currency; null when there is none. */
export async function allocatedSums(
  tx: StoreTransaction,
): Promise<Map<string, Map<Dimension, number | null>>> {
  const shares = DIMENSIONS.map(
    (d) =>
      `CAST(SUM(CASE WHEN "${d}" IS NOT NULL THEN "effectiveMicros" END) AS REAL) / SUM("effectiveMicros") "${d}"`,
  ).join(', ');
  const rows = await tx.$queryRawUnsafe<({ currency: string } & Record<Dimension, number | null>)[]>(
    `SELECT "currency" currency, ${shares} FROM "DailyCost" WHERE "effectiveMicros" > 0 GROUP BY "currency"`,
  );
  return new Map(
    rows.map((row) => [
      row.currency,
      new Map(DIMENSIONS.map((dimension) => [dimension, row[dimension] ?? 0])),
    ]),
  );
}

/** EffectiveCost and BilledCost per day and currency in both layers, as text: equal when nothing was lost. */
export async function layerTotals(
  tx: StoreTransaction,
): Promise<{ day: string; facts: string; daily: string }[]> {
  const sums = `"day" day, "currency" currency, COALESCE(SUM("effectiveMicros"), 0) || '/' || COALESCE(SUM("billedMicros"), 0) sums`;
  return tx.$queryRawUnsafe(
    `SELECT f.day day, f.sums facts, COALESCE(d.sums, 'missing') daily
     FROM (SELECT ${sums} FROM "CostFact" GROUP BY 1, 2) f
     LEFT JOIN (SELECT ${sums} FROM "DailyCost" GROUP BY 1, 2) d ON d.day = f.day AND d.currency = f.currency`,
  );
}

/** Days of which no fact names a resource any more, and the last of them. */
export async function daysWithoutResources(tx: StoreTransaction): Promise<{ days: number; last?: string }> {
  const rows = await tx.$queryRawUnsafe<{ day: string }[]>(
    'SELECT "day" day FROM "CostFact" GROUP BY "day" HAVING MAX("resourceKey") = 0 ORDER BY "day"',
  );
  return { days: rows.length, last: rows.at(-1)?.day };
}
