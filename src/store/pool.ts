/** How SQL finds a pool of shared cost in the allocated layer, and reads exact sums from it. */
import { BASES, type Basis } from '../core/dimension.ts';
import type { PoolColumn } from '../core/settings.ts';

/** Texts that each column of a pool's costs may have; all columns must hold. */
export type Pool = ReadonlyMap<PoolColumn, readonly string[]>;

/** A condition that costs belong to the pool, and the values of its parameters. Nothing is in a pool without columns. */
export function inPool(pool: Pool): { sql: string; values: string[] } {
  const columns = [...pool];
  return {
    sql:
      columns.map(([column]) => `"${column}" IN (SELECT value FROM json_each(?))`).join(' AND ') || 'false',
    values: columns.map(([, texts]) => JSON.stringify(texts)),
  };
}

/** Costs of some days (one parameter: JSON list) that no split gave out. */
export const DIRECT = '"split" IS NULL AND "day" IN (SELECT value FROM json_each(?))';

/** Rows in which every amount is zero or unknown have nothing to share. */
export const NOT_EMPTY = `(${BASES.flatMap((basis) => [`${basis}Micros`, `${basis}Residue`])
  .map((column) => `COALESCE("${column}", 0) <> 0`)
  .join(' OR ')})`;

export interface StoredAmount {
  readonly micros: bigint;
  /** 10^-18 of the currency that rounding to micros left over. */
  readonly residue: bigint;
}

/** The exact sum of a basis as "micros/residue" text; null when every amount is unknown. */
export function sumSql(basis: Basis): string {
  return `CAST(SUM("${basis}Micros") AS TEXT) || '/' || CAST(SUM(COALESCE("${basis}Residue", 0)) AS TEXT)`;
}

/** "micros/residue" text as an amount. */
export function toAmount(text: string | null): StoredAmount | null {
  const [micros, residue] = text?.split('/') ?? [];
  return micros === undefined || residue === undefined
    ? null
    : { micros: BigInt(micros), residue: BigInt(residue) };
}
