/** Reads what splits gave out in the allocated layer, and what they could not. */
import type { CostRow } from '../core/cost.ts';
import type { Day } from '../core/day.ts';
import type { Basis } from '../core/dimension.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import type { CostFilter } from './daily-costs.ts';
import type { StoreTransaction } from './open.ts';
import { DIRECT, inPool, NOT_EMPTY, type Pool, sumSql, toAmount } from './pool.ts';

/** What each split gave out on these days by name; null stands for direct cost. Sums of one basis per day and currency. */
export async function readShared(
  store: StoreTransaction,
  query: {
    readonly filter: CostFilter;
    readonly start: Day;
    readonly end: Day;
    readonly basis: Basis;
    /** Only the parts of these splits. */
    readonly only?: readonly string[];
  },
): Promise<CostRow[]> {
  const { start, end, basis, only } = query;
  const filters = Object.entries(query.filter);
  const where = filters.map(([column, value]) => `AND "${column}" ${value === null ? 'IS NULL' : '= ?'}`);
  const rows = await store.$queryRawUnsafe<
    { day: Day; key: string | null; currency: string; sum: string | null }[]
  >(
    `SELECT "day" day, "split" key, "currency" currency,
       ${sumSql(basis)} sum
     FROM "DailyCost" WHERE "day" BETWEEN ? AND ? ${where.join(' ')}
       ${only ? 'AND "split" IN (SELECT value FROM json_each(?))' : ''} GROUP BY 1, 2, 3`,
    start,
    end,
    ...filters.flatMap(([, value]) => value ?? []),
    ...(only ? [JSON.stringify(only)] : []),
  );
  return rows.map(({ sum, ...row }) => ({ ...row, attos: toAttos(sum) }));
}

/** EffectiveCost of a pool that is still direct on these days. */
export async function readUnshared(
  store: StoreTransaction,
  query: { readonly days: readonly Day[]; readonly pool: Pool },
): Promise<Omit<CostRow, 'key'>[]> {
  const { sql, values } = inPool(query.pool);
  const rows = await store.$queryRawUnsafe<{ day: Day; currency: string; sum: string | null }[]>(
    `SELECT "day" day, "currency" currency,
       ${sumSql('effective')} sum
     FROM "DailyCost" WHERE ${DIRECT} AND ${NOT_EMPTY} AND ${sql} GROUP BY 1, 2`,
    JSON.stringify(query.days),
    ...values,
  );
  return rows.map(({ sum, ...row }) => ({ ...row, attos: toAttos(sum) }));
}

/** Names of the splits that gave out anything on these days. */
export async function splitsWithParts(store: StoreTransaction, days: readonly Day[]): Promise<string[]> {
  const rows = await store.$queryRawUnsafe<{ name: string }[]>(
    `SELECT DISTINCT "split" name FROM "DailyCost"
     WHERE "split" IS NOT NULL AND "day" IN (SELECT value FROM json_each(?))`,
    JSON.stringify(days),
  );
  return rows.map(({ name }) => name);
}

function toAttos(sum: string | null): bigint | null {
  const amount = toAmount(sum);
  return amount && amount.micros * ATTOS_PER_MICRO + amount.residue;
}
