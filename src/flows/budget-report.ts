/** Budgets with what is spent of them, and everything that ever happened to one. */
import type { AnswerBudget } from '../core/answer.ts';
import { addDays, type Day, dayInZone, daysBetween, earlier, later } from '../core/day.ts';
import { parseScope, type Scope, scopeKey } from '../core/scope.ts';
import { BUDGET_PERIODS } from '../core/settings.ts';
import { type AuditEntry, listAudit } from '../store/audit.ts';
import { listBudgets, type StoredBudget } from '../store/budgets.ts';
import { type CostFilter, sourcesInScope } from '../store/daily-costs.ts';
import { readSources } from '../store/freshness.ts';
import { spentOfBudget } from './answer/budget-use.ts';
import { unknownSince } from './answer/freshness-warnings.ts';
import { isStale } from './answer/stale.ts';
import type { Context } from './context.ts';
import { budgetSubject } from './set-budget.ts';
import { actorNames, teamOfScope } from './standing.ts';

/** Sources that cost something in a budget's scope within so many days before its period count as part of it. */
const SCOPE_DAYS = 100;

export interface BudgetLine extends StoredBudget {
  /** The team that answers for it. */
  readonly team?: string;
  readonly use: AnswerBudget;
  /** Share of its period that is over, today not counted: what an even pace would have used. */
  readonly elapsedRatio: number;
}

/** The budgets of these scopes, or all when `scopes` is absent, from the whole to its parts, with their use on EffectiveCost. */
export async function readBudgets(
  context: Context,
  scopes?: readonly Scope[],
): Promise<{ today: Day; budgets: BudgetLine[] }> {
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const wanted = scopes && new Set(scopes.map(scopeKey));
  const stored = (await listBudgets(store))
    .filter(({ scope }) => wanted?.has(scope) ?? true)
    .sort((a, b) => rank(a.scope) - rank(b.scope));
  const budgets: BudgetLine[] = [];
  for (const budget of stored) {
    const scope = parseScope(budget.scope);
    const question = {
      filter: filterOf(scope),
      today,
      currency: budget.currency,
      basis: 'effective',
    } as const;
    const use = await spentOfBudget(context, budget, question);
    const team = await teamOfScope(store, scope);
    budgets.push({ ...budget, ...(team && { team }), use, elapsedRatio: elapsed(use.current, today) });
  }
  return { today, budgets };
}

export interface BudgetEvent {
  readonly at: Date;
  /** Who did it, by name. */
  readonly by: string;
  readonly period: StoredBudget['period'];
  readonly before?: { readonly amountMicros: bigint; readonly currency: string };
  readonly after?: { readonly amountMicros: bigint; readonly currency: string };
}

/** What these budgets' use lacks because a source of their cost is silent or failing, in sentences. */
export async function budgetWarnings(context: Context, budgets: readonly BudgetLine[]): Promise<string[]> {
  const { store, settings } = context;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  const stale = (await readSources(store)).filter((source) => isStale(source, { today, now, settings }));
  if (stale.length === 0) return [];
  const touched = new Set<string>();
  for (const { scope, use } of budgets) {
    const { start, end } = use.current;
    const names = await sourcesInScope(store, filterOf(parseScope(scope)), addDays(start, -SCOPE_DAYS));
    for (const { name, watermark } of stale)
      if (names.includes(name) && (watermark ?? '') < end) touched.add(name);
  }
  return stale.filter(({ name }) => touched.has(name)).map((source) => unknownSince(source, today));
}

/** Everything that happened to a scope's budgets, newest first. */
export async function budgetHistory({ store }: Context, scope: Scope): Promise<BudgetEvent[]> {
  const subjects = new Map(BUDGET_PERIODS.map((period) => [budgetSubject(scopeKey(scope), period), period]));
  const nameOf = await actorNames(store);
  const entries = await listAudit(store, [...subjects.keys()]);
  return entries
    .flatMap(({ subject, actor, at, ...entry }): BudgetEvent[] => {
      const period = subjects.get(subject);
      if (!period) return [];
      return [{ at, by: nameOf(actor), period, ...amounts(entry) }];
    })
    .reverse();
}

function amounts({ before, after }: Pick<AuditEntry, 'before' | 'after'>) {
  return { ...(before && { before: amountOf(before) }), ...(after && { after: amountOf(after) }) };
}

function amountOf(state: string): { amountMicros: bigint; currency: string } {
  const { amountMicros, currency } = JSON.parse(state) as { amountMicros: string; currency: string };
  return { amountMicros: BigInt(amountMicros), currency };
}

/** The costs that a budget of this scope is about. */
export function filterOf(scope: Scope): CostFilter {
  if (scope.kind === 'org') return {};
  if (scope.kind === 'model' && scope.stage) return { model: scope.name, stage: scope.stage };
  return { [scope.kind]: scope.name };
}

/** From the whole to its parts. */
function rank(scope: string): number {
  const kinds = ['org', 'team', 'model'];
  const kind = kinds.indexOf(parseScope(scope).kind);
  return kind < 0 ? kinds.length : kind;
}

function elapsed({ start, end }: { start: Day; end: Day }, today: Day): number {
  const yesterday = earlier(later(addDays(today, -1), addDays(start, -1)), end);
  return (daysBetween(start, yesterday) + 1) / (daysBetween(start, end) + 1);
}
