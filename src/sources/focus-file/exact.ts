/** Exact sums as DuckDB holds them, as decimal text. */

import { formatDecimal } from '../../core/decimal.ts';
import { BASES } from '../../core/dimension.ts';
import { parseDecimal, rescale } from '../../core/money.ts';
import type { ExactAmounts, PerBasis } from '../types.ts';

/** high + low × 10^-18, both decimal texts; null when there is no such column. */
export function exactText(high: unknown, low: unknown): string | null {
  if (high === null || high === undefined) return null;
  return formatDecimal(atto(high) * 10n ** 18n + atto(low ?? '0'), 36);
}

function atto(text: unknown): bigint {
  const { digits, scale } = parseDecimal(String(text));
  return rescale(digits, scale, 18);
}

/** Reads high and low of each basis from a row, from position `at`. */
export function exactAmounts(row: readonly unknown[], at: number): PerBasis<string | null> {
  const [effective, billed, list, contracted] = BASES.map((_, index) =>
    exactText(row[at + 2 * index], row[at + 2 * index + 1]),
  );
  return {
    effective: effective ?? null,
    billed: billed ?? null,
    list: list ?? null,
    contracted: contracted ?? null,
  };
}

/** The same with the number of rows, which stands before the amounts. */
export function exactRow(row: readonly unknown[], at: number): ExactAmounts {
  return { rows: Number(row[at]), ...exactAmounts(row, at + 1) };
}
