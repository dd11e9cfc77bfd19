/** A budget as messages show it. */
import type { AnswerBudget } from '../../core/answer.ts';
import type { BudgetMetric, BudgetPeriod } from '../../core/budget.ts';
import type { Day } from '../../core/day.ts';

export interface BudgetShown {
  readonly scope: string;
  readonly period: BudgetPeriod;
  /** Absent: money. */
  readonly metric?: BudgetMetric;
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly thresholds?: readonly number[];
  readonly managedBy: 'file' | 'chat';
  readonly team?: string;
  readonly use: AnswerBudget;
  /** Null for a cap without a last day. */
  readonly elapsedRatio: number | null;
  /** How many budgeted scopes are around its own. */
  readonly depth: number;
  readonly across: boolean;
  /** What the budgets one level below add up to. */
  readonly within?: {
    readonly amount: bigint;
    readonly budgets: number;
    readonly proRata: number;
    readonly unconverted: readonly string[];
  };
  readonly course?: CourseShown;
}

/** Complete days of the period, the pace, and the forecast of its end. */
export interface CourseShown {
  readonly until?: Day;
  readonly used: bigint;
  readonly days: readonly { readonly day: Day; readonly used: bigint }[];
  readonly burn?: { readonly perDay: bigint; readonly days: number; readonly usedUpOn?: Day };
  readonly forecast?: {
    readonly amount: bigint;
    readonly low: bigint;
    readonly high: bigint;
    readonly end: Day;
    readonly overOn?: Day;
    readonly days: readonly {
      readonly day: Day;
      readonly mean: bigint;
      readonly lower: bigint;
      readonly upper: bigint;
    }[];
  };
  readonly noForecast?: string;
}
