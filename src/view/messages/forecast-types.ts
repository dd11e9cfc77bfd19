/** What a forecast is told from: everything decided, nothing worded. Amounts are micros of `currency`. */
import type { AnswerBudget, AnswerSource } from '../../core/answer.ts';
import type { Day } from '../../core/day.ts';
import type { ForecastAccuracy } from '../../core/forecast.ts';
import type { Period } from '../../core/period.ts';
import type { Scope } from '../../core/scope.ts';

/** An amount to come: the likely one, and the range for 50, 80 and 95 of 100 outcomes. */
export interface ForecastAmount {
  readonly mean: bigint;
  readonly bands: Readonly<Record<'50' | '80' | '95', { readonly low: bigint; readonly high: bigint }>>;
}

export interface ForecastSpan {
  readonly days: Period;
  readonly amount: ForecastAmount;
}

export interface ForecastFacts {
  readonly scope: Scope;
  readonly today: Day;
  readonly currency: string;
  /** Last complete day, which all is counted from; undefined while there is none. */
  readonly until?: Day;
  /** Cost of the complete days of its month; null when unknown. */
  readonly spent: bigint | null;
  /** All cost by complete day, oldest first; null where unknown. */
  readonly history: readonly { readonly day: Day; readonly micros: bigint | null }[];
  /** Absent when there can be none; `reason` says why. */
  readonly ahead?: ForecastAhead;
  readonly reason?: string;
  /** The scope's budget, with its amount in `currency` where a rate is known. */
  readonly budget?: AnswerBudget & { readonly amountHere?: bigint };
  readonly accuracy: ForecastAccuracy;
  /** What providers themselves expect. */
  readonly providers: readonly ProviderExpectation[];
  readonly planned: readonly {
    readonly scope: string;
    readonly days: Period;
    readonly amount: bigint;
    readonly currency: string;
    readonly reason?: string;
  }[];
  readonly sources: readonly AnswerSource[];
  readonly warnings: readonly string[];
}

/** The span that a forecast is told of first. */
export type ForecastFocus = 'month' | 'nextDay' | 'next7' | 'nextMonth' | 'next90';

export interface ForecastAhead {
  /** The month of the last complete day: what is spent of it and what is to come. */
  readonly month: ForecastSpan & { readonly remainingDays: number };
  readonly nextDay: ForecastSpan;
  readonly next7: ForecastSpan;
  readonly nextMonth: ForecastSpan;
  readonly next90: ForecastSpan;
  /** The next 90 days one by one. */
  readonly days: readonly { readonly day: Day; readonly amount: ForecastAmount }[];
  /** What the month will have cost by each of its days to come. */
  readonly running: readonly { readonly day: Day; readonly amount: ForecastAmount }[];
  readonly model: string;
  readonly parts: readonly { readonly model: string; readonly weight: number }[];
  /** Of the model, tried on the past; `naive` is what repeating the last week would have had. */
  readonly trial?: {
    readonly smape: number;
    readonly mase: number;
    readonly origins: number;
    readonly naive?: number;
  };
  /** Every method that was tried. */
  readonly tried: readonly {
    readonly model: string;
    readonly smape: number;
    readonly mase: number;
    readonly origins: number;
  }[];
  /** Known days that it learnt from. */
  readonly learntDays: number;
}

/** A provider's own forecast of its part of the bill. */
export interface ProviderExpectation {
  readonly source: string;
  readonly days: Period;
  readonly currency: string;
  readonly mean: bigint;
  readonly low?: bigint;
  readonly high?: bigint;
}
