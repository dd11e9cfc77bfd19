/** Budgets as `ask --json` prints them: amounts are decimal strings, of money or of the metric's units. */
import type { BudgetTerms } from '../../core/budget.ts';
import { microsToDecimal } from '../../core/money.ts';
import type { BudgetEvent } from '../../flows/budget-history.ts';
import type { BudgetLine } from '../../flows/budget-report.ts';
import type { RequestShown } from '../../view/messages/budget-requests.ts';

export function budgetJson(budget: BudgetLine): Record<string, unknown> {
  const { scope, managedBy, team, use, elapsedRatio, depth, parent, within, course, thresholds } = budget;
  return {
    key: scope,
    period: budget.period,
    metric: budget.metric ?? 'cost',
    amount: microsToDecimal(budget.amountMicros),
    currency: currencyOf(budget),
    managedBy,
    team: team ?? null,
    start: use.current.start,
    end: use.openEnd ? null : use.current.end,
    spent: amount(use.spent),
    usedPercent: percent(use.usedRatio),
    elapsedPercent: percent(elapsedRatio),
    thresholds: thresholds ?? null,
    parent: parent ?? null,
    depth,
    below: within
      ? {
          amount: microsToDecimal(within.amount),
          budgets: within.budgets,
          proRata: within.proRata,
          unconverted: within.unconverted,
          overCommitted: within.amount > budget.amountMicros,
        }
      : null,
    ...(course && courseJson(course)),
  };
}

function courseJson({ until, used, burn, forecast, noForecast }: NonNullable<BudgetLine['course']>) {
  return {
    completeUntil: until ?? null,
    spentComplete: until === undefined ? null : microsToDecimal(used),
    burn: burn
      ? { perDay: microsToDecimal(burn.perDay), days: burn.days, usedUpOn: burn.usedUpOn ?? null }
      : null,
    forecast: forecast
      ? {
          amount: microsToDecimal(forecast.amount),
          low80: microsToDecimal(forecast.low),
          high80: microsToDecimal(forecast.high),
          end: forecast.end,
          overOn: forecast.overOn ?? null,
        }
      : null,
    noForecast: noForecast ?? null,
  };
}

export function eventJson(event: BudgetEvent): Record<string, unknown> {
  const { at, by, did, period, metric, before, after, request, note } = event;
  return {
    at: at.toISOString(),
    by,
    did,
    period,
    metric: metric ?? 'cost',
    before: amountJson(before),
    after: amountJson(after),
    request: request ?? null,
    note: note ?? null,
  };
}

export function requestJson(request: RequestShown): Record<string, unknown> {
  const { id, scope, period, metric, status, by, decider, reason, note } = request;
  return {
    id,
    key: scope,
    period,
    metric: metric ?? 'cost',
    amount: microsToDecimal(request.amountMicros),
    currency: currencyOf(request),
    now: amountJson(request.now),
    start: request.startDay ?? null,
    end: request.endDay ?? null,
    status,
    by,
    reason: reason ?? null,
    requestedAt: request.requestedAt.toISOString(),
    expiresAt: request.expiresAt.toISOString(),
    decidedBy: decider ?? null,
    decidedAt: request.decidedAt?.toISOString() ?? null,
    note: note ?? null,
  };
}

export function amountJson(
  budget: Pick<BudgetTerms, 'amountMicros' | 'currency'> | undefined,
): { amount: string; currency: string | null } | null {
  return budget ? { amount: microsToDecimal(budget.amountMicros), currency: currencyOf(budget) } : null;
}

/** None where usage is counted. */
function currencyOf({ currency }: { readonly currency: string }): string | null {
  return currency || null;
}

function amount(micros: bigint | null): string | null {
  return micros === null ? null : microsToDecimal(micros);
}

function percent(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 10_000) / 100;
}
