/** Which request tells most next: the way of asking that needs the fewest requests from here on. */
import type { Block, Line } from './block.ts';
import { boxesOf, type Cell, inBox, MOST_BOXES } from './boxes.ts';
import { type Ask, keyOf } from './plan-types.ts';

/** A request that finds out, per group of its answer, one cell or one part with all its values. */
export interface Round {
  readonly ask: Ask;
  /** Requests of this kind that everything open would take, this one included. */
  readonly load: number;
  /** Whether the answer tells all values of a part, or only one. */
  readonly whole: boolean;
  /** The value asked of a part, by its key; '' when all are. */
  readonly chosen: ReadonlyMap<string, string>;
}

/** A part of the table that is to be asked for: with one value, or (undefined) with all of them. */
interface Item {
  readonly part: OpenPart;
  readonly value: string | undefined;
  /** Equal keys cannot be told apart in one answer. */
  readonly key: string;
  /** What has to be filtered on. */
  readonly rest: string;
}

interface OpenPart {
  readonly part: string;
  readonly values: readonly (string | undefined)[];
  readonly open: Set<string>;
}

/** Parts of one service that share open values: what is known of all but one of them decides the last. */
type Component = readonly OpenPart[];

/** The best next request for the open blocks; undefined when none would tell anything. */
export function nextRound(
  blocks: readonly Block[],
  known: readonly string[],
  added: string,
  existing: readonly Cell[],
): Round | undefined {
  const components = componentsOf(blocks);
  const ways = [
    ...known.map((dimension) => wholeItems(components, known, [dimension])),
    ...pairsOf(known).map((pair) => cellItems(components, known, pair)),
  ];
  const best = ways
    .map((way) => ({ ...way, load: loadOf(way.items) }))
    .filter(({ load }) => load > 0)
    .reduce<((typeof ways)[number] & { load: number }) | undefined>(
      (least, way) => (!least || way.load < least.load ? way : least),
      undefined,
    );
  if (!best) return undefined;
  const cellAt = (values: readonly (string | undefined)[]): Cell =>
    new Map(known.map((dimension, index) => [dimension, values[index]]));
  const keys = new Set(best.items.map(({ key }) => key));
  const picked = pick(best.items).map(({ part, value }) => ({
    part: part.part,
    value: value ?? '',
    cell: value === undefined ? cellAt(part.values) : new Map([...cellAt(part.values), [added, value]]),
  }));
  const where = boxesOf({
    chosen: picked.map(({ cell }) => cell),
    existing,
    dimensions: known,
    always: best.whole ? [] : [added],
    // A cell that shares no group with those asked for does no harm in the answer.
    isHarmless: (cell) => !keys.has(keyOf(best.by.map((dimension) => cell.get(dimension)))),
  }).slice(0, MOST_BOXES);
  return {
    ask: {
      groupBy: best.whole ? [...best.by, added] : best.by,
      where: where.some((box) => box.size === 0) ? [] : where,
    },
    load: best.load,
    whole: best.whole,
    chosen: new Map(
      picked
        .filter(({ cell }) => where.some((box) => inBox(cell, box)))
        .map(({ part, value }) => [part, value]),
    ),
  };
}

/** The parts with something open, over all slots, by what ties them together. */
function componentsOf(blocks: readonly Block[]): Component[] {
  const services = new Map<string, Map<string, OpenPart>>();
  for (const block of blocks)
    for (const line of block.lines) if (line.open.size > 0) note(services, block.service, line);
  return [...services.values()].flatMap((parts) => connected([...parts.values()]));
}

function note(services: Map<string, Map<string, OpenPart>>, service: string, line: Line): void {
  const parts = services.get(service) ?? new Map<string, OpenPart>();
  services.set(service, parts);
  const found = parts.get(line.key) ?? { part: line.key, values: line.part.values, open: new Set<string>() };
  for (const value of line.open) found.open.add(value);
  parts.set(line.key, found);
}

