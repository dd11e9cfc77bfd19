/** One scope's budgets: how much is used, at what pace, where it is going, and what lies around it. */
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { bold, type Element, type Span, text, type View } from '../elements.ts';
import { formatShare } from '../format.ts';
import { historyButton } from './budget-changes.ts';
import { composeBudgetChart } from './budget-chart.ts';
import { requestButton, requestsButton } from './budget-request-buttons.ts';
import type { BudgetShown } from './budget-types.ts';
import {
  budgetAmount,
  budgetTitle,
  budgetWords,
  burnWords,
  forecastWords,
  isOverCommitted,
  periodWords,
  stateOf,
  usedShare,
  withinWords,
} from './budget-words.ts';
import { budgetTable, managerOf, setButton, warned } from './budgets.ts';
import { costCommandOf, scopeHeading } from './scope-words.ts';

/** The budgets of one scope, shortest period first; `around` are those that hold it, the nearest first. */
export function composeBudgetOf(input: {
  scope: Scope;
  today: Day;
  budgets: readonly BudgetShown[];
  around: readonly BudgetShown[];
  warnings: readonly string[];
  waiting?: number;
}): View {
  const { scope, today, budgets, around, warnings, waiting = 0 } = input;
  const main = mainOf(budgets);
  const requests = waiting > 0 ? [requestsButton(waiting)] : [];
  if (!main)
    return {
      elements: [
        { kind: 'heading', text: `${scopeHeading(scope)} has no budget` },
        ...(around.length > 0
          ? [
              { kind: 'text' as const, spans: [text('It is held by:')] },
              budgetTable(around, { today, brief: true }),
            ]
          : []),
        {
          kind: 'actions',
          buttons: [setButton(scope), requestButton(scope), ...requests, historyButton(scope)],
        },
        ...warned(warnings),
      ],
    };
  const chart = composeBudgetChart(main, today);
  const cost = costCommandOf(scope, 'mtd');
  return {
    elements: [
      { kind: 'heading', text: headline(scope, main) },
      { kind: 'text', spans: standing(main, today) },
      ...(chart ? [{ kind: 'chart' as const, chart }] : []),
      ...(budgets.length > 1 ? [budgetTable(budgets, { today })] : []),
      { kind: 'fields', fields: fieldsOf(main, { today, around }) },
      {
        kind: 'actions',
        buttons: [
          ...(main.managedBy === 'chat' ? [setButton(scope), requestButton(scope)] : []),
          ...requests,
          historyButton(scope),
          ...(cost ? [{ label: 'What it cost', action: { do: 'command' as const, text: cost } }] : []),
        ],
      },
      { kind: 'context', spans: [text(smallPrint(main))] },
      ...warned(warnings),
    ],
  };
}

/** The monthly one of money, else the first. */
function mainOf(budgets: readonly BudgetShown[]): BudgetShown | undefined {
  return budgets.find(({ period, metric }) => period === 'monthly' && !metric) ?? budgets[0];
}

function headline(scope: Scope, budget: BudgetShown): string {
  const words = `${budgetAmount(budget.amountMicros, budget)} ${budgetWords({ period: budget.period })}`;
  if (budget.use.spent === null) return `${scopeHeading(scope)}: ${words}, used: unknown`;
  return `${scopeHeading(scope)}: ${used(budget)} of the ${words} is used (${usedShare(budget)})`;
}

function used(budget: BudgetShown): string {
  return budgetAmount(budget.use.spent, budget);
}

function standing(budget: BudgetShown, today: Day): Span[] {
  const { use, elapsedRatio, currency, course } = budget;
  const gone =
    elapsedRatio === null
      ? `it goes on ${periodWords(budget, today)} without a last day`
      : `${formatShare(elapsedRatio)} of ${periodWords(budget, today)} is over${evenPace(budget)}`;
  if (use.spent === null)
    return [
      text(
        `${gone.charAt(0).toUpperCase()}${gone.slice(1)}. What is used is unknown: ${budget.metric ? 'no usage has arrived' : `no cost has arrived, or a rate to ${currency} is missing`}.`,
      ),
    ];
  const forecast = forecastWords(budget, today);
  const burn = burnWords(budget, today);
  return [
    bold(stateOf(budget, today)),
    text(`: ${gone}.`),
    ...(forecast ? [text(` ${forecast}`)] : []),
    ...(burn ? [text(` ${burn}`)] : []),
    ...(course?.noForecast && budget.period !== 'daily'
      ? [text(` There is no forecast: ${course.noForecast}.`)]
      : []),
  ];
}

/** "; an even pace would have used $667". */
function evenPace({ elapsedRatio, amountMicros, ...budget }: BudgetShown): string {
  const even = BigInt(Math.round((elapsedRatio ?? 0) * 1_000_000));
  return `; an even pace would have used ${budgetAmount((amountMicros * even) / 1_000_000n, budget)}`;
}

function fieldsOf(
  budget: BudgetShown,
  { today, around }: { today: Day; around: readonly BudgetShown[] },
): Extract<Element, { kind: 'fields' }>['fields'] {
  const within = withinWords(budget);
  const mark = isOverCommitted(budget) ? '🟠 over-committed: ' : '';
  const parent = around.find(({ metric }) => metric === budget.metric);
  return [
    { label: 'Period', value: [text(`${budget.period}, ${periodWords(budget, today)}`)] },
    { label: 'Managed by', value: [text(managerOf(budget))] },
    ...(within ? [{ label: 'Below', value: [text(`${mark}${within}`)] }] : []),
    ...(parent ? [{ label: 'Within', value: [text(`${budgetTitle(parent)}: ${heldWords(parent)}`)] }] : []),
    ...(budget.thresholds
      ? [
          {
            label: 'Told at',
            value: [
              text(budget.thresholds.length > 0 ? `${budget.thresholds.join(', ')} %` : 'no threshold'),
            ],
          },
        ]
      : []),
  ];
}

function heldWords(budget: BudgetShown): string {
  return `${budgetAmount(budget.use.spent, budget)} of ${budgetAmount(budget.amountMicros, budget)} (${usedShare(budget)})`;
}

function smallPrint({ metric }: BudgetShown): string {
  return `${metric ? 'Usage' : 'EffectiveCost'}, as far as the data has arrived; pace and forecast from complete days.`;
}
