/** Pools of shared cost in the allocated layer: read them, what surrounds them, and replace them by their parts. */
import type { Day } from '../core/day.ts';
import { BASES, type Basis, DIMENSIONS } from '../core/dimension.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import type { PoolColumn } from '../core/settings.ts';
import { AMOUNTS } from './amounts.ts';
import type { StoreTransaction } from './open.ts';
import { DIRECT, inPool, NOT_EMPTY, type Pool, type StoredAmount, sumSql, toAmount } from './pool.ts';

const COLUMNS = [
  'day',
  'source',
  ...DIMENSIONS,
  'provider',
  'service',
  'region',
  'account',
  'category',
  'currency',
] as const;
type Column = (typeof COLUMNS)[number];

/** Whose a cost is: everything of a row but its amounts. */
export type CostPlace = { readonly [C in Column]: string | null };

export interface CostLine {
  readonly place: CostPlace;
  /** Null where the bill does not have that cost column. */
  readonly amounts: Readonly<Record<Basis, StoredAmount | null>>;
}

/** A line of a pool and the parts it is replaced by, which differ from it in who has them. */
export interface SharedLine {
  readonly place: CostPlace;
  readonly parts: readonly CostPart[];
}

export interface CostPart {
  readonly place: { readonly [C in (typeof PLACED)[number]]: string | null };
  readonly amounts: CostLine['amounts'];
}

/** Columns that a part may have other values in than its pool. */
const PLACED = ['team', 'model', 'modelVersion', 'costCenter'] as const satisfies readonly Column[];

/** Columns that recipients decide: pool rows that differ in nothing else are shared as one. */
const DECIDED: Readonly<Record<'team' | 'model', readonly Column[]>> = {
  team: ['team', 'costCenter'],
  model: ['model', 'modelVersion'],
};
/** Rows per statement. */
const CHUNK = 5_000;

/** Texts that direct costs of these days have in a column. */
export async function textsOf(
  tx: StoreTransaction,
  days: readonly Day[],
  column: PoolColumn,
): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ text: string }[]>(
    `SELECT DISTINCT "${column}" text FROM "DailyCost" WHERE ${DIRECT} AND "${column}" IS NOT NULL`,
    JSON.stringify(days),
  );
  return rows.map(({ text }) => text);
}

/** Direct costs of a pool on these days. What recipients decide is null; rows without any amount are left alone. */
export async function readPool(
  tx: StoreTransaction,
  query: { readonly days: readonly Day[]; readonly pool: Pool; readonly among: 'team' | 'model' },
): Promise<CostLine[]> {
  const kept = COLUMNS.filter((column) => !DECIDED[query.among].includes(column));
  const { sql, values } = inPool(query.pool);
  const rows = await tx.$queryRawUnsafe<(Partial<CostPlace> & Record<string, string | null>)[]>(
    `SELECT ${kept.map((column) => `"${column}"`).join(', ')}, ${BASES.map((basis) => `${sumSql(basis)} "${basis}Sum"`).join(', ')} FROM "DailyCost"
     WHERE ${DIRECT} AND ${NOT_EMPTY} AND ${sql} GROUP BY ${kept.map((_, index) => index + 1).join(', ')}`,
    JSON.stringify(query.days),
    ...values,
  );
  return rows.map((row) => ({
    place: toPlace((column) => row[column] ?? null),
    amounts: toAmounts((basis) => row[`${basis}Sum`] ?? null),
  }));
}

function toPlace(textOf: (column: Column) => string | null): CostPlace {
  return Object.fromEntries(COLUMNS.map((column) => [column, textOf(column)])) as CostPlace;
}

function toAmounts(sumOf: (basis: Basis) => string | null): CostLine['amounts'] {
  const amount = (basis: Basis) => toAmount(sumOf(basis));
  return {
    effective: amount('effective'),
    billed: amount('billed'),
    list: amount('list'),
    contracted: amount('contracted'),
  };
}

export interface DirectCost {
  readonly day: Day;
  readonly currency: string;
  readonly name: string;
  readonly team: string | null;
  readonly costCenter: string | null;
  /** Positive EffectiveCost, 10^-18 of the currency. */
  readonly attos: bigint;
}

