/** How much of a scope's budget is used in the period that today is in. */
import { budgetSpan } from '../../analysis/budgets/span.ts';
import { type Convert, createConvert } from '../../analysis/convert.ts';
import { sumKnown, tabulate, totalOf } from '../../analysis/tabulate.ts';
import type { AnswerBudget } from '../../core/answer.ts';
import { addDays, type Day, daysBetween, earlier, later } from '../../core/day.ts';
import type { Basis } from '../../core/dimension.ts';
import { divideRounded } from '../../core/money.ts';
import type { Period } from '../../core/period.ts';
import { parseScope, type Scope } from '../../core/scope.ts';
import { findBudget, type StoredBudget } from '../../store/budgets.ts';
import { type CostFilter, readCosts } from '../../store/daily-costs.ts';
import { readUsed } from '../budgets/used.ts';
import type { Context } from '../context.ts';
import { findReach } from './reach.ts';

const RECENT_DAYS = 14;

/** The budget of a scope with what is spent of it, or undefined when the scope has none now. */
export async function budgetUse(
  context: Context,
  question: { scope: Scope; filter: CostFilter; today: Day; currency: string; basis: Basis },
): Promise<AnswerBudget | undefined> {
  const { scope, today } = question;
  const budget = scope.kind === 'key' ? undefined : await findBudget(context.store, scope);
  if (!budget || (budget.startDay ?? today) > today || (budget.endDay ?? today) < today) return undefined;
  return spentOfBudget(context, budget, question);
}

/** What is spent of one budget of money in its period that today is in; of a daily one, on the newest complete day. */
export async function spentOfBudget(
  context: Context,
  budget: StoredBudget,
  question: { filter: CostFilter; today: Day; currency: string; basis: Basis },
): Promise<AnswerBudget> {
  const { filter, today, currency } = question;
  // Today's cost arrives tomorrow at the earliest: a daily budget is held against the newest complete day.
  const newest =
    budget.period === 'daily' ? await findReach(context, filter, { kind: 'days', count: 1 }) : undefined;
  const { current, openEnd } = currentOf(context, budget, { today, newest: newest?.period.end });
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
  const known = isPart || table.unconverted.size > 0 ? null : totalOf(table, current.start, until);
  const spent = current.start > today ? 0n : known;
  return {
    ...baseOf(budget, spent),
    current,
    ...(openEnd && { openEnd }),
    perDay: openEnd ? undefined : perDay(budget, { current, currency, convert, today }),
  };
}

/** What is used of one budget of usage; of a daily one, on the newest complete day. */
export async function usedOfBudget(
  context: Context,
  budget: StoredBudget,
  today: Day,
): Promise<AnswerBudget> {
  const { metric = 'tokens' } = budget;
  // The newest complete day of a daily budget may be some days ago.
  const start = earlier(currentOf(context, budget, { today }).current.start, addDays(today, -RECENT_DAYS));
  const { usage, until, silent } = await readUsed(context, parseScope(budget.scope), metric, {
    start,
    today,
  });
  const { current, openEnd } = currentOf(context, budget, { today, newest: until });
  const inside = usage.filter(({ day }) => day >= current.start && day <= current.end);
  const isPart = budget.period === 'daily' && silent !== undefined;
  const known = isPart ? null : sumKnown(inside.map(({ micros }) => micros));
  return {
    ...baseOf(budget, current.start > today ? 0n : known),
    current,
    metric,
    ...(openEnd && { openEnd }),
  };
}

function currentOf(
  { settings }: Context,
  budget: StoredBudget,
  { today, newest = today }: { today: Day; newest?: Day },
): { current: Period; openEnd: boolean } {
  const { start, end } = budgetSpan(budget, budget.period === 'daily' ? newest : today, settings.weekStart);
  return { current: { start, end: end ?? later(today, start) }, openEnd: end === undefined };
}

function baseOf(
  { amountMicros: amount, currency, period }: StoredBudget,
  spent: bigint | null,
): Pick<AnswerBudget, 'amount' | 'currency' | 'period' | 'spent' | 'usedRatio'> {
  const usedRatio = spent === null || amount <= 0n ? null : Number(spent) / Number(amount);
  return { amount, currency, period, spent, usedRatio };
}

function perDay(
  budget: StoredBudget,
  { current, currency, convert, today }: { current: Period; currency: string; convert: Convert; today: Day },
): bigint | undefined {
  const days = BigInt(daysBetween(current.start, current.end) + 1);
  const amount = convert(budget.amountMicros, budget.currency, currency, today);
  return amount === undefined ? undefined : divideRounded(amount, days);
}
