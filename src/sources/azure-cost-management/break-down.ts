/**
 * Breaks a cost table down by more groupings than one query takes, counting every amount once: a query by the first
 * groupings, then for each value of one of them (a filter) a query that puts the next grouping in its place.
 */
import { type Cell, groupBy, moneyWords, sizeOf } from './cells.ts';
import type { Answer, Filter } from './client.ts';
import { type Grouping, idOf } from './dimensions.ts';
import { reconcile, subtract } from './reconcile.ts';

export interface BreakDownParts {
  readonly groupings: readonly Grouping[];
  /** Groupings that a query takes. */
  readonly width: number;
  /** Queries at most. */
  readonly queries: number;
  readonly ask: (groupings: readonly Grouping[], filters: readonly Filter[]) => Promise<Answer>;
}

export interface BrokenDown {
  readonly cells: readonly Cell[];
  /** Why some cells are not broken down by all groupings; one sentence each. */
  readonly warnings: readonly string[];
}

interface Stretch {
  readonly cells: readonly Cell[];
  readonly filters: readonly Filter[];
  readonly group: readonly Grouping[];
  readonly rest: readonly Grouping[];
}

/**
 * Cells whose sum per day and currency is, to the digit, that of the first query; or, in its words, which groupings
 * the service refuses. What cannot be broken down (parts that do not add up, no queries left) stays whole and is told.
 */
export async function breakDown(parts: BreakDownParts): Promise<BrokenDown | { readonly refused: string }> {
  const [group, rest] = take([], parts.groupings, parts.width);
  const base = await parts.ask(group, []);
  if ('refused' in base) return { refused: base.said };
  const state: State = { ...parts, left: parts.queries - 1, done: [], differing: [], unasked: [], open: [] };
  state.open.push({ cells: base.cells, filters: [], group, rest });
  // Breadth first: everything gets the next grouping before anything gets the one after it.
  for (let stretch = state.open.shift(); stretch; stretch = state.open.shift()) {
    if (stretch.rest.length === 0 || stretch.cells.length === 0) state.done.push(...stretch.cells);
    else await deepen(state, stretch);
    if (state.refused !== undefined) return { refused: state.refused };
  }
  const { done, differing, unasked } = state;
  return { cells: [...done, ...differing, ...unasked], warnings: warningsOf(state) };
}

interface State extends BreakDownParts {
  left: number;
  refused?: string;
  readonly done: Cell[];
  /** Cells whose parts do not add up to them. */
  readonly differing: Cell[];
  /** Cells that no query was left for. */
  readonly unasked: Cell[];
  readonly open: Stretch[];
}

/** One query per value of a grouping, by the others and the next. */
async function deepen(state: State, stretch: Stretch): Promise<void> {
  const pinned = pin(stretch);
  const kept = stretch.group.filter((grouping) => grouping !== pinned);
  const [group, rest] = take(kept, stretch.rest, state.width);
  const shared = kept.map(idOf);
  const others: Cell[] = [];
  let knowsOthers = true;
  for (const [value, cells] of dearestFirst(stretch.cells, pinned)) {
    if (state.refused !== undefined) return;
    if (state.left <= 0) {
      state.unasked.push(...cells);
      knowsOthers = false;
      continue;
    }
    const filters = [...stretch.filters, { grouping: pinned, value }];
    const found = await query(state, group, filters);
    let result = reconcile(cells, found ?? [], shared);
    // Where "has no value" cannot be filtered by, it is all of them without those that have one.
    if (value === '' && sizeOf(result.whole) > 0 && knowsOthers && state.left > 0) {
      const all = await query(state, group, stretch.filters);
      if (all) result = reconcile(cells, subtract(all, others), shared);
    }
    others.push(...(found ?? []));
    knowsOthers &&= found !== undefined;
    state.differing.push(...result.whole);
    state.open.push({ cells: result.broken, filters, group, rest });
  }
}

async function query(
  state: State,
  group: readonly Grouping[],
  filters: readonly Filter[],
): Promise<readonly Cell[] | undefined> {
  state.left -= 1;
  const answer = await state.ask(group, filters);
  if (!('refused' in answer)) return answer.cells;
  if (answer.refused === 'groupings') state.refused = answer.said;
  return undefined;
}

function warningsOf({ differing, unasked, queries }: State): string[] {
  return [
    ...(sizeOf(differing) > 0
      ? [`${moneyWords(differing)} stays less broken down: the parts that Azure lists do not add up to it.`]
      : []),
    ...(sizeOf(unasked) > 0
      ? [
          `${moneyWords(unasked)} stays less broken down: that would take more than ${queries} queries. Ask for fewer dimensions and tags, or raise \`queries\`.`,
        ]
      : []),
  ];
}

/** Fills the query up with what comes next; only one tag, because the answer names tags by one pair of columns. */
function take(
  kept: readonly Grouping[],
  rest: readonly Grouping[],
  width: number,
): [group: readonly Grouping[], rest: readonly Grouping[]] {
  const group = [...kept];
  const later: Grouping[] = [];
  for (const grouping of rest) {
    const second = grouping.type === 'TagKey' && group.some(({ type }) => type === 'TagKey');
    if (group.length < width && !second) group.push(grouping);
    else later.push(grouping);
  }
  return [group, later];
}

/** The grouping that the next queries filter by: a tag that is in the way of another, else the one of fewest values. */
function pin({ cells, group, rest }: Stretch): Grouping {
  const tag = group.find(({ type }) => type === 'TagKey');
  if (tag && rest[0]?.type === 'TagKey') return tag;
  // Among equals the later one: the service is kept as long as possible.
  const [fewest = tag] = [...group].reverse().sort((a, b) => countOf(cells, a) - countOf(cells, b));
  if (!fewest) throw new RangeError('A query without groupings has nothing to filter by.');
  return fewest;
}

function countOf(cells: readonly Cell[], grouping: Grouping): number {
  return new Set(cells.map(({ values }) => values.get(idOf(grouping)))).size;
}

/** Should queries run out, most of the money has been asked for; what has no value comes last. */
function dearestFirst(cells: readonly Cell[], grouping: Grouping): (readonly [string, readonly Cell[]])[] {
  return [...groupBy(cells, ({ values }) => values.get(idOf(grouping)) ?? '')].sort(
    ([a, ofA], [b, ofB]) =>
      Number(a === '') - Number(b === '') || sizeOf(ofB) - sizeOf(ofA) || (a < b ? -1 : 1),
  );
}
