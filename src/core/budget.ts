/** The words of budgets: what is counted, for how long, and what they are called. */
import type { UnitMetric } from './usage.ts';

/** Calendar periods from the shortest to the longest, and a cap with a first and perhaps a last day. */
export const BUDGET_PERIODS = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'fixed'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** Usage that a budget may be of, instead of money. */
export const BUDGET_METRICS = [
  'tokens',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'requests',
  'gpu_hours',
] as const satisfies readonly UnitMetric[];
export type BudgetMetric = (typeof BUDGET_METRICS)[number];

/** Names one budget among all: at most one per scope, period and metric. */
export interface BudgetKey {
  /** Scope as text, e.g. "model:bert". */
  readonly scope: string;
  readonly period: BudgetPeriod;
  /** Absent: money. */
  readonly metric?: BudgetMetric;
}

/** "model:bert monthly", "team:growth monthly tokens": also the end of what audit entries are about. */
export function budgetKey({ scope, period, metric }: BudgetKey): string {
  return [scope, period, metric].filter(Boolean).join(' ');
}

/** How much a budget allows, of what and when. */
export interface BudgetTerms {
  readonly period: BudgetPeriod;
  readonly metric?: BudgetMetric;
  readonly amountMicros: bigint;
  /** Empty where usage is counted. */
  readonly currency: string;
  readonly startDay?: string;
  readonly endDay?: string;
}

/** Whether two budgets allow the same. */
export function sameTerms(a: BudgetTerms, b: BudgetTerms): boolean {
  return (
    a.period === b.period &&
    a.metric === b.metric &&
    a.amountMicros === b.amountMicros &&
    a.currency === b.currency &&
    a.startDay === b.startDay &&
    a.endDay === b.endDay
  );
}
