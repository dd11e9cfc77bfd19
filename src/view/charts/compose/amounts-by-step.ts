/** Rows of amounts as a chart's numbers. */
import { AppError } from '../../../core/errors.ts';
import { microsToNumber } from '../../../core/money.ts';
import type { Micros } from './totals.ts';

/** Micros in units of the currency; null stays null. */
export function inUnits(micros: readonly Micros[]): (number | null)[] {
  return micros.map((value) => (value === null ? null : microsToNumber(value)));
}

/** Throws INTERNAL unless every row has one entry per step. */
export function checkRows(rows: Readonly<Record<string, readonly unknown[]>>, steps: number): void {
  for (const [name, row] of Object.entries(rows))
    if (row.length !== steps)
      throw new AppError('INTERNAL', `Chart row "${name}" has ${row.length} entries for ${steps} steps.`);
}

/** Position of the last known entry; −1 when nothing is known. */
export function lastKnown(row: readonly unknown[]): number {
  return row.findLastIndex((value) => value !== null && value !== undefined);
}

/** How many entries before `end` are unknown. */
export function countUnknown(row: readonly unknown[], end: number): number {
  return row.slice(0, end).filter((value) => value === null).length;
}
