/** Budgets in their places: the team that answers for each, the tree of their scopes, and the days they are for. */
import { type ScopeNode, scopeTree } from '../../analysis/budgets/hierarchy.ts';
import { budgetSpan } from '../../analysis/budgets/span.ts';
import { budgetsWithin, type PlacedBudget, type Within } from '../../analysis/budgets/within.ts';
import { createConvert } from '../../analysis/convert.ts';
import { type Day, later } from '../../core/day.ts';
import { parseScope, type Scope, scopeKey } from '../../core/scope.ts';
import type { Settings } from '../../core/settings.ts';
import { listBudgets, type StoredBudget } from '../../store/budgets.ts';
import type { Context } from '../context.ts';
import type { WantedBudget } from '../set-budget.ts';
import { teamOfBudget } from './team.ts';

export interface BudgetPlaces {
  readonly tree: readonly ScopeNode[];
  readonly budgets: readonly (StoredBudget & PlacedBudget)[];
  teamOf(scope: string): string | undefined;
  /** What the budgets one level below one add up to. */
  within(budget: PlacedBudget): Within | undefined;
}

/** Places these budgets among each other, from the whole to its parts. */
export async function placeBudgets(
  context: Context,
  stored: readonly StoredBudget[],
  today: Day,
): Promise<BudgetPlaces> {
  const { settings } = context;
  const inOrder = [...stored].sort((a, b) => rank(a.scope) - rank(b.scope));
  const teams = new Map<string, string | undefined>();
  for (const { scope } of inOrder)
    if (!teams.has(scope)) teams.set(scope, await teamOfBudget(context, parseScope(scope)));
  const tree = scopeTree(
    [...teams].map(([key, team]) => ({ key, scope: parseScope(key), ...(team && { team }) })),
  );
  const budgets = inOrder.map((budget) => ({ ...budget, current: currentPeriod(settings, budget, today) }));
  const convert = createConvert(settings.fx);
  return {
    tree,
    budgets,
    teamOf: (scope) => teams.get(scope),
    within: (budget) => budgetsWithin(budget, { tree, budgets, convert, today }),
  };
}

/** The budget around a wanted one, and what would lie within it: undefined where none is around, or nothing compares. */
export async function budgetAround(
  context: Context,
  { scope, ...terms }: WantedBudget,
  today: Day,
): Promise<{ around: StoredBudget; within: Within } | undefined> {
  const wanted: StoredBudget = { ...terms, scope: scopeKey(scope), managedBy: 'chat' };
  const others = (await listBudgets(context.store)).filter(
    (one) => one.scope !== wanted.scope || one.period !== wanted.period || one.metric !== wanted.metric,
  );
  const { tree, budgets, within } = await placeBudgets(context, [...others, wanted], today);
  const node = tree.find(({ key }) => key === wanted.scope);
  if (!node || node.across) return undefined;
  const alike = budgets.filter((one) => one.scope === node.parent && one.metric === wanted.metric);
  const around = alike.find(({ period }) => period === wanted.period) ?? alike[0];
  const sum = around && within(around);
  return around && sum && { around, within: sum };
}

function currentPeriod({ weekStart }: Settings, budget: StoredBudget, today: Day) {
  const { start, end = later(start, today) } = budgetSpan(budget, today, weekStart);
  return { start, end };
}

/** From the whole to its parts, among scopes that lie side by side. */
function rank(scope: string): number {
  const kinds: readonly Scope['kind'][] = ['org', 'team', 'model'];
  const kind = kinds.indexOf(parseScope(scope).kind);
  return kind < 0 ? kinds.length : kind;
}
