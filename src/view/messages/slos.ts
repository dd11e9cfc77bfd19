/** Cost SLOs as messages: all of them, and one with its days. */
import type { Day } from '../../core/day.ts';
import { quoteName } from '../../core/question.ts';
import { buildSloBurn } from '../charts/slo-burn.ts';
import { type Button, bold, code, type Element, text, type View } from '../elements.ts';
import { countOf, formatMoney, formatShare } from '../format.ts';
import { formatUnitAmount } from '../format-unit-cost.ts';
import { scopeHeading } from './scope-words.ts';
import {
  type SloShown,
  sloBudget,
  sloCostCommand,
  sloNewest,
  sloPromise,
  sloSmallPrint,
  sloState,
} from './slo-words.ts';

const SHOWN = 25;

export function composeSlos(slos: readonly SloShown[]): View {
  if (slos.length === 0) return none();
  const bad = slos.filter((slo) => !/🟢|⚪/u.test(sloState(slo))).length;
  const shown = slos.slice(0, SHOWN);
  return {
    elements: [
      {
        kind: 'heading',
        text: `${countOf(slos.length, 'cost SLO')}: ${bad === 0 ? 'none is missed or burning' : `${bad} missed or burning`}`,
      },
      {
        kind: 'table',
        columns: [
          { title: 'SLO' },
          { title: 'Target', align: 'right' },
          { title: 'Newest', align: 'right' },
          { title: 'Good days', align: 'right' },
          { title: 'Error budget', align: 'right' },
          { title: 'State' },
        ],
        rows: shown.map((slo) => [
          slo.slo.name,
          `${formatMoney(slo.slo.targetMicros, slo.slo.currency)} per ${slo.per}`,
          newestAmount(slo),
          `${slo.status.good} of ${slo.status.good + slo.status.bad}`,
          leftOf(slo),
          sloState(slo),
        ]),
        ...(slos.length > SHOWN && { more: `and ${slos.length - SHOWN} more: slo NAME shows one` }),
      },
      {
        kind: 'actions',
        buttons: shown.slice(0, 4).map(({ slo }) => ({
          label: slo.name,
          action: { do: 'command', text: `slo ${quoteName(slo.name)}` },
        })),
      },
      {
        kind: 'context',
        spans: [
          text(
            'A day is good when EffectiveCost ÷ usage is at or under the target; days without usage count as neither. Complete days only.',
          ),
        ],
      },
    ],
  };
}

export function composeSlo(input: SloShown & { readonly today: Day }): View {
  const { slo, status, today } = input;
  const chart = sloChart(input, today);
  return {
    elements: [
      {
        kind: 'heading',
        text: `${scopeHeading(slo.scope)}: ${sloNewest(input, today)}; the SLO is ${sloState(input).split(' ').at(-1)}`,
      },
      {
        kind: 'text',
        spans: [
          bold(sloState(input)),
          text(
            `: ${slo.name} promises ${sloPromise(input)}; ${formatShare(status.attained)} of the known days were good. `,
          ),
          text(`${sloBudget(input)}.`),
        ],
      },
      ...(chart ? [chart] : []),
      {
        kind: 'table',
        columns: [
          { title: 'Burn alert' },
          { title: 'Looks at' },
          { title: 'Burns', align: 'right' },
          { title: 'Tells from', align: 'right' },
          { title: 'State' },
        ],
        rows: status.burns.map(({ rule, long, firing }) => [
          rule.id,
          `${countOf(rule.longDays, 'day')}`,
          long === null ? 'unknown' : rate(long),
          rate(rule.burnRate),
          firing ? '🟠 burning' : long === null ? '⚪ unknown' : '🟢 quiet',
        ]),
      },
      sloButtons(input),
      ...sloSmallPrint(input, today),
    ],
  };
}

/** Absent when no day of the window is known. */
export function sloChart(input: SloShown, today: Day): Element | undefined {
  const { days, slo, per, status } = input;
  if (days.every(({ attos }) => attos === null)) return undefined;
  const target = Number(slo.targetMicros) / 1e6;
  return {
    kind: 'chart',
    chart: buildSloBurn({
      title: `${scopeHeading(slo.scope)}: ${sloNewest(input, today)}`,
      subtitle: slo.name,
      currency: slo.currency,
      days: days.map(({ day }) => day),
      unitCost: days.map(({ attos }) => (attos === null ? null : Number(attos) / 1e18)),
      target,
      per,
      bad: days.map(({ good }) => good === false),
      budgetLeft: [...status.left],
    }),
  };
}

export function sloButtons(input: SloShown): Element {
  const cost = sloCostCommand(input);
  const buttons: Button[] = [
    { label: 'All SLOs', action: { do: 'command', text: 'slo' } },
    ...(cost ? [{ label: 'What it cost', action: { do: 'command' as const, text: cost } }] : []),
  ];
  return { kind: 'actions', buttons };
}

function newestAmount({ days, slo }: SloShown): string {
  const attos = days.filter((day) => day.attos !== null).at(-1)?.attos;
  return attos === undefined || attos === null ? 'unknown' : formatUnitAmount(attos, slo.currency);
}

function leftOf({ status }: SloShown): string {
  if (status.attained === null) return 'unknown';
  return status.budgetLeft < 0 ? 'used up' : `${formatShare(status.budgetLeft)} left`;
}

function none(): View {
  return {
    elements: [
      { kind: 'heading', text: 'There is no cost SLO yet' },
      {
        kind: 'text',
        spans: [
          text('Promise a unit cost in pennywatch.yaml, under '),
          code('slos:'),
          text(' – a name, a scope such as '),
          code('model:bert/inference'),
          text(', what it is per (requests, tokens, gpu_hours …) and a target.'),
        ],
      },
    ],
  };
}

function rate(value: number): string {
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })}×`;
}
