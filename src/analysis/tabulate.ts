/** Sums cost rows in one currency, keeping unknown apart from zero and unconvertible apart from converted. */
import type { CostRow } from '../core/cost.ts';
import type { Day } from '../core/day.ts';
import type { Convert } from './convert.ts';

export interface Cell {
  readonly day: Day;
  readonly key: string | null;
  /** Micros of the table's currency; null when unknown. */
  readonly micros: bigint | null;
}

export interface Table {
  readonly currency: string;
  readonly cells: readonly Cell[];
  /** Currencies that no rate covers, with what was left out of the cells; never added in. */
  readonly unconverted: ReadonlyMap<string, bigint>;
}

/** Converts every row to `currency`, day by day. */
export function tabulate(rows: readonly CostRow[], currency: string, convert: Convert): Table {
  const cells: Cell[] = [];
  const unconverted = new Map<string, bigint>();
  for (const { day, key, currency: from, micros } of rows) {
    if (micros === null) {
      cells.push({ day, key, micros: null });
      continue;
    }
    const converted = convert(micros, from, currency, day);
    if (converted === undefined) unconverted.set(from, (unconverted.get(from) ?? 0n) + micros);
    else cells.push({ day, key, micros: converted });
  }
  return { currency, cells, unconverted };
}

/** Sum of known amounts; null when there is nothing known to add. */
export function sumKnown(amounts: Iterable<bigint | null>): bigint | null {
  let sum: bigint | null = null;
  for (const amount of amounts) if (amount !== null) sum = (sum ?? 0n) + amount;
  return sum;
}

/** Sum of the cells of the days from start to end, both included; null when nothing is known of them. */
export function totalOf(table: Table, start: Day, end: Day): bigint | null {
  return sumKnown(
    table.cells.filter((cell) => cell.day >= start && cell.day <= end).map((cell) => cell.micros),
  );
}

/** Sum per key of the days from start to end, both included. */
export function totalsByKey(table: Table, start: Day, end: Day): Map<string | null, bigint | null> {
  const totals = new Map<string | null, bigint | null>();
  for (const { day, key, micros } of table.cells) {
    if (day < start || day > end) continue;
    totals.set(key, sumKnown([totals.get(key) ?? null, micros]));
  }
  return totals;
}

/** Sum per day for one key (or for all when `key` is absent). */
export function totalsByDay(table: Table, key?: string | null): Map<Day, bigint | null> {
  const totals = new Map<Day, bigint | null>();
  for (const cell of table.cells) {
    if (key !== undefined && cell.key !== key) continue;
    totals.set(cell.day, sumKnown([totals.get(cell.day) ?? null, cell.micros]));
  }
  return totals;
}
