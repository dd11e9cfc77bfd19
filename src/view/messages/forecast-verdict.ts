/** How a month stands beside its budget: one status mark and its word. */

export interface MonthStanding {
  readonly budget?: bigint;
  /** Null when unknown. */
  readonly spent: bigint | null;
  readonly forecast?: { readonly amount: bigint; readonly high: bigint; readonly closed: boolean };
}

/** Nothing without a budget, or while what is spent is unknown. */
export function budgetVerdict({ budget, spent, forecast }: MonthStanding): {
  mark?: string;
  verdict?: string;
} {
  if (budget === undefined || spent === null) return {};
  if (spent > budget) return { mark: '🔴', verdict: 'over budget' };
  if (!forecast) return {};
  if (forecast.closed) return { mark: '🟢', verdict: 'within budget' };
  if (forecast.amount > budget) return { mark: '🔴', verdict: 'heading over budget' };
  if (forecast.high > budget) return { mark: '🟠', verdict: 'may go over budget' };
  return { mark: '🟢', verdict: 'within budget' };
}
