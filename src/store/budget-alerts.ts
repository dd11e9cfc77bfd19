/** Thresholds of budgets that were told: each once per period. */
import type { BudgetKey } from '../core/budget.ts';
import type { Day } from '../core/day.ts';
import type { StoreTransaction } from './open.ts';

export interface StoredBudgetAlert {
  readonly kind: 'actual' | 'forecast';
  readonly percent: number;
  /** What was used or foreseen, and the budget then. */
  readonly used: bigint;
  readonly amount: bigint;
  readonly currency: string;
}

/** A budget in the period that begins on a day. */
export type BudgetPeriodKey = BudgetKey & { readonly periodStart: Day };

const COST = 'cost';

export async function listBudgetAlerts(
  store: StoreTransaction,
  key: BudgetPeriodKey,
): Promise<StoredBudgetAlert[]> {
  const rows = await store.budgetAlert.findMany({ where: whereOf(key), orderBy: { id: 'asc' } });
  return rows.map(({ kind, threshold, usedMicros, amountMicros, currency }) => ({
    kind: kind === 'forecast' ? 'forecast' : 'actual',
    percent: threshold,
    used: usedMicros,
    amount: amountMicros,
    currency,
  }));
}

/** Writes thresholds down as told, in the transaction of the message. */
export async function addBudgetAlerts(
  tx: StoreTransaction,
  key: BudgetPeriodKey,
  alerts: readonly StoredBudgetAlert[],
  at: Date,
): Promise<void> {
  const data = alerts.map(({ kind, percent, used, amount, currency }) => ({
    ...whereOf(key),
    kind,
    threshold: percent,
    usedMicros: used,
    amountMicros: amount,
    currency,
    at,
  }));
  if (data.length > 0) await tx.budgetAlert.createMany({ data });
}

/** Lets thresholds be told again. */
export async function removeBudgetAlerts(
  tx: StoreTransaction,
  key: BudgetPeriodKey,
  alerts: readonly Pick<StoredBudgetAlert, 'kind' | 'percent'>[],
): Promise<void> {
  for (const { kind, percent } of alerts)
    await tx.budgetAlert.deleteMany({ where: { ...whereOf(key), kind, threshold: percent } });
}

function whereOf({ scope, period, metric, periodStart }: BudgetPeriodKey) {
  return { scope, period, metric: metric ?? COST, periodStart };
}