/** Direct costs above zero of every team (or model) on these days, without those of the pool. */
export async function readDirectCosts(
  tx: StoreTransaction,
  query: { readonly days: readonly Day[]; readonly pool: Pool; readonly among: 'team' | 'model' },
): Promise<DirectCost[]> {
  const { sql, values } = inPool(query.pool);
  const rows = await tx.$queryRawUnsafe<(Omit<DirectCost, 'attos'> & { micros: string; residue: string })[]>(
    `SELECT "day" day, "currency" currency, "${query.among}" name, "team" team, "costCenter" costCenter,
       CAST(SUM("effectiveMicros") AS TEXT) micros, CAST(SUM(COALESCE("effectiveResidue", 0)) AS TEXT) residue
     FROM "DailyCost" WHERE ${DIRECT} AND "${query.among}" IS NOT NULL AND (${sql}) IS NOT TRUE
       AND ("effectiveMicros" > 0 OR ("effectiveMicros" = 0 AND "effectiveResidue" > 0))
     GROUP BY 1, 2, 3, 4, 5`,
    JSON.stringify(query.days),
    ...values,
  );
  return rows.map(({ micros, residue, ...row }) => ({
    ...row,
    attos: BigInt(micros) * ATTOS_PER_MICRO + BigInt(residue),
  }));
}

/**
 * Replaces a pool by its parts on some days and currencies; the parts must add up to the pool. A row of zeros stays
 * for whoever had it: that a team has no cost left is known, which is not the same as unknown.
 */
export async function replacePool(
  tx: StoreTransaction,
  change: {
    readonly pool: Pool;
    readonly on: readonly { readonly day: Day; readonly currency: string }[];
    readonly split: string;
    readonly shared: readonly SharedLine[];
  },
): Promise<void> {
  const { sql, values } = inPool(change.pool);
  const pool = `"split" IS NULL AND ${NOT_EMPTY} AND ${sql}
    AND ("day", "currency") IN (SELECT value->>0, value->>1 FROM json_each(?))`;
  const on = JSON.stringify(change.on.map(({ day, currency }) => [day, currency]));
  await tx.$executeRawUnsafe(
    `INSERT INTO "DailyCost" (${OWNER}, "provider", "service", "category", ${AMOUNTS.map((column) => `"${column}"`).join(', ')})
     SELECT ${OWNER}, MIN("provider"), MIN("service"), MIN("category"), ${AMOUNTS.map((column) => `SUM("${column}") * 0`).join(', ')}
     FROM "DailyCost" WHERE ${pool} GROUP BY ${OWNER}`,
    ...values,
    on,
  );
  await tx.$executeRawUnsafe(`DELETE FROM "DailyCost" WHERE ${pool}`, ...values, on);
  for (const chunk of inChunks(change.shared)) await addParts(tx, change.split, chunk);
}

const OWNER = '"day", "source", "currency", "team", "costCenter", "model"';

/** Lines whose parts fit one statement together. */
function inChunks(shared: readonly SharedLine[]): SharedLine[][] {
  const chunks: SharedLine[][] = [];
  let room = 0;
  for (const line of shared) {
    if (room <= 0) {
      chunks.push([]);
      room = CHUNK;
    }
    chunks.at(-1)?.push(line);
    room -= line.parts.length;
  }
  return chunks;
}

/** What parts have in common travels once per line, not once per part. */
async function addParts(tx: StoreTransaction, split: string, shared: readonly SharedLine[]): Promise<void> {
  // 64-bit amounts travel as text: JSON numbers would lose their low digits.
  const lines = shared.map(({ place, parts }) => [
    ...LINE_COLUMNS.map((column) => place[column]),
    parts.map((part) => [
      ...PLACED.map((column) => part.place[column]),
      ...BASES.flatMap((basis) => [text(part.amounts[basis]?.micros), text(part.amounts[basis]?.residue)]),
    ]),
  ]);
  await tx.$executeRawUnsafe(
    `WITH line AS MATERIALIZED (
       SELECT ${LINE_COLUMNS.map((column, index) => `value->>${index} AS "${column}"`).join(', ')},
         value->${LINE_COLUMNS.length} AS parts FROM json_each(?))
     INSERT INTO "DailyCost" (${quoted(LINE_COLUMNS)}, ${quoted(PLACED)}, ${quoted(PART_AMOUNTS)}, "split")
     SELECT ${quoted(LINE_COLUMNS)}, ${PLACED.map((_, index) => `p.value->>${index}`).join(', ')},
       ${PART_AMOUNTS.map((_, index) => `CAST(p.value->>${PLACED.length + index} AS INTEGER)`).join(', ')}, ?
     FROM line CROSS JOIN json_each(line.parts) p`,
    JSON.stringify(lines),
    split,
  );
}

const LINE_COLUMNS = COLUMNS.filter((column) => !PLACED.some((placed) => placed === column));
const PART_AMOUNTS = BASES.flatMap((basis) => [`${basis}Micros`, `${basis}Residue`]);

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

function text(amount: bigint | undefined): string | null {
  return amount === undefined ? null : `${amount}`;
}
