/** Budgets with what is used of them and where they are going, each in its place in the organisation. */
import type { Course } from '../analysis/budgets/course.ts';
import type { ScopeNode } from '../analysis/budgets/hierarchy.ts';
import { budgetSpan } from '../analysis/budgets/span.ts';
import type { Within } from '../analysis/budgets/within.ts';
import type { AnswerBudget } from '../core/answer.ts';
import { addDays, type Day, dayInZone, daysBetween, earlier, later } from '../core/day.ts';
import { parseScope, type Scope, scopeKey } from '../core/scope.ts';
import { listBudgets, type StoredBudget } from '../store/budgets.ts';
import { sourcesInScope } from '../store/daily-costs.ts';
import { readSources } from '../store/freshness.ts';
import { spentOfBudget, usedOfBudget } from './answer/budget-use.ts';
import { unknownSince } from './answer/freshness-warnings.ts';
import { isStale } from './answer/stale.ts';
import { readCounted } from './budgets/counted.ts';
import { courseOf } from './budgets/course.ts';

import { filterOf } from './budgets/filter.ts';
import { placeBudgets } from './budgets/place.ts';
import type { Context } from './context.ts';

export { filterOf, type StoredBudget };

/** Sources that cost something in a budget's scope within so many days before its period count as part of it. */
const SCOPE_DAYS = 100;

export interface BudgetLine extends StoredBudget {
  /** The team that answers for it. */
  readonly team?: string;
  readonly use: AnswerBudget;
  /** Share of its period that is over, today not counted: what an even pace would have used. Null without an end. */
  readonly elapsedRatio: number | null;
  /** Its place among the budgets. */
  readonly depth: number;
  readonly parent?: string;
  /** It cuts across others: a service, an environment, an experiment. */
  readonly across: boolean;
  /** What the budgets one level below add up to. */
  readonly within?: Within;
  /** Present when asked for. */
  readonly course?: Course;
}

export interface BudgetSelection {
  /** Only these scopes' budgets … */
  readonly scopes?: readonly Scope[];
  /** … or only those that these teams answer for. */
  readonly teams?: readonly string[];
  /** With burn rate and forecast, which take longer. */
  readonly courses?: boolean;
}

/** The budgets as a tree from the whole to its parts, with their use on EffectiveCost. */
export async function readBudgets(
  context: Context,
  { scopes, teams, courses = false }: BudgetSelection = {},
): Promise<{ today: Day; budgets: BudgetLine[] }> {
  const today = dayInZone(context.now(), context.settings.timeZone);
  const wanted = scopes && new Set(scopes.map(scopeKey));
  const places = await placeBudgets(context, await listBudgets(context.store), today);
  const budgets: BudgetLine[] = [];
  for (const node of places.tree) {
    const team = places.teamOf(node.key);
    if (wanted && !wanted.has(node.key)) continue;
    if (teams && (team === undefined || !teams.includes(team))) continue;
    for (const { current, ...budget } of places.budgets.filter(({ scope }) => scope === node.key)) {
      const use = await currentUse(context, budget, today);
      const within = places.within({ ...budget, current });
      budgets.push({
        ...budget,
        ...(team && { team }),
        use,
        elapsedRatio: use.openEnd ? null : elapsed(use.current, today),
        ...placeOf(node),
        ...(within && { within }),
        ...(courses && { course: await currentCourse(context, budget, today) }),
      });
    }
  }
  return { today, budgets };
}

function placeOf({ depth, parent, across }: ScopeNode) {
  return { depth, across, ...(parent && { parent }) };
}

async function currentUse(context: Context, budget: StoredBudget, today: Day): Promise<AnswerBudget> {
  if (budget.metric) return usedOfBudget(context, budget, today);
  const filter = filterOf(parseScope(budget.scope));
  return spentOfBudget(context, budget, { filter, today, currency: budget.currency, basis: 'effective' });
}

async function currentCourse(context: Context, budget: StoredBudget, today: Day): Promise<Course> {
  const { weekStart } = context.settings;
  const from = budgetSpan(budget, today, weekStart).start;
  const counted = await readCounted(context, budget, { from, today });
  const day = budget.period === 'daily' ? (counted.until ?? today) : today;
  return courseOf(budget, counted, budgetSpan(budget, day, weekStart));
}

/** What these budgets' use lacks because a source of their cost is silent or failing, in sentences. */
export async function budgetWarnings(context: Context, budgets: readonly BudgetLine[]): Promise<string[]> {
  const { store, settings } = context;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  const stale = (await readSources(store)).filter((source) => isStale(source, { today, now, settings }));
  if (stale.length === 0) return [];
  const touched = new Set<string>();
  for (const { scope, use } of budgets.filter(({ metric }) => metric === undefined)) {
    const { start, end } = use.current;
    const names = await sourcesInScope(store, filterOf(parseScope(scope)), addDays(start, -SCOPE_DAYS));
    for (const { name, watermark } of stale)
      if (names.includes(name) && (watermark ?? '') < end) touched.add(name);
  }
  return stale.filter(({ name }) => touched.has(name)).map((source) => unknownSince(source, today));
}

function elapsed({ start, end }: { start: Day; end: Day }, today: Day): number {
  const yesterday = earlier(later(addDays(today, -1), addDays(start, -1)), end);
  return (daysBetween(start, yesterday) + 1) / (daysBetween(start, end) + 1);
}
