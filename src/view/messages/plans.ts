/** Planned spend as messages: what is planned, what was added or taken back. */
import type { Day } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { Scope } from '../../core/scope.ts';
import { type Button, bold, code, type Element, text, type View } from '../elements.ts';
import { countOf, daysIn, formatMoney, formatRange, formatSignedMoney } from '../format.ts';
import { costCommandOf, scopeHeading, scopeTitle } from './scope-words.ts';

export interface PlanShown {
  readonly id: number;
  readonly scope: Scope;
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly start: Day;
  readonly end: Day;
  readonly reason?: string;
  readonly by: string;
  readonly state: 'coming' | 'running' | 'over';
  readonly soFar?: {
    readonly days: Period;
    readonly micros: bigint | null;
    readonly usualMicros: bigint | null;
  };
}

const SHOWN = 25;

export function composePlans(input: {
  readonly title: string;
  readonly today: Day;
  readonly plans: readonly PlanShown[];
}): View {
  const { title, today, plans } = input;
  if (plans.length === 0)
    return {
      elements: [
        { kind: 'heading', text: 'Nothing is planned' },
        {
          kind: 'text',
          spans: [
            text('Say what you are about to spend, and it is no anomaly when it comes: '),
            code('plan model:NAME/training 5000 2026-12-10..14 "retrain"'),
            text('.'),
          ],
        },
        { kind: 'actions', buttons: [help()] },
      ],
    };
  const shown = plans.slice(0, SHOWN);
  return {
    elements: [
      { kind: 'heading', text: `${title}: ${countOf(plans.length, 'plan')}` },
      {
        kind: 'table',
        columns: [
          { title: '#' },
          { title: 'For' },
          { title: 'Planned', align: 'right' },
          { title: 'Days' },
          { title: 'Why' },
          { title: 'So far', align: 'right' },
          { title: 'By' },
        ],
        rows: shown.map((plan) => [
          `${plan.id}`,
          scopeTitle(plan.scope),
          formatMoney(plan.amountMicros, plan.currency),
          formatRange(plan, today),
          plan.reason ?? '–',
          soFarCell(plan),
          plan.by,
        ]),
        ...(plans.length > SHOWN && { more: `and ${plans.length - SHOWN} more: plan SCOPE shows a scope's` }),
      },
      { kind: 'actions', buttons: [help()] },
      {
        kind: 'context',
        spans: [
          text(
            "So far: EffectiveCost of the plan's complete days beyond what as many days cost before (mean of 28 days).",
          ),
        ],
      },
    ],
  };
}

/** `chart` shows the scope with the plan in it, where there is one to show. */
export function composePlanned(plan: PlanShown, today: Day, chart?: Element): View {
  const days = daysIn(plan);
  const perDay = formatMoney(plan.amountMicros / BigInt(days), plan.currency);
  const cost = costCommandOf(plan.scope);
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(
            `Planned: ${formatMoney(plan.amountMicros, plan.currency)} for ${scopeTitle(plan.scope)} on ${formatRange(plan, today)}`,
          ),
          ...(plan.reason ? [text(` – ${plan.reason}`)] : []),
        ],
      },
      {
        kind: 'text',
        spans: [
          text(
            `${days === 1 ? 'That day' : `Each of these ${days} days`} may cost ${perDay} more than usual before it counts as an anomaly, and forecasts reckon with it.`,
          ),
          ...soFarSentence(plan, today),
        ],
      },
      ...(chart ? [chart] : []),
      {
        kind: 'actions',
        buttons: [
          { label: 'All plans', action: { do: 'command', text: 'plan' } },
          ...(cost ? [{ label: 'What it costs', action: { do: 'command' as const, text: cost } }] : []),
          {
            label: 'Take it back',
            style: 'danger',
            action: { do: 'command', text: `plan remove ${plan.id}` },
          },
        ],
      },
      { kind: 'context', spans: [text(`Plan ${plan.id}, by ${plan.by}.`)] },
    ],
  };
}

export function composePlanRemoved(
  plan: Pick<PlanShown, 'id' | 'amountMicros' | 'currency' | 'start' | 'end'> & { readonly scope: Scope },
  today: Day,
): View {
  const { id, scope, amountMicros, currency } = plan;
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`${scopeHeading(scope)}: plan ${id} is taken back`),
          text(
            ` (${formatMoney(amountMicros, currency)} on ${formatRange(plan, today)}). These days are held against what is usual again.`,
          ),
        ],
      },
      { kind: 'actions', buttons: [{ label: 'All plans', action: { do: 'command', text: 'plan' } }] },
    ],
  };
}

function soFarCell({ soFar, state, currency }: PlanShown): string {
  if (!soFar) return state === 'coming' ? 'not begun' : 'unknown (no complete day)';
  const { micros, usualMicros } = soFar;
  if (micros === null || usualMicros === null) return 'unknown';
  return `${formatSignedMoney(micros - usualMicros, currency)} in ${countOf(daysIn(soFar.days), 'day')}`;
}

function soFarSentence({ soFar, currency }: PlanShown, today: Day) {
  if (!soFar || soFar.micros === null) return [];
  const usual = soFar.usualMicros === null ? '' : `, usually ${formatMoney(soFar.usualMicros, currency)}`;
  return [text(` ${formatRange(soFar.days, today)} cost ${formatMoney(soFar.micros, currency)}${usual}.`)];
}

function help(): Button {
  return { label: 'How to', action: { do: 'command', text: 'help plan' } };
}
