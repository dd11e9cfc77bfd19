/** Adds one dimension to parts of a bill, by asking as little as possible. */
import { type Amounts, isRounding, isZero, minus, plus } from './amounts.ts';
import { type Block, isOpen, learn, openBlock, partsOf, settle } from './block.ts';
import type { Cell } from './boxes.ts';
import { type Answer, type AnswerRow, type Ask, keyOf, type Part, type Shortfall } from './plan-types.ts';
import { nextRound, type Round } from './rounds.ts';

/** Sums per slot, service and value of the dimension that is added. */
export type Sums = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, Amounts>>>;

export interface Totals {
  readonly all: Sums;
  /** Without values that cost a service nothing on any day: free tiers are on every bill, and need no asking. */
  readonly spent: Sums;
  readonly hasNegatives: boolean;
}

export interface Joining {
  readonly known: readonly string[];
  readonly added: string;
  readonly parts: readonly Part[];
  readonly totals: Totals;
  /** Whether parts without any cost on any day can be taken as having none of any value. */
  readonly zeroIsNothing: boolean;
}

export interface Joined {
  readonly parts: Part[];
  readonly shortfall: Shortfall | undefined;
  /** Asking more makes no sense: no budget, or filters do not work. */
  readonly isStopped: boolean;
  /** Requests that would have been needed still. */
  readonly missing: number;
}

/** From so many requests on, one is spent to see whether the new dimension hangs on a single known one. */
const EXPLORE_FROM = 3;

export function blocksOf({ parts, totals, zeroIsNothing }: Omit<Joining, 'known' | 'added'>): Block[] {
  const spent = new Set(parts.filter(({ amounts }) => !isZero(amounts)).map(({ values }) => keyOf(values)));
  // There, nothing in total may be a cost and the credit for it.
  const credited = new Set(
    parts.filter(({ amounts }) => amounts.some((amount) => amount < 0n)).map(({ values }) => values[0]),
  );
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = keyOf([part.slot, part.values[0]]);
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  }
  return [...groups.values()].map((group) => {
    const [{ slot = '', values: [service = ''] = [] } = {}] = group;
    const isSettled = (part: Part) =>
      isZero(part.amounts) &&
      (part.values.includes(undefined) || (zeroIsNothing && !spent.has(keyOf(part.values))));
    const sums = credited.has(service) ? totals.all : totals.spent;
    return openBlock(service, group, sums.get(slot)?.get(service) ?? new Map(), isSettled);
  });
}

/** Requests of the best way from here; 0 when subtraction is enough. */
export function estimate(joining: Joining): number {
  const open = blocksOf(joining).filter(isOpen);
  return nextRound(open, joining.known, joining.added, cellsOf(joining))?.load ?? 0;
}

/** Yields requests until all is known, nothing more can be, or no answer is given (undefined: no budget). */
export function* join(joining: Joining): Generator<Ask, Joined, Answer> {
  const { known, added } = joining;
  const blocks = blocksOf(joining);
  const existing = cellsOf(joining);
  const explored = new Set(known.slice(0, 1));
  let shortfall: Shortfall | undefined = blocks.some(({ failed }) => failed) ? 'mismatch' : undefined;
  for (;;) {
    const open = blocks.filter(isOpen);
    const round = nextRound(open, known, added, existing);
    if (!round) return { parts: blocks.flatMap(partsOf), shortfall, isStopped: false, missing: 0 };
    const over = round.load >= EXPLORE_FROM ? mostVaried(open, known, explored) : undefined;
    const ask = over === undefined ? round.ask : exploration(open, known, over, added);
    const answer = yield ask;
    if (answer === 'refused')
      return { parts: blocks.flatMap(partsOf), shortfall: answer, isStopped: false, missing: 0 };
    if (!answer)
      return { parts: blocks.flatMap(partsOf), shortfall: 'budget', isStopped: true, missing: round.load };
    const touched =
      over === undefined ? apply(round, open, known, answer) : rule(open, known.indexOf(over), answer);
    if (over !== undefined) explored.add(over);
    const failed = open.filter((block) => block.failed).length;
    if (failed > 0) shortfall = 'mismatch';
    // One service that was restated in between is bad luck; most of them: filters do not work there.
    if (touched === 0 || failed * 2 > touched)
      return { parts: blocks.flatMap(partsOf), shortfall: 'mismatch', isStopped: true, missing: 0 };
  }
}

function cellsOf({ parts, known }: Pick<Joining, 'parts' | 'known'>): Cell[] {
  const distinct = new Map(parts.map(({ values }) => [keyOf(values), values]));
  return [...distinct.values()].map(
    (values) => new Map(known.map((dimension, index) => [dimension, values[index]])),
  );
}

/** Takes over what the answer says; returns how many blocks it told something about. */
function apply(round: Round, open: readonly Block[], known: readonly string[], answer: readonly AnswerRow[]) {
  const by = round.ask.groupBy.slice(0, round.whole ? 1 : 2).map((dimension) => known.indexOf(dimension));
  const cells = new Map<string, Map<string, Amounts>>();
  for (const { slot, values, amounts } of answer) {
    const key = keyOf([slot, ...values.slice(0, by.length)]);
    const found = cells.get(key) ?? new Map<string, Amounts>();
    const value = round.whole ? (values[1] ?? '') : '';
    const before = found.get(value);
    cells.set(key, found.set(value, before ? plus(before, amounts) : amounts));
  }
  let touched = 0;
  for (const block of open) {
    let isTouched = false;
    for (const line of block.lines) {
      const value = round.chosen.get(line.key);
      if (value === undefined || line.open.size === 0) continue;
      isTouched = true;
      const found = cells.get(keyOf([block.slot, ...by.map((index) => line.part.values[index])]));
      const none = line.part.amounts.map(() => 0n);
      const total = [...(found?.values() ?? [])].reduce(plus, none);
      if (round.whole && !isRounding(minus(line.part.amounts, total))) block.failed = true;
      else if (round.whole)
        for (const each of [...line.open]) learn(block, line, each, found?.get(each) ?? none);
      else learn(block, line, value, found?.get('') ?? none);
    }
    if (isTouched) touched += 1;
    settle(block);
  }
  return touched;
}

/** The known dimension with most values in what is open, if it has not been looked at. */
function mostVaried(open: readonly Block[], known: readonly string[], explored: ReadonlySet<string>) {
  const lines = open.flatMap((block) => block.lines.filter((line) => line.open.size > 0));
  const varied = known
    .map((dimension, index) => ({
      dimension,
      count: new Set(lines.map((line) => line.part.values[index])).size,
    }))
    .filter(({ dimension, count }) => count > 1 && !explored.has(dimension));
  return varied.sort((a, b) => b.count - a.count)[0]?.dimension;
}

function exploration(open: readonly Block[], known: readonly string[], over: string, added: string): Ask {
  const [service = ''] = known;
  const services = [...new Set(open.map((block) => block.service))].sort();
  return { groupBy: [over, added], where: [new Map([[service, services]])] };
}

/** Rules out values that never come together with what a part is; returns how many blocks were looked at. */
function rule(open: readonly Block[], index: number, answer: readonly AnswerRow[]): number {
  const together = new Set(answer.map(({ slot, values }) => keyOf([slot, ...values])));
  for (const block of open) {
    for (const line of block.lines) {
      const own = line.part.values[index];
      if (own === undefined) continue;
      const none = line.part.amounts.map(() => 0n);
      for (const value of [...line.open])
        if (!together.has(keyOf([block.slot, own, value]))) learn(block, line, value, none);
    }
    settle(block);
  }
  return open.length;
}
