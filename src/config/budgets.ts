/** Budgets of pennywatch.yaml: one per scope, period and metric, with terms that make sense; and built. */

import { AppError } from '../core/errors.ts';
import { decimalToMicros } from '../core/money.ts';
import { parseScope } from '../core/scope.ts';
import type { BudgetSettings } from '../core/settings.ts';
import type { Part, Said } from './draft.ts';
import { canonicalScope, canonicalScopeKey, type Known } from './known.ts';
import { found } from './problem.ts';
import type { Place } from './repeated.ts';
import type { PennywatchYaml } from './schema.ts';
import { checkScope, tryScope } from './scopes.ts';
import type { Finding } from './shape.ts';

export function checkBudgets(root: Part, known: Known, place: Place): Finding[] {
  const taken = new Map<string, Said>();
  return root.list('budgets').flatMap((budget) => {
    const said = budget.said('scope');
    const metric = budget.said('metric')?.text;
    const wrong = checkScope(budget, known, metric !== undefined);
    const scope = said && tryScope(said.text);
    if (!said || !scope || scope instanceof AppError || wrong.length > 0) return wrong;
    const period = budget.said('period')?.text;
    if (!period) return [];
    const key = [canonicalScopeKey(scope, known), period, metric].join(' ');
    const before = taken.get(key);
    if (!before) {
      taken.set(key, said);
      return checkTerms(budget, { period, metric, ofKey: scope.kind === 'key' });
    }
    return [
      {
        path: said.path,
        message: `found a second ${period} budget${metric ? ` of ${metric}` : ''} for ${found(said.text)} (the first is ${place(before.path)}), expected one budget for each scope and period`,
      },
    ];
  });
}

function checkTerms(
  budget: Part,
  { period, metric, ofKey }: { period: string; metric: string | undefined; ofKey: boolean },
): Finding[] {
  const [from, until, currency] = [budget.said('from'), budget.said('until'), budget.said('currency')];
  const findings: (Finding | undefined)[] = [
    metric && currency
      ? { path: currency.path, message: `found a currency, expected none: the budget is of ${metric}` }
      : undefined,
    metric === 'gpu_hours' && ofKey
      ? {
          path: [...budget.path, 'metric'],
          message: 'found "gpu_hours", expected tokens or requests: that is what keys use',
        }
      : undefined,
    period === 'fixed' && !from
      ? { path: budget.path, message: 'found no `from`, expected the first day of the fixed cap' }
      : undefined,
    from && until && until.text < from.text
      ? { path: until.path, message: `found ${found(until.text)}, expected a day from ${from.text} on` }
      : undefined,
    ...[from, until].map((said) =>
      said && period !== 'fixed'
        ? { path: said.path, message: `found a day for a ${period} budget, expected period: fixed` }
        : undefined,
    ),
  ];
  return findings.filter((finding) => finding !== undefined);
}

/** Expects an entry in which no check found anything. */
export function toBudget(
  budget: PennywatchYaml['budgets'][number],
  known: Known,
  reporting: string,
): BudgetSettings {
  const { scope, amount, currency, metric, period, from, until, thresholds } = budget;
  return {
    scope: canonicalScope(parseScope(scope), known),
    ...(metric && { metric }),
    amountMicros: decimalToMicros(amount),
    currency: metric ? '' : (currency ?? reporting),
    period,
    ...(from && { startDay: from }),
    ...(until && { endDay: until }),
    ...(thresholds && { thresholds: sorted(thresholds) }),
  };
}

function sorted(thresholds: readonly number[]): number[] {
  return [...new Set(thresholds)].sort((a, b) => a - b);
}
