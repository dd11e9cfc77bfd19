/** Budgets as messages: all of them as a tree, and how many stand how. */
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { type Button, code, type Element, text, type View } from '../elements.ts';
import { requestButton, requestsButton } from './budget-request-buttons.ts';
import type { BudgetShown } from './budget-types.ts';
import {
  budgetAmount,
  budgetTitle,
  isOverCommitted,
  shortBudgetAmount,
  stateOf,
  usedShare,
  withinWords,
} from './budget-words.ts';
import { scopeWord } from './scope-words.ts';

export type { BudgetShown };

const SHOWN = 25;

export function composeBudgets(input: {
  title: string;
  today: Day;
  budgets: readonly BudgetShown[];
  warnings: readonly string[];
  /** Requests that wait for a decision. */
  waiting?: number;
}): View {
  const { budgets, today, waiting = 0 } = input;
  if (budgets.length === 0)
    return {
      elements: [
        { kind: 'heading', text: 'There is no budget yet' },
        {
          kind: 'text',
          spans: [text('Set one: '), code('budget set model:NAME 15000 USD monthly'), text('.')],
        },
        { kind: 'actions', buttons: [setButton(), requestButton()] },
      ],
    };
  const shown = budgets.slice(0, SHOWN);
  return {
    elements: [
      { kind: 'heading', text: headline(input) },
      budgetTable(shown, { today, left: budgets.length - shown.length }),
      ...overCommitted(budgets),
      {
        kind: 'actions',
        buttons: [setButton(), requestButton(), ...(waiting > 0 ? [requestsButton(waiting)] : []), help()],
      },
      { kind: 'context', spans: [text(smallPrint(budgets))] },
      ...warned(input.warnings),
    ],
  };
}

function headline({
  title,
  budgets,
  today,
}: {
  title: string;
  budgets: readonly BudgetShown[];
  today: Day;
}): string {
  const states = budgets.map((budget) => stateOf(budget, today));
  const count = (start: string) => states.filter((state) => state.startsWith(start)).length;
  const over = states.filter((state) => state === '🔴 over').length;
  const [heading, may, ahead] = [count('🔴 heading'), count('🟠 may'), count('🟠 ahead')];
  return [
    `${title}: ${over === 0 ? 'none' : over} of ${budgets.length} ${over > 1 ? 'are' : 'is'} over`,
    ...(heading > 0 ? [`${heading} heading over`] : []),
    ...(may > 0 ? [`${may} may go over`] : []),
    ...(ahead > 0 ? [`${ahead} ahead of an even pace`] : []),
  ].join(', ');
}

/** `left` is how many more there are; `brief` is for a narrow place: without forecast and what is below. */
export function budgetTable(
  budgets: readonly BudgetShown[],
  { today, left = 0, brief = false }: { today: Day; left?: number; brief?: boolean },
): Element {
  const right = (title: string) => ({ title, align: 'right' as const });
  const courses = !brief && budgets.some(({ course }) => course?.forecast);
  const below = !brief && budgets.some(({ within }) => within);
  const top = Math.min(...budgets.map(({ depth }) => depth));
  return {
    kind: 'table',
    columns: [
      { title: 'Budget' },
      right('Used'),
      right('Of'),
      right('Used %'),
      ...(courses ? [right('Forecast')] : []),
      { title: 'State' },
      ...(below ? [right('Budgets below')] : []),
    ],
    rows: budgets.map((budget) => [
      `${brief ? '' : indent(budget.depth - top)}${budgetTitle(budget)}`,
      budgetAmount(budget.use.spent, budget),
      budgetAmount(budget.amountMicros, budget),
      usedShare(budget),
      ...(courses ? [forecastCell(budget)] : []),
      stateOf(budget, today),
      ...(below ? [belowCell(budget)] : []),
    ]),
    ...(left > 0 && { more: `and ${left} more: name a scope to see its budget, e.g. budget team:NAME` }),
  };
}

/** Platforms drop spaces at the beginning of a cell. */
function indent(depth: number): string {
  return depth > 0 ? `└${'─'.repeat(depth - 1)} ` : '';
}

function forecastCell({ course, ...budget }: BudgetShown): string {
  if (course?.forecast) return shortBudgetAmount(course.forecast.amount, budget);
  return budget.period === 'daily' ? '–' : 'unknown';
}

function belowCell(budget: BudgetShown): string {
  if (!budget.within) return '–';
  return `${isOverCommitted(budget) ? '🟠 ' : ''}${budgetAmount(budget.within.amount, budget)}`;
}

function overCommitted(budgets: readonly BudgetShown[]): Element[] {
  const over = budgets.filter(isOverCommitted);
  if (over.length === 0) return [];
  return [
    {
      kind: 'list',
      items: over.map((budget) => [
        text(`🟠 over-committed: ${budgetTitle(budget)}: ${withinWords(budget)}.`),
      ]),
    },
  ];
}

/** What the figures are, and why there is no forecast where there is none. */
function smallPrint(budgets: readonly BudgetShown[]): string {
  const reasons = new Map<string, string[]>();
  for (const budget of budgets) {
    const reason = budget.course?.noForecast;
    if (reason) reasons.set(reason, [...(reasons.get(reason) ?? []), budgetTitle(budget)]);
  }
  const why = [...reasons].map(
    ([reason, names]) =>
      ` No forecast for ${names.length > 3 ? `${names.length} budgets` : names.join('; ')}: ${reason}.`,
  );
  const money = budgets.some(({ metric }) => metric === undefined) ? 'EffectiveCost' : 'Usage';
  return `${money}, as far as the data has arrived; forecasts from complete days.${why.join('')}`;
}

export function warned(warnings: readonly string[]): Element[] {
  return warnings.map((warning) => ({ kind: 'context', spans: [text(`⚠ ${warning}`)] }));
}

export function managerOf({ managedBy }: BudgetShown): string {
  return managedBy === 'file' ? 'pennywatch.yaml' : 'chat';
}

export function setButton(scope?: Scope): Button {
  const words = scope ? `budget set ${scopeWord(scope)}` : 'budget set';
  return { label: 'Set budget…', action: { do: 'form', form: 'budget-set', text: words } };
}

function help(): Button {
  return { label: 'How to', action: { do: 'command', text: 'help budget' } };
}
