/** Makes planned spend of an anomaly: from its first day to the last one it is expected on. */
import type { Actor } from '../../core/actor.ts';
import type { Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { scopeKey } from '../../core/scope.ts';
import { pathScope } from '../../core/scope-path.ts';
import { dayOfStamp } from '../../core/series.ts';
import { readAnomaly } from '../../store/anomalies.ts';
import type { Context } from '../context.ts';
import { type PlanLine, planSpend, readPlans } from '../plans.ts';

/**
 * The plan that is there already counts when it says the same. Throws NOT_FOUND for no such anomaly, and what
 * `planSpend` throws.
 */
export async function planAnomaly(
  context: Context,
  actor: Actor,
  id: number,
  wanted: { readonly amount: Money; readonly until: Day; readonly reason?: string },
): Promise<PlanLine> {
  const anomaly = await readAnomaly(context.store, id);
  if (!anomaly)
    throw new AppError('NOT_FOUND', `There is no anomaly ANM-${id}.`, { hint: 'See them: anomalies all.' });
  const { amount, until, reason } = wanted;
  const scope = pathScope(anomaly.path);
  const days = { start: dayOfStamp(anomaly.firstStamp), end: until };
  if (days.end < days.start)
    throw new AppError('INVALID', `${until} is before the anomaly began. Nothing was changed.`, {
      hint: 'Name a later day.',
    });
  const { plans } = await readPlans(context, scope);
  const same = plans.find(
    (plan) =>
      scopeKey(plan.scope) === scopeKey(scope) &&
      plan.amountMicros === amount.micros &&
      plan.currency === amount.currency &&
      plan.start === days.start &&
      plan.end === days.end,
  );
  return same ?? planSpend(context, actor, { scope, amount, days, ...(reason && { reason }) });
}
