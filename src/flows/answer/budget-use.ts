/** How much of a scope's budget is used in the period that today is in. */

import { createConvert } from '../../analysis/convert.ts';
import { tabulate, totalOf } from '../../analysis/tabulate.ts';
import type { AnswerBudget } from '../../core/answer.ts';
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
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

/** The budget of a scope with what is spent of it, or undefined when the scope has none. */
export async function budgetUse(
  context: Context,
  question: { scope: Scope; filter: CostFilter; today: Day; currency: string; basis: Basis },
): Promise<AnswerBudget | undefined> {
  const budget = await findBudget(context.store, question.scope);
  return budget && spentOfBudget(context, budget, question);
}

/** What is spent of one budget in its period that today is in. */
export async function spentOfBudget(
  context: Context,
  budget: StoredBudget,
  question: { filter: CostFilter; today: Day; currency: string; basis: Basis },
): Promise<AnswerBudget> {
  const { filter, today, currency } = question;
  const current = budgetPeriod(budget.period, today, context.settings.weekStart);
  const convert = createConvert(context.settings.fx);
  const rows = await readCosts(context.store, {
    filter,
    start: current.start,
    end: today,
    basis: question.basis,
  });
  const table = tabulate(rows, budget.currency, convert);
  const spent = table.unconverted.size > 0 ? null : totalOf(table, current.start, today);
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
  if (period === 'daily') return { start: today, end: today };
  if (period === 'weekly') {
    const start = startOfWeek(today, weekStart);
    return { start, end: addDays(start, 6) };
  }
  return { start: month, end: addDays(addMonths(month, 1), -1) };
}
