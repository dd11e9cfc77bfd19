/**
 * All dimensions of a bill together, though one request can group by two at most, with the fewest requests:
 *
 * 1. service × first dimension: the bill itself, which everything else has to add up to;
 * 2. service × each further dimension, once: where a service has one value only (or is in one account only) on a day,
 *    that decides it, and mostly it does;
 * 3. what is still open is asked with filters, grouped so that one answer tells about many services at once, and only
 *    until the rest follows by subtraction. Dimensions that take the fewest requests go first.
 *
 * With 3 accounts, 25 services and one tag: 1 + 1 + 2 requests at most, not 25.
 */
import { type Amounts, isZero, plus } from './amounts.ts';
import { estimate, type Joining, join, type Sums, type Totals } from './joining.ts';
import {
  type Answer,
  type AnswerRow,
  type Ask,
  keyOf,
  type Part,
  type Plan,
  type Shortfall,
} from './plan-types.ts';

export interface PlanOptions {
  /** The service first. */
  readonly dimensions: readonly string[];
  /** Tells usage, credits and refunds apart: once it is known, a part that costs nothing has nothing in it. */
  readonly chargeType: string;
}

/**
 * Yields what to ask, one request after the other, and takes the answers. The first has to be one; if it is refused, the
 * second, which asks for the service alone.
 * The parts it returns add up to the first answer exactly.
 */
export function* planRequests({ dimensions, chargeType }: PlanOptions): Generator<Ask, Plan, Answer> {
  const [service = '', second, ...others] = dimensions;
  const shortfalls = new Set<Shortfall>();
  let known = second === undefined ? [service] : [service, second];
  let base: Answer = yield { groupBy: known, where: [] };
  if (base === 'refused' && known.length > 1) {
    shortfalls.add(base);
    known = [service];
    base = yield { groupBy: known, where: [] };
  }
  let parts = merged(base === 'refused' ? [] : (base ?? []));
  let asked = 1;
  let missing = 0;
  let stopped: Shortfall | undefined;
  const waiting = new Map<string, Totals>();
  for (const dimension of others) {
    const answer: Answer = stopped ? undefined : yield { groupBy: [service, dimension], where: [] };
    if (answer === 'refused') shortfalls.add(answer);
    else if (answer) {
      asked += 1;
      waiting.set(dimension, totalsOf(answer));
    } else {
      shortfalls.add('budget');
      stopped = 'budget';
      missing += 1;
    }
  }
  while (waiting.size > 0) {
    const best = next(known, parts, waiting, chargeType);
    const joining = join(best);
    let step = joining.next();
    while (!step.done) {
      const answer: Answer = stopped ? undefined : yield step.value;
      if (Array.isArray(answer)) asked += 1;
      step = joining.next(answer);
    }
    const { shortfall } = step.value;
    // What could not be asked after filters turned out not to work is no matter of the budget.
    if (shortfall && !(shortfall === 'budget' && stopped === 'mismatch')) shortfalls.add(shortfall);
    if (step.value.isStopped) stopped ??= shortfall;
    if (stopped !== 'mismatch') missing += step.value.missing;
    parts = step.value.parts;
    known = [...known, best.added];
    waiting.delete(best.added);
  }
  return { ...inOrder(dimensions, known, parts), shortfalls, asked, needed: asked + missing };
}

/** Charge types first where there are credits: only they tell what is nothing from what has been paid back. */
function next(
  known: readonly string[],
  parts: readonly Part[],
  waiting: ReadonlyMap<string, Totals>,
  chargeType: string,
): Joining {
  const candidates = [...waiting].map(([added, totals]) => {
    const joining: Joining = { known, added, parts, totals, zeroIsNothing: known.includes(chargeType) };
    if (added === chargeType && totals.hasNegatives) return { joining, cost: -1 };
    return { joining, cost: waiting.size > 1 ? estimate(joining) : 0 };
  });
  const [best] = candidates.sort((a, b) => a.cost - b.cost);
  if (!best) throw new RangeError('There is no dimension left to add.');
  return best.joining;
}

/** One part per slot and values: answers may name the same group twice. */
function merged(rows: readonly AnswerRow[]): Part[] {
  const parts = new Map<string, AnswerRow>();
  for (const row of rows) {
    const key = keyOf([row.slot, ...row.values]);
    const before = parts.get(key);
    parts.set(key, before ? { ...row, amounts: plus(before.amounts, row.amounts) } : row);
  }
  return [...parts.values()];
}

function totalsOf(rows: readonly AnswerRow[]): Totals {
  const parts = merged(rows);
  const spent = new Set(parts.filter(({ amounts }) => !isZero(amounts)).map(({ values }) => keyOf(values)));
  return {
    all: sumsOf(parts),
    spent: sumsOf(parts.filter(({ values }) => spent.has(keyOf(values)))),
    hasNegatives: parts.some(({ amounts }) => amounts.some((amount) => amount < 0n)),
  };
}

function sumsOf(parts: readonly Part[]): Sums {
  const sums = new Map<string, Map<string, Map<string, Amounts>>>();
  for (const { slot, values, amounts } of parts) {
    const [service = '', value = ''] = values;
    const ofSlot = sums.get(slot) ?? new Map<string, Map<string, Amounts>>();
    const ofService = ofSlot.get(service) ?? new Map<string, Amounts>();
    sums.set(slot, ofSlot.set(service, ofService.set(value, amounts)));
  }
  return sums;
}

function inOrder(dimensions: readonly string[], known: readonly string[], parts: readonly Part[]) {
  const places = dimensions.map((dimension) => known.indexOf(dimension));
  return {
    dimensions,
    parts: parts.map((part) => ({ ...part, values: places.map((place) => part.values[place]) })),
  };
}
