/** Writes rows as CSV text. */
import type { FocusRow } from './types.ts';

/**
 * CSV (RFC 4180, LF) with a header; an absent column is an empty field. Rows are made one by one, as they are
 * written; a row comes in two parts because merging objects of sixty columns is what would take the time.
 */
export function toCsv<T>(
  columns: readonly string[],
  items: readonly T[],
  rowOf: (item: T) => readonly [FocusRow, FocusRow],
): string {
  const lines = [columns.join(',')];
  for (const item of items) {
    const [common, own] = rowOf(item);
    lines.push(columns.map((column) => field(common[column] ?? own[column])).join(','));
  }
  return `${lines.join('\n')}\n`;
}

function field(value: string | undefined): string {
  if (value === undefined) return '';
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
