/**
 * One service in one slot: a table of its parts against the values of another dimension. The sums of the rows and of
 * the columns are known, some cells become known by asking, and the rest follows by subtraction.
 */
import { type Amounts, isDust, isRounding, isZero, magnitude, minus, plus, sumOf } from './amounts.ts';
import { keyOf, type Part } from './plan-types.ts';

export interface Block {
  readonly slot: string;
  readonly service: string;
  readonly lines: readonly Line[];
  readonly columns: Map<string, Column>;
  /** Something does not add up: nothing of the block can be trusted but the parts themselves. */
  failed: boolean;
  /** Sums agree only to the other side's rounding, so crumbs may be left over. */
  rounded: boolean;
}

export interface Line {
  readonly part: Part;
  /** Equal for the same part of another slot. */
  readonly key: string;
  /** Not yet attributed to a value. */
  left: Amounts;
  /** Values whose share is not known yet. */
  readonly open: Set<string>;
  readonly found: Map<string, Amounts>;
}

interface Column {
  left: Amounts;
  readonly open: Set<Line>;
}

/** Starts with every value possible in every part, except in parts that `isSettled` (they have no money to share). */
export function openBlock(
  service: string,
  parts: readonly Part[],
  totals: ReadonlyMap<string, Amounts>,
  isSettled: (part: Part) => boolean,
): Block {
  const lines = parts.map((part): Line => {
    const open = new Set(isSettled(part) ? [] : totals.keys());
    return { part, key: keyOf(part.values), left: part.amounts, open, found: new Map() };
  });
  const columns = new Map(
    [...totals].map(([value, left]): [string, Column] => [
      value,
      { left, open: new Set(lines.filter((line) => line.open.size > 0)) },
    ]),
  );
  const block: Block = {
    slot: parts[0]?.slot ?? '',
    service,
    lines,
    columns,
    failed: false,
    rounded: false,
  };
  const difference = [...totals.values()].reduce(minus, sumOf(parts.map(({ amounts }) => amounts)));
  if (!isRounding(difference)) block.failed = true;
  if (!isZero(difference)) block.rounded = true;
  settle(block);
  return block;
}

export function isOpen(block: Block): boolean {
  return !block.failed && block.lines.some((line) => line.open.size > 0);
}

/** Writes down a cell that has been found out. */
export function learn(block: Block, line: Line, value: string, amounts: Amounts): void {
  const column = block.columns.get(value);
  if (!column || !line.open.delete(value)) return;
  column.open.delete(line);
  column.left = minus(column.left, amounts);
  line.left = minus(line.left, amounts);
  if (!isZero(amounts)) line.found.set(value, amounts);
}

/** Finds all cells that follow by subtraction, and whether what is finished adds up. */
export function settle(block: Block): void {
  for (let found = true; found; ) {
    found = false;
    for (const line of block.lines) {
      if (line.open.size !== 1) continue;
      for (const value of [...line.open]) learn(block, line, value, line.left);
      found = true;
    }
    for (const [value, column] of block.columns) {
      if (column.open.size !== 1) continue;
      for (const line of [...column.open]) learn(block, line, value, column.left);
      found = true;
    }
  }
  const finished = [
    ...block.lines.filter((line) => line.open.size === 0),
    ...[...block.columns.values()].filter((column) => column.open.size === 0),
  ];
  if (finished.some(({ left }) => !isRounding(left))) block.failed = true;
  if (finished.some(({ left }) => !isZero(left))) block.rounded = true;
}

/** The parts with the new dimension's value appended; they add up to the old parts exactly, whatever happened. */
export function partsOf(block: Block): Part[] {
  return block.lines.flatMap((line): Part[] => {
    const { slot, values, amounts } = line.part;
    const unknown: Part = { slot, values: [...values, undefined], amounts };
    if (block.failed) return [unknown];
    const kept = [...line.found].filter(([, found]) => !block.rounded || !isDust(found));
    const rest = kept.reduce<Amounts>((left, [, found]) => minus(left, found), amounts);
    const parts = kept.map(([value, found]): Part => ({ slot, values: [...values, value], amounts: found }));
    if (line.open.size === 0) return addTo(parts, rest) ?? [unknown];
    return isZero(rest) && parts.length > 0 ? parts : [...parts, { ...unknown, amounts: rest }];
  });
}

/** Adds crumbs to the largest part; undefined when there is none. */
function addTo(parts: readonly Part[], rest: Amounts): Part[] | undefined {
  const sizes = parts.map(({ amounts }) => amounts.map(magnitude).reduce((a, b) => a + b, 0n));
  const largest = sizes.reduce((best, size, index) => (size > (sizes[best] ?? -1n) ? index : best), 0);
  if (parts.length === 0) return undefined;
  return parts.map((part, index) =>
    index === largest ? { ...part, amounts: plus(part.amounts, rest) } : part,
  );
}
