/** A budget that is asked for, as messages show it. */
import type { BudgetMetric, BudgetPeriod } from '../../core/budget.ts';
import type { Day } from '../../core/day.ts';
import type { BudgetShown } from './budget-types.ts';

export interface AmountShown {
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly metric?: BudgetMetric;
}

export interface RequestShown extends AmountShown {
  readonly id: number;
  readonly scope: string;
  readonly period: BudgetPeriod;
  readonly startDay?: string;
  readonly endDay?: string;
  readonly reason?: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly status: 'open' | 'approved' | 'declined' | 'withdrawn' | 'expired';
  readonly decidedAt?: Date;
  readonly note?: string;
  /** Who asked and who decided, by name. */
  readonly by: string;
  readonly decider?: string;
  /** The budget as it is now; absent when there is none. */
  readonly now?: AmountShown;
}

/** Somebody who may decide; with an id on the platform the message goes to, they are mentioned. */
export interface ApproverShown {
  readonly name: string;
  readonly ids?: Readonly<Record<string, string>>;
}

/** The budget around the one that is asked for, and what would lie within it. */
export interface AboveShown {
  readonly around: AmountShown & { readonly scope: string; readonly period: BudgetPeriod };
  readonly within: NonNullable<BudgetShown['within']>;
}

export interface When {
  readonly today: Day;
  readonly timeZone: string;
}
