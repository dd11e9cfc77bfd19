/** The answer to a cost question, as data: the same for chat, terminal and JSON. Amounts are micros of `currency`. */
import type { BudgetMetric } from './budget.ts';
import type { Day } from './day.ts';
import type { Basis, Breakdown } from './dimension.ts';
import type { Period } from './period.ts';
import type { CostQuestion } from './question.ts';
import type { UnitCost } from './usage.ts';

export interface CostAnswer {
  readonly question: CostQuestion;
  /** The reader's calendar day. */
  readonly today: Day;
  readonly by: Breakdown;
  readonly currency: string;
  readonly basis: Basis;
  readonly period: Period;
  readonly previous: Period;
  readonly previousLabel: string;
  /** Set when the period has incomplete days: the parts of both periods that the change compares. */
  readonly compared?: { readonly period: Period; readonly previous: Period };
  /** Null means unknown, never zero. The change is unknown while the two sides are not alike: no complete day, or a rate is missing. */
  readonly total: bigint | null;
  readonly previousTotal: bigint | null;
  readonly change: bigint | null;
  readonly changeRatio: number | null;
  /** Share of the whole organisation's cost in the same days. */
  readonly share: number | null;
  readonly rows: readonly AnswerRow[];
  readonly categories: readonly { readonly key: string; readonly cost: bigint }[];
  readonly drivers: readonly AnswerDriver[];
  readonly series: AnswerSeries;
  /** Cost after the period's end that has arrived but is not complete. */
  readonly arriving?: { readonly period: Period; readonly cost: bigint | null };
  readonly owner?: AnswerOwner;
  readonly budget?: AnswerBudget;
  readonly sources: readonly AnswerSource[];
  /** Last day up to which everything in scope is complete. */
  readonly watermark?: Day;
  /** The newest day with a cost in scope, when the period has none. */
  readonly lastCostDay?: Day;
  /** Amounts of the period in currencies that no rate covers: in no figure above. */
  readonly unconverted: readonly { readonly currency: string; readonly micros: bigint }[];
  /** Share of the cost in scope that a rule or tag claims for a model (org and team scopes). */
  readonly allocated?: number;
  /** Cost ÷ usage per metric; empty when nothing of this kind is ever counted for the subject. */
  readonly unitCosts: readonly UnitCost[];
  /** Set when a part of the figure was shared out of a pool: direct + shared = total. Negative: the subject gave it away. */
  readonly shared?: AnswerShared;
  /** What usage will probably cost whose bill has not arrived: in no figure above. */
  readonly estimate?: AnswerEstimate;
  readonly warnings: readonly string[];
}

export interface AnswerShared {
  readonly direct: bigint | null;
  readonly shared: bigint | null;
  /** Largest first. */
  readonly bySplit: readonly { readonly name: string; readonly cost: bigint | null }[];
}

/** Tokens × list price of days that are not complete, beyond what has arrived of them. */
export interface AnswerEstimate {
  /** Null when nothing that was used has a price, or no rate covers it. */
  readonly amount: bigint | null;
  readonly currency: string;
  readonly from: Day;
  readonly to: Day;
  /** Language models that were used and have no price: not in the amount. */
  readonly unpriced: readonly string[];
  /** Amounts in currencies that no rate covers: not in the amount. */
  readonly unconverted: readonly { readonly currency: string; readonly micros: bigint }[];
}

export interface AnswerRow {
  readonly key: string | null;
  readonly label: string;
  readonly cost: bigint | null;
  readonly previousCost: bigint | null;
  readonly change: bigint | null;
  readonly changeRatio: number | null;
  readonly share: number | null;
  /** The row's own unit cost, where the breakdown is by team, model or stage. */
  readonly unitCost?: UnitCost;
}

export interface AnswerDriver {
  readonly dimension: Breakdown;
  readonly label: string;
  readonly change: bigint;
  readonly share: number;
}

export interface AnswerSeries {
  readonly days: readonly Day[];
  readonly parts: readonly { readonly label: string; readonly micros: readonly (bigint | null)[] }[];
  /** The days that the period is compared with, day by day from their start. */
  readonly previous: readonly (bigint | null)[];
  /** First day that is not complete. */
  readonly provisionalFrom?: Day;
}

export interface AnswerOwner {
  readonly name: string;
  /** The team whose owner stands in, when nobody owns the model itself. */
  readonly team?: string;
}

export interface AnswerBudget {
  readonly amount: bigint;
  readonly currency: string;
  readonly period: string;
  /** The budget period that today is in. */
  readonly current: Period;
  /** Spent in it so far, in the budget's currency; null when unknown. */
  readonly spent: bigint | null;
  readonly usedRatio: number | null;
  /** What the month will have cost at its end, with the range of 80 %; absent when nothing can be said. */
  readonly forecast?: { readonly amount: bigint; readonly low: bigint; readonly high: bigint };
  /** Even pace per day, in the answer's currency; absent when no rate covers it. */
  readonly perDay?: bigint;
  /** Usage that the amount is of, in micro-units; absent: money. */
  readonly metric?: BudgetMetric;
  /** A fixed cap without a last day: the period goes on. */
  readonly openEnd?: boolean;
}

export interface AnswerSource {
  readonly name: string;
  readonly watermark?: Day;
  /** First day with any charge. */
  readonly firstDay?: Day;
  /** Failing, or nothing complete for days: figures after the watermark are unknown. */
  readonly stale: boolean;
  /** It has no complete day of the period although its cost belongs to it: every figure lacks it. */
  readonly lacking: boolean;
  readonly error?: string;
}
