/** What may be spent on a scope in a calendar period. */
import { type Scope, scopeKey } from '../core/scope.ts';
import { BUDGET_PERIODS } from '../core/settings.ts';
import type { StoreTransaction } from './open.ts';

type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

export interface StoredBudget {
  /** Scope as text, e.g. "model:bert". */
  readonly scope: string;
  readonly period: BudgetPeriod;
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly managedBy: 'file' | 'chat';
}

/** Every budget, by scope and from the shortest period to the longest. */
export async function listBudgets(store: StoreTransaction, scope?: Scope): Promise<StoredBudget[]> {
  const rows = await store.budget.findMany({
    ...(scope && { where: { scope: scopeKey(scope) } }),
    orderBy: { scope: 'asc' },
  });
  return rows
    .flatMap(({ scope, period, amountMicros, currency, managedBy }): StoredBudget[] => {
      const known = BUDGET_PERIODS.find((name) => name === period);
      if (!known) return [];
      return [
        { scope, period: known, amountMicros, currency, managedBy: managedBy === 'file' ? 'file' : 'chat' },
      ];
    })
    .sort((a, b) => (a.scope === b.scope ? rank(a.period) - rank(b.period) : a.scope < b.scope ? -1 : 1));
}

/**
 * The scope's budget for `period`; without one, the monthly budget, else the one with the shortest period.
 * The scope's own budget only: a model's stage does not inherit the model's.
 */
export async function findBudget(
  store: StoreTransaction,
  scope: Scope,
  period?: BudgetPeriod,
): Promise<StoredBudget | undefined> {
  const budgets = await listBudgets(store, scope);
  if (period) return budgets.find((budget) => budget.period === period);
  return budgets.find((budget) => budget.period === 'monthly') ?? budgets[0];
}

export async function saveBudget(tx: StoreTransaction, budget: StoredBudget, at: Date): Promise<void> {
  const { scope, period, ...rest } = budget;
  const data = { ...rest, updatedAt: at };
  await tx.budget.upsert({
    where: { scope_period_metric: { scope, period, metric: 'cost' } },
    create: { scope, period, ...data },
    update: data,
  });
}

export async function removeBudget(
  tx: StoreTransaction,
  budget: { readonly scope: string; readonly period: BudgetPeriod },
): Promise<void> {
  const { scope, period } = budget;
  await tx.budget.delete({ where: { scope_period_metric: { scope, period, metric: 'cost' } } });
}

function rank(period: BudgetPeriod): number {
  return BUDGET_PERIODS.indexOf(period);
}
