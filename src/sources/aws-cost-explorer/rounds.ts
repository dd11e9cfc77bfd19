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
  readonly part: string;
  readonly cell: Cell;
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
  const picked = pick(best.items).map(({ cell, value, part }) => ({
    part,
    value: value ?? '',
    cell: value === undefined ? cell : new Map([...cell, [added, value]]),
  }));
  const where = boxesOf(
    picked.map(({ cell }) => cell),
    existing,
    known,
    best.whole ? [] : [added],
  ).slice(0, MOST_BOXES);
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
  const part = keyOf(line.part.values);
  const found = parts.get(part) ?? { part, values: line.part.values, open: new Set<string>() };
  for (const value of line.open) found.open.add(value);
  parts.set(part, found);
}

function connected(parts: readonly OpenPart[]): Component[] {
  let groups: { parts: OpenPart[]; values: Set<string> }[] = [];
  for (const part of parts) {
    const [touching, others] = [
      groups.filter(({ values }) => [...part.open].some((value) => values.has(value))),
      groups.filter(({ values }) => ![...part.open].some((value) => values.has(value))),
    ];
    groups = [
      ...others,
      {
        parts: [...touching.flatMap((group) => group.parts), part],
        values: new Set([...touching.flatMap((group) => [...group.values]), ...part.open]),
      },
    ];
  }
  return groups.map((group) => group.parts);
}

function isAskable(part: OpenPart): boolean {
  return part.values.every((value) => value !== undefined);
}

/** Parts with all their values, but one of each component: that one is what the others leave. */
function wholeItems(components: readonly Component[], known: readonly string[], by: readonly string[]) {
  const lists = components.map((parts) =>
    parts.filter(isAskable).map((part) => itemOf(part, known, by, undefined)),
  );
  const spare = lists.map((list, index) => list.length === components[index]?.length);
  for (;;) {
    const loads = countBy(lists.flat());
    // The part left out should be one whose group is asked most often.
    const candidates = lists.flatMap((list, index) =>
      spare[index] ? list.map((item) => ({ item, index, load: loads.get(item.key) ?? 0 })) : [],
    );
    const worst = candidates.reduce<(typeof candidates)[number] | undefined>(
      (most, candidate) => (!most || candidate.load > most.load ? candidate : most),
      undefined,
    );
    if (!worst) return { items: lists.flat(), by, whole: true };
    spare[worst.index] = false;
    lists[worst.index] = lists[worst.index]?.filter((item) => item !== worst.item) ?? [];
  }
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
  const cell: Cell = new Map(known.map((dimension, index) => [dimension, part.values[index]]));
  return {
    part: part.part,
    cell,
    value,
    key: keyOf(by.map((dimension) => cell.get(dimension))),
    rest: keyOf([...known.filter((name) => !by.includes(name)).map((name) => cell.get(name)), value]),
  };
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
