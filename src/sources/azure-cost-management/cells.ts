/** Cells of a cost table: an amount per day, currency and value of what was grouped by. */
import type { Day } from '../../core/day.ts';
import { addDecimals } from '../../core/decimal.ts';

export interface Cell {
  readonly day: Day;
  readonly currency: string;
  /** Plain decimal text. */
  readonly amount: string;
  /** By id of the grouping; "" where Azure says none. */
  readonly values: ReadonlyMap<string, string>;
}

/** Equal for cells of the same day, currency and values of these groupings. */
export function keyOf(
  { day, currency, values }: Cell,
  ids: readonly string[] = [...values.keys()].sort(),
): string {
  return JSON.stringify([day, currency, ...ids.flatMap((id) => [id, values.get(id) ?? ''])]);
}

/** One cell per key: the API may list a key more than once, on one page or on several. */
export function addUp(cells: readonly Cell[]): Cell[] {
  return [...groupBy(cells, (cell) => keyOf(cell)).values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, amount: sumOf(same) }] : [];
  });
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Exact sum; "0" of none. */
export function sumOf(cells: readonly Cell[]): string {
  return addDecimals('0', ...cells.map(({ amount }) => amount)) ?? '0';
}

/** Sum without signs, rounded: for comparing sizes, never as money. */
export function sizeOf(cells: readonly Cell[]): number {
  return cells.reduce((size, { amount }) => size + Math.abs(Number(amount)), 0);
}

/** "12.5 EUR and 3 USD", exact. */
export function moneyWords(cells: readonly Cell[]): string {
  const groups = [...groupBy(cells, ({ currency }) => currency)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([currency, of]) => `${sumOf(of)} ${currency}`).join(' and ');
}
