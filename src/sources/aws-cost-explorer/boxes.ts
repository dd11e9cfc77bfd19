/** Short filters: cells of a table as few boxes of value lists. */
import type { Box } from './plan-types.ts';

/** A combination of values, one per dimension. */
export type Cell = ReadonlyMap<string, string | undefined>;

/** More than this and the filter would be longer than a request should be. */
export const MOST_BOXES = 20;

/**
 * Boxes that hold exactly the chosen of all cells that exist. Dimensions that do not tell them apart are left out, so
 * that the filter says no more than it must. `always` names dimensions that the existing cells do not have.
 */
export function boxesOf(
  chosen: readonly Cell[],
  existing: readonly Cell[],
  dimensions: readonly string[],
  always: readonly string[] = [],
): Box[] {
  const all = [...dimensions, ...always];
  let boxes: Box[] = chosen.map(
    (cell) => new Map(all.map((dimension) => [dimension, [cell.get(dimension) ?? '']] as const)),
  );
  boxes = merge(boxes, all);
  boxes = boxes.map((box) => shorten(box, existing, dimensions));
  return merge(boxes, all)
    .map((box) => shorten(box, existing, dimensions))
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

function shorten(box: Box, existing: readonly Cell[], dimensions: readonly string[]): Box {
  const count = (candidate: Box) =>
    existing.filter((cell) => [...candidate].every(([name, values]) => matches(cell, name, values))).length;
  const own = (candidate: Box) => new Map([...candidate].filter(([name]) => dimensions.includes(name)));
  let kept = box;
  for (const dimension of dimensions) {
    if (!kept.has(dimension)) continue;
    const without = new Map([...kept].filter(([name]) => name !== dimension));
    const strict = existing.filter((cell) => inBox(cell, own(kept))).length;
    if (count(own(without)) === strict) kept = without;
  }
  return kept;
}

/** Whether the cell may lie in it: what is not known may be anything. */
function matches(cell: Cell, dimension: string, values: readonly string[]): boolean {
  const value = cell.get(dimension);
  return value === undefined || values.includes(value);
}
