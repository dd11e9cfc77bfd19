/** A cost SLO as data: amounts are decimal strings, what is unknown is null. */
import { formatDecimal } from '../../core/decimal.ts';
import { microsToDecimal } from '../../core/money.ts';
import { scopeKey } from '../../core/scope.ts';
import type { SloLine } from '../../flows/slo-report.ts';

export function sloJson({ slo, per, window, days, status, stale, team }: SloLine): Record<string, unknown> {
  return {
    name: slo.name,
    scope: scopeKey(slo.scope),
    team: team ?? null,
    per,
    target: microsToDecimal(slo.targetMicros),
    currency: slo.currency,
    windowDays: slo.windowDays,
    objective: slo.objective,
    window: window ?? null,
    good: status.good,
    bad: status.bad,
    unknown: status.unknown,
    attained: status.attained,
    met: status.met,
    allowedDays: status.allowedDays,
    budgetLeft: status.attained === null ? null : status.budgetLeft,
    burns: status.burns.map(({ rule, long, short, firing }) => ({
      rule: rule.id,
      longDays: rule.longDays,
      shortDays: rule.shortDays,
      threshold: rule.burnRate,
      long,
      short,
      firing,
    })),
    days: days.map(({ day, attos, good }) => ({
      day,
      unitCost: attos === null ? null : formatDecimal(attos, 18),
      good,
    })),
    stale,
  };
}
