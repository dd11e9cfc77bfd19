/** Budgets as `ask --json` prints them: amounts are decimal strings. */
import { microsToDecimal } from '../../core/money.ts';
import type { BudgetEvent, BudgetLine } from '../../flows/budget-report.ts';

export function budgetJson(budget: BudgetLine): Record<string, unknown> {
  const { scope, period, amountMicros, currency, managedBy, team, use, elapsedRatio } = budget;
  return {
    key: scope,
    period,
    amount: microsToDecimal(amountMicros),
    currency,
    managedBy,
    team: team ?? null,
    start: use.current.start,
    end: use.current.end,
    spent: use.spent === null ? null : microsToDecimal(use.spent),
    usedPercent: use.usedRatio === null ? null : Math.round(use.usedRatio * 10_000) / 100,
    elapsedPercent: Math.round(elapsedRatio * 10_000) / 100,
  };
}

export function eventJson({ at, by, period, before, after }: BudgetEvent): Record<string, unknown> {
  return { at: at.toISOString(), by, period, before: amountJson(before), after: amountJson(after) };
}

export function amountJson(
  budget: { readonly amountMicros: bigint; readonly currency: string } | undefined,
): { amount: string; currency: string } | null {
  return budget ? { amount: microsToDecimal(budget.amountMicros), currency: budget.currency } : null;
}
