/** Daily sums for explanations: what a scope's direct usage cost, by every column, in two queries. */
import type { Day } from '../core/day.ts';
import type { Breakdown } from '../core/dimension.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import type { Grain } from '../core/series.ts';
import { type CostFilter, factCosts } from './daily-costs.ts';
import type { Store } from './open.ts';

/** One day's EffectiveCost of one value of a column. */
export interface ChangePart<Column extends string = string> {
  readonly column: Column;
  readonly key: string | null;
  readonly day: Day;
  readonly currency: string;
  /** 10^-18 of the currency; null when the bill does not say it. */
  readonly attos: bigint | null;
}

interface Range {
  readonly filter: CostFilter;
  /** Both included. */
  readonly start: Day;
  readonly end: Day;
}

type DailyColumn = Exclude<Breakdown, 'resource' | 'category'>;

/** A pool of shared cost: its parts count where they were taken from, not where they went. */
export interface PoolPlace {
  readonly split: string;
  readonly team: string | null;
  readonly model: string | null;
}

/** What is charged for use; refunds and corrections that take money back are no change of usage. */
const CHARGED = `c."category" = 'Usage' AND c."effectiveMicros" > 0`;

/**
 * Sums per day (or hour) and value of each column from the allocated layer; the rows are read once. Taxes, credits,
 * purchases and adjustments are left out. Parts of the pools given come once, as cost of the pool; other shared parts not
 * at all.
 */
export async function readChangeParts<C extends DailyColumn>(
  store: Store,
  query: Range & {
    readonly columns: readonly C[];
    readonly grain: Grain;
    readonly pools: readonly PoolPlace[];
  },
): Promise<ChangePart<C>[]> {
  const { sql, values } = scopedRows(query);
  const sums = query.columns.map(
    (column) => `SELECT '${column}' "column", "${column}" "key", ${SUMS} FROM scoped GROUP BY 2, 3, 4`,
  );
  const rows = await store.$queryRawUnsafe<SumRow<C>[]>(`${sql} ${sums.join(' UNION ALL ')}`, ...values);
  return rows.map(toPart);
}

/** Sums per day and source of the same rows. */
export async function readPlaceDays(
  store: Store,
  query: Range & { readonly pools: readonly PoolPlace[] },
): Promise<ChangePart<'source'>[]> {
  const { sql, values } = scopedRows({ ...query, columns: ['source'], grain: 'day' });
  const rows = await store.$queryRawUnsafe<SumRow<'source'>[]>(
    `${sql} SELECT 'source' "column", "source" "key", ${SUMS} FROM scoped GROUP BY 2, 3, 4`,
    ...values,
  );
  return rows.map(toPart);
}

/** The rows in scope as a common table. Hours have neither what rounding left over nor shared parts. */
function scopedRows({
  filter,
  start,
  end,
  columns,
  grain,
  pools,
}: Range & {
  readonly columns: readonly (DailyColumn | 'source')[];
  readonly grain: Grain;
  readonly pools: readonly PoolPlace[];
}): { sql: string; values: unknown[] } {
  const hourly = grain === 'hour';
  const conditions = Object.entries(filter);
  const where = (entries: typeof conditions) =>
    entries.map(([column, value]) => `AND c."${column}" IS ${value === null ? 'NULL' : '?'}`).join(' ');
  const given = (entries: typeof conditions) => entries.flatMap(([, value]) => value ?? []);
  const step = hourly ? 'hour' : 'day';
  const residue = hourly ? '0' : 'COALESCE(c."effectiveResidue", 0)';
  const select = (replaced: Readonly<Record<string, string>>) =>
    `SELECT c."${step}" "day", ${columns.map((column) => `${replaced[column] ?? `c."${column}"`} "${column}"`).join(', ')},
       c."currency", c."effectiveMicros" micros, ${residue} residue
     FROM "${hourly ? 'HourlyCost' : 'DailyCost'}" c WHERE c."${step}" BETWEEN ? AND ? AND ${CHARGED}`;
  const days = [start, hourly ? `${end}T23` : end];
  const direct = `${select({})} ${hourly ? '' : 'AND c."split" IS NULL'} ${where(conditions)}`;
  if (hourly || pools.length === 0)
    return { sql: `WITH scoped AS MATERIALIZED (${direct})`, values: [...days, ...given(conditions)] };
  // Whose a part is now does not matter: the pool's own team and model were matched already.
  const rest = conditions.filter(([column]) => column !== 'team' && column !== 'model');
  const shared = `${select({ team: 'p.value->>1', model: 'p.value->>2' }).replace(' WHERE ', ` JOIN json_each(?) p ON p.value->>0 = c."split" WHERE `)} ${where(rest)}`;
  return {
    sql: `WITH scoped AS MATERIALIZED (${direct} UNION ALL ${shared})`,
    values: [
      ...days,
      ...given(conditions),
      JSON.stringify(pools.map(({ split, team, model }) => [split, team, model])),
      ...days,
      ...given(rest),
    ],
  };
}

/**
 * The same from the bill's own layer, by SKU and by resource. A SKU's key is JSON [service, SkuId, SkuMeter,
 * ChargeDescription, language model of the tag "model"]; a resource's is its id or name, null where none is kept.
 */
export async function readFactParts(
  store: Store,
  { filter, start, end }: Range,
): Promise<ChangePart<'sku' | 'resource'>[]> {
  const { from, sql, values } = factCosts({ ...filter, category: 'Usage' });
  const rows = await store.$queryRawUnsafe<SumRow<'sku' | 'resource'>[]>(
    `WITH scoped AS MATERIALIZED (
       SELECT c."day", json_array(k."serviceName", k."skuId", k."skuMeter", k."chargeDescription",
           json_extract(t."tags", '$.model')) sku,
         COALESCE(r."resourceId", r."resourceName") resource, c."currency",
         c."effectiveMicros" micros, COALESCE(c."effectiveResidue", 0) residue
       FROM ${from} JOIN "TagSet" t ON t."id" = c."tagSetId" WHERE c."day" BETWEEN ? AND ? ${sql})
     SELECT 'sku' "column", sku "key", ${SUMS} FROM scoped GROUP BY 2, 3, 4
     UNION ALL SELECT 'resource' "column", resource "key", ${SUMS} FROM scoped GROUP BY 2, 3, 4`,
    start,
    end,
    ...values,
  );
  return rows.map(toPart);
}

const SUMS = `"day", "currency", CAST(SUM(micros) AS TEXT) micros, CAST(SUM(residue) AS TEXT) residue`;

interface SumRow<C extends string> {
  readonly column: C;
  readonly key: string | null;
  readonly day: Day;
  readonly currency: string;
  readonly micros: string | null;
  readonly residue: string;
}

function toPart<C extends string>({ micros, residue, ...part }: SumRow<C>): ChangePart<C> {
  return { ...part, attos: micros === null ? null : BigInt(micros) * ATTOS_PER_MICRO + BigInt(residue) };
}
