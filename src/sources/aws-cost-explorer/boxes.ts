/** Short filters: cells of a table as few boxes of value lists. */
import type { Box } from './plan-types.ts';

/** A combination of values, one per dimension. */
export type Cell = ReadonlyMap<string, string | undefined>;

/** More than this and the filter would be longer than a request should be. */
export const MOST_BOXES = 20;

export interface BoxOptions {
  readonly chosen: readonly Cell[];
  readonly existing: readonly Cell[];
  /** Of the existing cells. */
  readonly dimensions: readonly string[];
  /** Dimensions that only the chosen cells have. */
  readonly always: readonly string[];
  /** Whether it does not matter when the cell is in as well. */
  readonly isHarmless: (cell: Cell) => boolean;
}

/**
 * Boxes that hold all chosen of the cells that exist, and few others. Dimensions that hardly tell them apart are left
 * out, so that the filter says no more than it must.
 */
export function boxesOf(options: BoxOptions): Box[] {
  const all = [...options.dimensions, ...options.always];
  const singles: Box[] = options.chosen.map(
    (cell) => new Map(all.map((dimension) => [dimension, [cell.get(dimension) ?? '']] as const)),
  );
  const shorter = merge(singles, all).map((box) => shorten(box, options));
  return merge(shorter, all)
    .map((box) => shorten(box, options))
    .sort((a, b) => breadth(b) - breadth(a));
}

export function inBox(cell: Cell, box: Box): boolean {
  return [...box].every(([dimension, values]) => {
    const value = cell.get(dimension);
    return value !== undefined && values.includes(value);
  });
}

function breadth(box: Box): number {
  return [...box.values()].reduce((product, values) => product * values.length, 1);
}

/** Joins boxes that differ in one dimension only. */
function merge(boxes: readonly Box[], dimensions: readonly string[]): Box[] {
  return dimensions.reduce<readonly Box[]>((merged, dimension) => {
    const alike = new Map<string, { box: Box; values: Set<string> | undefined }>();
    for (const box of merged) {
      const rest = [...box].filter(([name]) => name !== dimension);
      const values = box.get(dimension);
      const key = JSON.stringify([rest, values === undefined]);
      const found = alike.get(key) ?? { box, values: values && new Set<string>() };
      for (const value of values ?? []) found.values?.add(value);
      alike.set(key, found);
    }
    return [...alike.values()].map(({ box, values }) =>
      values
        ? new Map([...box].map(([name, old]) => [name, name === dimension ? [...values].sort() : old]))
        : box,
    );
  }, boxes) as Box[];
}

/** For every so many cells that are wanted, one that is not makes up for a shorter filter. */
const WANTED_PER_EXTRA = 4;

function shorten(box: Box, { existing, dimensions, isHarmless }: BoxOptions): Box {
  const own = (candidate: Box) => new Map([...candidate].filter(([name]) => dimensions.includes(name)));
  let kept = box;
  for (const dimension of dimensions) {
    if (!kept.has(dimension)) continue;
    const without = new Map([...kept].filter(([name]) => name !== dimension));
    const [narrow, wide] = [own(kept), own(without)];
    const wanted = existing.filter((cell) => inBox(cell, narrow));
    const extra = existing.filter((cell) => mayBeIn(cell, wide) && !inBox(cell, narrow));
    if (extra.length * WANTED_PER_EXTRA <= wanted.length && extra.every(isHarmless)) kept = without;
  }
  return kept;
}

/** What is not known of a cell may be anything. */
function mayBeIn(cell: Cell, box: Box): boolean {
  return [...box].every(([dimension, values]) => {
    const value = cell.get(dimension);
    return value === undefined || values.includes(value);
  });
}
