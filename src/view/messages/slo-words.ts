/** How a cost SLO and its state are said. */
import type { Day } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import { parseScope, type Scope, scopeKey } from '../../core/scope.ts';
import { type Element, text } from '../elements.ts';
import { countOf, formatDay, formatMoney, formatRange, formatShare } from '../format.ts';
import { formatUnitAmount } from '../format-unit-cost.ts';
import { costCommandOf } from './scope-words.ts';

export interface SloShown {
  readonly slo: {
    readonly name: string;
    readonly scope: Scope;
    readonly targetMicros: bigint;
    readonly currency: string;
    readonly windowDays: number;
    readonly objective: number;
  };
  readonly per: string;
  readonly window?: Period;
  readonly days: readonly {
    readonly day: Day;
    readonly attos: bigint | null;
    readonly good: boolean | null;
  }[];
  readonly status: {
    readonly good: number;
    readonly bad: number;
    readonly unknown: number;
    readonly attained: number | null;
    readonly met: boolean | null;
    readonly allowedDays: number;
    readonly budgetLeft: number;
    readonly burns: readonly {
      readonly rule: { readonly id: string; readonly longDays: number; readonly burnRate: number };
      readonly long: number | null;
      readonly firing: boolean;
    }[];
    readonly left: readonly number[];
  };
  readonly stale: readonly string[];
}

/** "under $0.40 per 1k requests on 95 % of 28 days". */
export function sloPromise({ slo, per }: SloShown): string {
  const target = formatMoney(slo.targetMicros, slo.currency);
  return `under ${target} per ${per} on ${percent(slo.objective)} of ${slo.windowDays} days`;
}

/** One status mark with its word. */
export function sloState({ status }: SloShown): string {
  if (status.met === null) return '⚪ unknown';
  if (!status.met) return '🔴 missed';
  return status.burns.some(({ firing }) => firing) ? '🟠 burning' : '🟢 met';
}

/** "1 of 1.4 bad days used, 29 % of the error budget left". */
export function sloBudget({ status }: SloShown): string {
  if (status.attained === null) return 'how many bad days are used is unknown';
  const allowed = status.allowedDays.toLocaleString('en-US', { maximumFractionDigits: 1 });
  const used = `${status.bad} of ${allowed} bad days used`;
  if (status.budgetLeft >= 0) return `${used}, ${formatShare(status.budgetLeft)} of the error budget left`;
  const times = (1 - status.budgetLeft).toLocaleString('en-US', { maximumFractionDigits: 1 });
  return `${used}: ${times} times the error budget`;
}

/** The newest day that is known: "$0.47 per 1k requests on Wed 18 Nov". */
export function sloNewest({ days, per, slo }: SloShown, today: Day): string {
  const newest = days.filter(({ attos }) => attos !== null).at(-1);
  if (!newest || newest.attos === null) return 'unknown (no day with cost and usage)';
  return `${formatUnitAmount(newest.attos, slo.currency)} per ${per} on ${formatDay(newest.day, today)}`;
}

/** What the figures rest on, and what they lack. */
export function sloSmallPrint({ window, status, slo, stale }: SloShown, today: Day): Element[] {
  const days = window ? `Complete days ${formatRange(window, today)}` : 'No day is complete yet';
  const unknown =
    status.unknown > 0
      ? `; ${countOf(status.unknown, 'day')} without usage or cost ${status.unknown === 1 ? 'counts' : 'count'} as neither good nor bad`
      : '';
  return [
    { kind: 'context', spans: [text(`EffectiveCost ÷ usage · ${slo.currency} · ${days}${unknown}`)] },
    ...stale.map(
      (name): Element => ({
        kind: 'context',
        spans: [text(`⚠ ${name} is silent or failing: later days are unknown, not good.`)],
      }),
    ),
  ];
}

/** The command that shows what the SLO's scope cost. */
export function sloCostCommand({ slo }: SloShown): string | undefined {
  return costCommandOf(parseScope(scopeKey(slo.scope)), '30d');
}

export function percent(ratio: number): string {
  return `${(ratio * 100).toLocaleString('en-US', { maximumFractionDigits: 2 })} %`;
}
