/** What may be spent on a scope, or used of something, in a calendar period or under a fixed cap. */
import {
  BUDGET_METRICS,
  BUDGET_PERIODS,
  type BudgetKey,
  type BudgetPeriod,
  type BudgetTerms,
} from '../core/budget.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import type { StoreTransaction } from './open.ts';

/** A metric that is absent means money, and thresholds that are absent those of the settings. */
export interface StoredBudget extends BudgetTerms {
  /** Scope as text, e.g. "model:bert". */
  readonly scope: string;
  readonly thresholds?: readonly number[];
  readonly managedBy: 'file' | 'chat';
}

/** How money is called in the database. */
const COST = 'cost';

/** Every budget: by scope, money before usage, and from the shortest period to the longest. */
export async function listBudgets(store: StoreTransaction, scope?: Scope): Promise<StoredBudget[]> {
  return (await readRows(store, scope)).map(({ budget }) => budget);
}

/** The same with when each was last changed. */
export async function listDatedBudgets(
  store: StoreTransaction,
): Promise<{ readonly budget: StoredBudget; readonly updatedAt: Date }[]> {
  return readRows(store);
}

async function readRows(store: StoreTransaction, scope?: Scope) {
  const rows = await store.budget.findMany({
    ...(scope && { where: { scope: scopeKey(scope) } }),
    orderBy: { scope: 'asc' },
  });
  return rows
    .flatMap(({ updatedAt, ...row }) => {
      const period = BUDGET_PERIODS.find((name) => name === row.period);
      const metric = BUDGET_METRICS.find((name) => name === row.metric);
      if (!period || (!metric && row.metric !== COST)) return [];
      const budget: StoredBudget = {
        scope: row.scope,
        period,
        ...(metric && { metric }),
        amountMicros: row.amountMicros,
        currency: row.currency,
        ...(row.startDay !== null && { startDay: row.startDay }),
        ...(row.endDay !== null && { endDay: row.endDay }),
        ...(row.thresholds !== null && { thresholds: JSON.parse(row.thresholds) as number[] }),
        managedBy: row.managedBy === 'file' ? 'file' : 'chat',
      };
      return [{ budget, updatedAt }];
    })
    .sort((a, b) => compare(a.budget, b.budget));
}

function compare(a: StoredBudget, b: StoredBudget): number {
  if (a.scope !== b.scope) return a.scope < b.scope ? -1 : 1;
  const metrics = [undefined, ...BUDGET_METRICS];
  return (
    metrics.indexOf(a.metric) - metrics.indexOf(b.metric) ||
    BUDGET_PERIODS.indexOf(a.period) - BUDGET_PERIODS.indexOf(b.period)
  );
}

/**
 * The scope's budget of money for `period`; without one, the monthly budget, else the one with the shortest period.
 * The scope's own budget only: a model's stage does not inherit the model's.
 */
export async function findBudget(
  store: StoreTransaction,
  scope: Scope,
  period?: BudgetPeriod,
): Promise<StoredBudget | undefined> {
  const budgets = (await listBudgets(store, scope)).filter(({ metric }) => metric === undefined);
  if (period) return budgets.find((budget) => budget.period === period);
  return budgets.find((budget) => budget.period === 'monthly') ?? budgets[0];
}

/** One budget by its key. */
export async function readBudget(
  store: StoreTransaction,
  scope: Scope,
  { period, metric }: Omit<BudgetKey, 'scope'>,
): Promise<StoredBudget | undefined> {
  return (await listBudgets(store, scope)).find(
    (budget) => budget.period === period && budget.metric === metric,
  );
}

export async function saveBudget(tx: StoreTransaction, budget: StoredBudget, at: Date): Promise<void> {
  const { scope, period, metric, thresholds, startDay, endDay, ...rest } = budget;
  const key = { scope, period, metric: metric ?? COST };
  const data = {
    ...rest,
    startDay: startDay ?? null,
    endDay: endDay ?? null,
    thresholds: thresholds ? JSON.stringify(thresholds) : null,
    updatedAt: at,
  };
  await tx.budget.upsert({
    where: { scope_period_metric: key },
    create: { ...key, ...data },
    update: data,
  });
}

export async function removeBudget(
  tx: StoreTransaction,
  { scope, period, metric }: BudgetKey,
): Promise<void> {
  await tx.budget.delete({ where: { scope_period_metric: { scope, period, metric: metric ?? COST } } });
}
