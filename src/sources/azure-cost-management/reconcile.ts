/** Holds parts against the amounts they are parts of. */
import { addDecimals, subtractDecimals } from '../../core/decimal.ts';
import { type Cell, groupBy, keyOf, sizeOf, sumOf } from './cells.ts';

/** Sums of floating-point numbers differ in their last digits when they are made in another order. */
const DUST = 1e-9;
/** A millionth of a micro. */
const NOTHING = 1e-12;

/**
 * `broken`: parts in place of their wholes, with the wholes' other values, adding up to them to the digit (dust goes
 * to the largest part). `whole`: wholes whose parts do not add up. Parts of nothing are left out.
 */
export function reconcile(
  wholes: readonly Cell[],
  parts: readonly Cell[],
  shared: readonly string[],
): { broken: Cell[]; whole: Cell[] } {
  const byKey = groupBy(parts, (cell) => keyOf(cell, shared));
  const broken: Cell[] = [];
  const whole: Cell[] = [];
  for (const cell of wholes) {
    const of = byKey.get(keyOf(cell, shared)) ?? [];
    const missing = subtractDecimals(cell.amount, sumOf(of)) ?? cell.amount;
    const [largest, ...others] = [...of].sort(
      (a, b) => Math.abs(Number(b.amount)) - Math.abs(Number(a.amount)),
    );
    if (!largest || Math.abs(Number(missing)) > Math.max(NOTHING, DUST * sizeOf(of))) {
      whole.push(cell);
      continue;
    }
    const amount = addDecimals(largest.amount, missing) ?? largest.amount;
    for (const part of [{ ...largest, amount }, ...others])
      broken.push({ ...part, values: new Map([...cell.values, ...part.values]) });
  }
  return { broken, whole };
}

/** What is left of the cells without these others; differences that only come from floating-point sums are nothing. */
export function subtract(cells: readonly Cell[], others: readonly Cell[]): Cell[] {
  const byKey = groupBy(others, (cell) => keyOf(cell));
  return cells.flatMap((cell) => {
    const of = byKey.get(keyOf(cell)) ?? [];
    const amount = subtractDecimals(cell.amount, sumOf(of)) ?? cell.amount;
    const isDust = of.length > 0 && Math.abs(Number(amount)) <= Math.max(NOTHING, DUST * sizeOf(of));
    return isDust ? [] : [{ ...cell, amount }];
  });
}
