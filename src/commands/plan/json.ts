/** A plan as data: amounts are decimal strings, what is unknown is null. */
import { microsToDecimal } from '../../core/money.ts';
import { scopeKey } from '../../core/scope.ts';
import type { PlanLine } from '../../flows/plans.ts';

export function planJson(plan: PlanLine): Record<string, unknown> {
  const { soFar } = plan;
  const amount = (micros: bigint | null) => (micros === null ? null : microsToDecimal(micros));
  return {
    id: plan.id,
    scope: scopeKey(plan.scope),
    amount: microsToDecimal(plan.amountMicros),
    currency: plan.currency,
    start: plan.start,
    end: plan.end,
    reason: plan.reason ?? null,
    by: plan.by,
    state: plan.state,
    soFar: soFar ? { ...soFar.days, cost: amount(soFar.micros), usual: amount(soFar.usualMicros) } : null,
  };
}
