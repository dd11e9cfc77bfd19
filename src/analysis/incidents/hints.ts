/** What people planned and said, as hints for every place it concerns. */

import type { Verdict } from '../../core/anomaly.ts';
import { type Day, daysBetween, later } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { pathKey, type ScopePath } from '../../core/scope-path.ts';
import type { Hints } from '../detectors/types.ts';
import { covers } from './plan.ts';
import type { CostNode, CostTree } from './types.ts';

/** Money planned beside the usual, spread evenly over its days. */
export interface PlannedMoney {
  readonly scope: Scope;
  /** Units of the reporting currency. */
  readonly amount: number;
  readonly start: Day;
  readonly end: Day;
}

/** What was said of an earlier anomaly, and of which days. */
export interface Said {
  readonly path: ScopePath;
  /** Other places in which it showed. */
  readonly related: readonly ScopePath[];
  readonly verdict: Verdict;
  /** Expected for these days only: not what is usual from then on. */
  readonly bounded?: boolean;
  readonly startDay: Day;
  readonly endDay: Day;
}

/** A false alarm widens the band of its place, a real one narrows it a little; both within limits. */
const FALSE_ALARM = 1.25;
const REAL = 0.95;
const WIDEST = 1.5;
const NARROWEST = 0.85;
/** Days whose cost says how a plan is divided among the places below. */
const SHARE_DAYS = 28;

/** The hints of each place by its index; places that nobody spoke of have none. */
export function hintsOfTree(
  tree: CostTree,
  planned: readonly PlannedMoney[],
  said: readonly Said[],
): Map<number, Hints> {
  const hints = new Map<number, Hints>();
  const change = (index: number, more: (old: Hints, length: number) => Hints) => {
    const length = tree.nodes[index]?.values.length ?? 0;
    hints.set(index, more(hints.get(index) ?? {}, length));
  };
  for (const plan of planned)
    for (const [index, amount] of amountsOf(tree, plan))
      change(index, (old, length) => ({ ...old, planned: spread(tree, plan, amount, old.planned, length) }));
  const indexes = new Map(tree.nodes.map(({ path }, index) => [pathKey(path), index]));
  for (const one of said) {
    const row = one.verdict === 'real' || one.bounded ? 'excluded' : 'accepted';
    for (const index of placesOf(one, indexes))
      change(index, (old, length) => ({ ...old, [row]: mark(tree, one, old[row], length) }));
    const own = indexes.get(pathKey(one.path));
    if (own !== undefined)
      change(own, (old) => ({ ...old, bandFactor: factorOf(old.bandFactor ?? 1, one.verdict) }));
  }
  return hints;
}

function factorOf(before: number, verdict: Verdict): number {
  if (verdict === 'expected') return before;
  return Math.min(WIDEST, Math.max(NARROWEST, before * (verdict === 'real' ? REAL : FALSE_ALARM)));
}

/** Its own place, those above, and those in which it showed. */
function placesOf({ path, related }: Said, indexes: ReadonlyMap<string, number>): Set<number> {
  const above = path[0] === '' ? [] : path.map((_, depth) => path.slice(0, depth));
  return new Set([path, ...above, ...related].flatMap((one) => indexes.get(pathKey(one)) ?? []));
}

function mark(tree: CostTree, said: Said, old: Uint8Array | undefined, length: number): Uint8Array {
  const marks = old?.slice() ?? new Uint8Array(length);
  const [first, last] = [daysBetween(tree.start, said.startDay), daysBetween(tree.start, said.endDay)];
  if (last >= 0 && first < length) marks.fill(1, Math.max(0, first), last + 1);
  return marks;
}

/** The plan's money per place, in the place's currency: all of it above, and its share below. */
function amountsOf(tree: CostTree, { scope, amount, start }: PlannedMoney): Map<number, number> {
  const { nodes } = tree;
  const covered = nodes.map(({ path }) => covers(scope, path) && (scope.kind !== 'org' || path[0] !== ''));
  const before = daysBetween(tree.start, start);
  const weights = nodes.map((node, index) => (covered[index] ? weightOf(node, before) : 0));
  const tops = nodes.flatMap(({ parent }, index) => (covered[index] && !covered[parent] ? [index] : []));
  const whole = tops.reduce((sum, index) => sum + (weights[index] ?? 0), 0);
  const amounts = new Map<number, number>();
  const add = (index: number, money: number) => amounts.set(index, (amounts.get(index) ?? 0) + money);
  for (const top of tops) {
    const part = whole > 0 ? (amount * (weights[top] ?? 0)) / whole : amount / tops.length;
    for (let index = nodes[top]?.parent ?? -1; index >= 0; index = nodes[index]?.parent ?? -1)
      add(index, part);
    const below = [top];
    for (let index = below.pop(); index !== undefined; index = below.pop()) {
      const [weight, all] = [weights[index] ?? 0, weights[top] ?? 0];
      add(index, all > 0 ? (part * weight) / all : part);
      below.push(...(nodes[index]?.children ?? []));
    }
  }
  // Of a slice across the tree nobody knows the plan's part: all of it may be there.
  for (const [index, { path }] of nodes.entries())
    if (path[0] === '' && !covered[index] && !isSliceScope(scope)) add(index, amount);
  return new Map([...amounts].map(([index, money]) => [index, money / (nodes[index]?.rate || 1)]));
}

function isSliceScope({ kind }: Scope): boolean {
  return kind !== 'org' && kind !== 'team' && kind !== 'model';
}

function weightOf({ values, rate }: CostNode, before: number): number {
  let sum = 0;
  for (let day = Math.max(0, before - SHARE_DAYS); day < Math.min(before, values.length); day++)
    sum += values[day] || 0;
  return sum * (rate || 0);
}

function spread(
  tree: CostTree,
  { start, end }: PlannedMoney,
  amount: number,
  old: Float64Array | undefined,
  length: number,
): Float64Array {
  const planned = old?.slice() ?? new Float64Array(length);
  const first = later(start, tree.start);
  const perDay = amount / (daysBetween(start, end) + 1);
  for (let day = daysBetween(tree.start, first); day <= daysBetween(tree.start, end) && day < length; day++)
    planned[day] = (planned[day] ?? 0) + perDay;
  return planned;
}
