/** Sums cost rows in one currency, keeping unknown apart from zero and unconvertible apart from converted. */
import type { CostRow } from '../core/cost.ts';
import type { Day } from '../core/day.ts';
import { ATTOS_PER_MICRO, attosToMicros } from '../core/money.ts';
import { apportion } from './apportion.ts';
import type { Convert } from './convert.ts';

export interface Cell {
  readonly day: Day;
  readonly key: string | null;
  /** 10^-18 of the table's currency; null when unknown. */
  readonly attos: bigint | null;
}

export interface Table {
  readonly currency: string;
  readonly cells: readonly Cell[];
  /** Currencies that no rate covers, with the micros left out of the cells; never added in. */
  readonly unconverted: ReadonlyMap<string, bigint>;
}

/** Converts every row to `currency`, day by day. */
export function tabulate(rows: readonly CostRow[], currency: string, convert: Convert): Table {
  const cells: Cell[] = [];
  const left = new Map<string, bigint>();
  for (const { day, key, currency: from, attos } of rows) {
    const converted = attos === null ? null : convert(attos, from, currency, day);
    if (converted !== undefined) cells.push({ day, key, attos: converted });
    else left.set(from, (left.get(from) ?? 0n) + (attos ?? 0n));
  }
  return {
    currency,
    cells,
    unconverted: new Map([...left].map(([from, attos]) => [from, attosToMicros(attos)])),
  };
}

/** Sum of known amounts; null when there is nothing known to add. */
export function sumKnown(amounts: Iterable<bigint | null>): bigint | null {
  let sum: bigint | null = null;
  for (const amount of amounts) if (amount !== null) sum = (sum ?? 0n) + amount;
  return sum;
}

/** Sum of the cells of the days from start to end, both included, in micros; null when nothing is known of them. */
export function totalOf(table: Table, start: Day, end: Day): bigint | null {
  const cells = table.cells.filter((cell) => cell.day >= start && cell.day <= end);
  return toMicros(sumKnown(cells.map((cell) => cell.attos)));
}

/**
 * Sum per key of the days from start to end, both included, in micros. Known sums add up to `totalOf` the same days:
 * what rounding leaves over goes to the largest remainders.
 */
export function totalsByKey(table: Table, start: Day, end: Day): Map<string | null, bigint | null> {
  const sums = sumBy(
    table.cells.filter((cell) => cell.day >= start && cell.day <= end),
    (cell) => cell.key,
  );
  const known = [...sums].flatMap(([key, attos]) => (attos === null ? [] : [{ key, attos }]));
  const parts = known.map(({ attos }) => attos);
  const micros = apportion(parts, ATTOS_PER_MICRO, toMicros(sumKnown(parts)) ?? 0n);
  const rounded = new Map(known.map(({ key }, index) => [key, micros[index] ?? null]));
  return new Map([...sums.keys()].map((key) => [key, rounded.get(key) ?? null]));
}

/** Sum per day for one key (or for all when `key` is absent), in micros. */
export function totalsByDay(table: Table, key?: string | null): Map<Day, bigint | null> {
  const cells = key === undefined ? table.cells : table.cells.filter((cell) => cell.key === key);
  return new Map([...sumBy(cells, (cell) => cell.day)].map(([day, attos]) => [day, toMicros(attos)]));
}

/** Amounts are added exactly, to be rounded once. */
function sumBy<K>(cells: readonly Cell[], keyOf: (cell: Cell) => K): Map<K, bigint | null> {
  const sums = new Map<K, bigint | null>();
  for (const cell of cells) sums.set(keyOf(cell), sumKnown([sums.get(keyOf(cell)) ?? null, cell.attos]));
  return sums;
}

function toMicros(attos: bigint | null): bigint | null {
  return attos === null ? null : attosToMicros(attos);
}