function connected(parts: readonly OpenPart[]): Component[] {
  const roots = new Map<string, string>();
  const rootOf = (value: string): string => {
    const root = roots.get(value) ?? value;
    return root === value ? value : rootOf(root);
  };
  for (const { open } of parts) {
    const [first = '', ...others] = open;
    for (const value of others) roots.set(rootOf(value), rootOf(first));
  }
  const groups = new Map<string, OpenPart[]>();
  for (const part of parts) {
    const [first = ''] = part.open;
    const root = rootOf(first);
    const group = groups.get(root);
    if (group) group.push(part);
    else groups.set(root, [part]);
  }
  return [...groups.values()];
}

function isAskable(part: OpenPart): boolean {
  return part.values.every((value) => value !== undefined);
}

/** Parts with all their values, but one of each component: that one is what the others leave. */
function wholeItems(components: readonly Component[], known: readonly string[], by: readonly string[]) {
  const lists = components.map((parts) =>
    parts.filter(isAskable).map((part) => itemOf(part, known, by, undefined)),
  );
  const all = lists.flat();
  const loads = countBy(all);
  const common = countBy(all, 'rest');
  // Better left out: what is in a group that is asked most often; then what is rare, and the same everywhere.
  const isBetter = (a: Item, b: Item) => {
    const load = (loads.get(a.key) ?? 0) - (loads.get(b.key) ?? 0);
    const rarity = (common.get(b.rest) ?? 0) - (common.get(a.rest) ?? 0);
    return load !== 0 ? load > 0 : rarity !== 0 ? rarity > 0 : a.rest > b.rest;
  };
  const spare = new Set(
    [...components.keys()].filter((index) => lists[index]?.length === components[index]?.length),
  );
  while (spare.size > 0) {
    let best: { readonly item: Item; readonly index: number } | undefined;
    for (const index of spare)
      for (const item of lists[index] ?? []) if (!best || isBetter(item, best.item)) best = { item, index };
    if (!best) break;
    const { item: left, index } = best;
    spare.delete(index);
    lists[index] = lists[index]?.filter((item) => item !== left) ?? [];
    loads.set(left.key, (loads.get(left.key) ?? 1) - 1);
  }
  return { items: lists.flat(), by, whole: true };
}

/** Parts with one value each, for all values of a component but the commonest: that one is what the others leave. */
function cellItems(components: readonly Component[], known: readonly string[], by: readonly string[]) {
  const items = components.flatMap((parts) => {
    const counts = new Map<string, number>();
    for (const { open } of parts) for (const value of open) counts.set(value, (counts.get(value) ?? 0) + 1);
    const [commonest] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] ?? [];
    return parts
      .filter(isAskable)
      .flatMap((part) =>
        [...part.open].filter((value) => value !== commonest).map((value) => itemOf(part, known, by, value)),
      );
  });
  return { items, by, whole: false };
}

function itemOf(
  part: OpenPart,
  known: readonly string[],
  by: readonly string[],
  value: string | undefined,
): Item {
  const [inside, outside]: (string | undefined)[][] = [[], []];
  for (const [index, dimension] of known.entries())
    (by.includes(dimension) ? inside : outside)?.push(part.values[index]);
  return { part, value, key: keyOf(inside ?? []), rest: keyOf([...(outside ?? []), value]) };
}

function loadOf(items: readonly Item[]): number {
  return Math.max(0, ...countBy(items).values());
}

function countBy(items: readonly Item[], of: 'key' | 'rest' = 'key'): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item[of], (counts.get(item[of]) ?? 0) + 1);
  return counts;
}

/** One item of every group, alike ones as far as possible, so that the filter stays short. */
function pick(items: readonly Item[]): Item[] {
  const common = countBy(items, 'rest');
  const sorted = [...items].sort(
    (a, b) => (common.get(b.rest) ?? 0) - (common.get(a.rest) ?? 0) || (a.rest < b.rest ? -1 : 1),
  );
  const picked = new Map<string, Item>();
  for (const item of sorted) if (!picked.has(item.key)) picked.set(item.key, item);
  return [...picked.values()];
}

function pairsOf(known: readonly string[]): string[][] {
  return known.flatMap((a, index) => known.slice(index + 1).map((b) => [a, b]));
}
