/** How much of a scope's budget is used in the period that today is in. */

import { createConvert } from '../../analysis/convert.ts';
import { tabulate, totalOf } from '../../analysis/tabulate.ts';
import type { AnswerBudget } from '../../core/answer.ts';
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  earlier,
  startOfMonth,
  startOfWeek,
  type WeekStart,
} from '../../core/day.ts';
import type { Basis } from '../../core/dimension.ts';
import { divideRounded } from '../../core/money.ts';
import type { Period } from '../../core/period.ts';
import type { Scope } from '../../core/scope.ts';
import { findBudget, type StoredBudget } from '../../store/budgets.ts';
import { type CostFilter, readCosts } from '../../store/daily-costs.ts';
import type { Context } from '../context.ts';
import { findReach } from './reach.ts';

/** The budget of a scope with what is spent of it, or undefined when the scope has none. */
export async function budgetUse(
  context: Context,
  question: { scope: Scope; filter: CostFilter; today: Day; currency: string; basis: Basis },
): Promise<AnswerBudget | undefined> {
  const budget = await findBudget(context.store, question.scope);
  return budget && spentOfBudget(context, budget, question);
}

/** What is spent of one budget in its period that today is in; of a daily one, on the newest complete day. */
export async function spentOfBudget(
  context: Context,
  budget: StoredBudget,
  question: { filter: CostFilter; today: Day; currency: string; basis: Basis },
): Promise<AnswerBudget> {
  const { filter, today, currency } = question;
  // Today's cost arrives tomorrow at the earliest: a daily budget is held against the newest complete day.
  const newest =
    budget.period === 'daily' ? await findReach(context, filter, { kind: 'days', count: 1 }) : undefined;
  const current = newest?.period ?? budgetPeriod(budget.period, today, context.settings.weekStart);
  const until = earlier(today, current.end);
  const convert = createConvert(context.settings.fx);
  const rows = await readCosts(context.store, {
    filter,
    start: current.start,
    end: until,
    basis: question.basis,
  });
  const table = tabulate(rows, budget.currency, convert);
  // A part of that day, while a source of it is silent, is no use of a budget.
  const isPart = newest !== undefined && newest.lacking.length > 0;
  const spent = isPart || table.unconverted.size > 0 ? null : totalOf(table, current.start, until);
  const days = BigInt(daysBetween(current.start, current.end) + 1);
  const perDay = convert(budget.amountMicros, budget.currency, currency, today);
  return {
    amount: budget.amountMicros,
    currency: budget.currency,
    period: budget.period,
    current,
    spent,
    usedRatio:
      spent === null || budget.amountMicros <= 0n ? null : Number(spent) / Number(budget.amountMicros),
    perDay: perDay === undefined ? undefined : divideRounded(perDay, days),
  };
}

function budgetPeriod(period: string, today: Day, weekStart: WeekStart): Period {
  const month = startOfMonth(today);
  const months = { quarterly: 3, yearly: 12 }[period];
  if (months) {
    const start = addMonths(month, -((Number(today.slice(5, 7)) - 1) % months));
    return { start, end: addDays(addMonths(start, months), -1) };
  }
  if (period === 'weekly') {
    const start = startOfWeek(today, weekStart);
    return { start, end: addDays(start, 6) };
  }
  return { start: month, end: addDays(addMonths(month, 1), -1) };
}
