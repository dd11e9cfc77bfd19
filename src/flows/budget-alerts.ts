/** Tells in chat, once per threshold and period, that a budget is being used up or is heading beyond its amount. */

import type { BudgetSpan } from '../analysis/budgets/span.ts';
import { planThresholds, type ThresholdPlan, thresholdsOf } from '../analysis/budgets/thresholds.ts';
import { dayInZone } from '../core/day.ts';
import { parseScope } from '../core/scope.ts';
import {
  addBudgetAlerts,
  type BudgetPeriodKey,
  listBudgetAlerts,
  removeBudgetAlerts,
} from '../store/budget-alerts.ts';
import { listDatedBudgets, type StoredBudget } from '../store/budgets.ts';
import type { StoreTransaction } from '../store/open.ts';
import { enqueue } from '../store/outbox.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { alertMessages } from './budget-alerts/messages.ts';
import { type JudgedPeriod, judgedPeriods } from './budget-alerts/periods.ts';
import { expireBudgetRequests } from './budget-requests.ts';
import { courseOf } from './budgets/course.ts';
import { teamOfBudget } from './budgets/team.ts';
import type { NewId } from './buttons.ts';
import type { Context } from './context.ts';

export interface BudgetAlertOptions {
  /** Makes the buttons' ids; without it the messages have no buttons. */
  readonly newId?: NewId;
}

/**
 * Judges every budget by its complete days and writes what is new into the outbox; ends requests that nobody decided.
 * May be called as often as one likes, best when new days are complete; resolves to how many messages it wrote. A
 * budget that cannot be judged is logged and holds up no other.
 */
export async function tellBudgetAlerts(
  context: Context,
  { newId }: BudgetAlertOptions = {},
): Promise<number> {
  let written = await expireBudgetRequests(context, { ...(newId && { newId }) });
  for (const dated of await listDatedBudgets(context.store))
    try {
      written += await tellBudget(context, newId, dated);
    } catch (error) {
      context.log.error({ err: error, budget: dated.budget.scope }, 'a budget could not be judged');
    }
  return written;
}

async function tellBudget(
  context: Context,
  newId: NewId | undefined,
  { budget, updatedAt }: { budget: StoredBudget; updatedAt: Date },
): Promise<number> {
  const { settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const thresholds = thresholdsOf(budget, settings.budgetAlerts.thresholds);
  if (thresholds.length === 0 || (budget.startDay ?? today) > today) return 0;
  let written = 0;
  for (const period of await judgedPeriods(context, budget, { updatedAt, today }))
    written += await tellPeriod(context, newId, { budget, thresholds, period });
  return written;
}

async function tellPeriod(
  context: Context,
  newId: NewId | undefined,
  judged: { budget: StoredBudget; thresholds: readonly number[]; period: JudgedPeriod },
): Promise<number> {
  const { store, log, settings } = context;
  const { budget, thresholds, period } = judged;
  const { counted, span, current } = period;
  if (counted.unknown) return 0;
  const course = courseOf(budget, counted, span);
  const forecast = settings.budgetAlerts.forecast && current ? course.forecast?.amount : undefined;
  const key = periodKey(budget, span);
  const plan = async (tx: StoreTransaction): Promise<ThresholdPlan> =>
    planThresholds({
      amount: budget.amountMicros,
      currency: budget.currency,
      used: course.used,
      ...(forecast !== undefined && { forecast }),
      thresholds,
      told: await listBudgetAlerts(tx, key),
    });
  const { tell, forget } = await plan(store);
  if (!tell && forget.length === 0) return 0;
  const team = await teamOfBudget(context, parseScope(budget.scope));
  const messages = tell
    ? await alertMessages(context, newId, {
        budget: { ...budget, thresholds },
        course,
        span,
        tell,
        ...(team && { team }),
      })
    : [];
  const at = new Date(context.now());
  const told = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    // Another process may have told it since.
    const now = await plan(tx);
    if (JSON.stringify(now.tell) !== JSON.stringify(tell)) return false;
    await removeBudgetAlerts(tx, key, now.forget);
    const { amountMicros: amount, currency } = budget;
    const alerts = now.crossed.map(({ kind, percent }) => ({
      kind,
      percent,
      used: kind === 'actual' ? course.used : (forecast ?? 0n),
      amount,
      currency,
    }));
    await addBudgetAlerts(tx, key, alerts, at);
    await enqueue(tx, messages, at);
    return true;
  });
  if (!told) return 0;
  if (tell && messages.length === 0)
    log.warn(
      { budget: budget.scope, ...tell },
      'a budget reached a threshold, and nobody in chat is to be told',
    );
  return messages.length;
}

function periodKey({ scope, period, metric }: StoredBudget, { start }: BudgetSpan): BudgetPeriodKey {
  return { scope, period, ...(metric && { metric }), periodStart: start };
}
