/** The days a budget's amount is for. */
import type { BudgetTerms } from '../../core/budget.ts';
import { addDays, addMonths, type Day, startOfMonth, startOfWeek, type WeekStart } from '../../core/day.ts';

/** Both ends included; no end: until the budget is removed. */
export interface BudgetSpan {
  readonly start: Day;
  readonly end?: Day;
}

const MONTHS = { monthly: 1, quarterly: 3, yearly: 12 } as const;

/** The period of a budget that `day` is in; a fixed cap has one only, whatever the day. */
export function budgetSpan(
  { period, startDay, endDay }: Pick<BudgetTerms, 'period' | 'startDay' | 'endDay'>,
  day: Day,
  weekStart: WeekStart,
): BudgetSpan {
  switch (period) {
    case 'daily':
      return { start: day, end: day };
    case 'weekly': {
      const start = startOfWeek(day, weekStart);
      return { start, end: addDays(start, 6) };
    }
    case 'fixed':
      return { start: startDay ?? day, ...(endDay && { end: endDay }) };
    case 'monthly':
    case 'quarterly':
    case 'yearly': {
      const months = MONTHS[period];
      const into = (Number(day.slice(5, 7)) - 1) % months;
      const start = addMonths(startOfMonth(day), -into);
      return { start, end: addDays(addMonths(start, months), -1) };
    }
  }
}

/** The period before the one that starts on `start`; undefined for fixed caps, which have none. */
export function spanBefore(
  terms: Pick<BudgetTerms, 'period'>,
  start: Day,
  weekStart: WeekStart,
): BudgetSpan | undefined {
  return terms.period === 'fixed' ? undefined : budgetSpan(terms, addDays(start, -1), weekStart);
}
