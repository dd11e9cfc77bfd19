/** Budgets as messages: all of them, one scope's, what was changed, and what ever happened. */
import type { AnswerBudget } from '../../core/answer.ts';
import type { Day } from '../../core/day.ts';
import { parseScope, type Scope } from '../../core/scope.ts';
import { type Button, bold, code, type Element, type Span, text, type View } from '../elements.ts';
import { formatMoney, formatRange, formatShare } from '../format.ts';
import { historyButton } from './budget-changes.ts';
import { costCommandOf, scopeHeading, scopeTitle, scopeWord } from './scope-words.ts';

export interface BudgetShown {
  readonly scope: string;
  readonly period: string;
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly managedBy: 'file' | 'chat';
  readonly team?: string;
  readonly use: AnswerBudget;
  readonly elapsedRatio: number;
}

/** Used this much more than an even pace counts as ahead of it. */
const AHEAD = 0.05;
const SHOWN = 25;

export function composeBudgets(input: {
  title: string;
  today: Day;
  budgets: readonly BudgetShown[];
  warnings: readonly string[];
}): View {
  const { title, budgets } = input;
  if (budgets.length === 0)
    return {
      elements: [
        { kind: 'heading', text: 'There is no budget yet' },
        {
          kind: 'text',
          spans: [text('Set one: '), code('budget set model:NAME 15000 USD monthly'), text('.')],
        },
        { kind: 'actions', buttons: [setButton()] },
      ],
    };
  const over = budgets.filter((budget) => stateOf(budget).startsWith('🔴')).length;
  const ahead = budgets.filter((budget) => stateOf(budget).startsWith('🟠')).length;
  const shown = budgets.slice(0, SHOWN);
  return {
    elements: [
      {
        kind: 'heading',
        text: `${title}: ${over === 0 ? 'none' : over} of ${budgets.length} ${over > 1 ? 'are' : 'is'} over${ahead > 0 ? `, ${ahead} ahead of an even pace` : ''}`,
      },
      budgetTable(shown, { left: budgets.length - shown.length }),
      { kind: 'actions', buttons: [setButton(), help()] },
      {
        kind: 'context',
        spans: [
          text(
            'EffectiveCost, as far as the data has arrived. "Period gone" is the share of the days that have passed.',
          ),
        ],
      },
      ...warned(input.warnings),
    ],
  };
}

/** `left` is how many more there are; `brief` is for a narrow place: without the period and who manages it. */
export function budgetTable(
  budgets: readonly BudgetShown[],
  { left = 0, brief = false }: { left?: number; brief?: boolean } = {},
): Element {
  const right = (title: string) => ({ title, align: 'right' as const });
  return {
    kind: 'table',
    columns: [
      { title: 'Budget' },
      right('Used'),
      right('Of'),
      right('Used %'),
      ...(brief ? [] : [right('Period gone')]),
      { title: 'State' },
      ...(brief ? [] : [{ title: 'Managed by' }]),
    ],
    rows: budgets.map((budget) => [
      `${scopeTitle(parseScope(budget.scope))}${budget.period === 'monthly' ? '' : `, ${budget.period}`}`,
      formatMoney(budget.use.spent, budget.currency),
      formatMoney(budget.amountMicros, budget.currency),
      formatShare(budget.use.usedRatio),
      ...(brief ? [] : [formatShare(budget.elapsedRatio)]),
      stateOf(budget),
      ...(brief ? [] : [managerOf(budget)]),
    ]),
    ...(left > 0 && { more: `and ${left} more: name a scope to see its budget, e.g. budget team:NAME` }),
  };
}

/** The budgets of one scope, shortest period first; `inherited` is the team's when the scope has none. */
export function composeBudgetOf(input: {
  scope: Scope;
  today: Day;
  budgets: readonly BudgetShown[];
  inherited: readonly BudgetShown[];
  warnings: readonly string[];
}): View {
  const { scope, today, budgets, inherited } = input;
  const [main] = [...budgets].sort((a, b) => Number(b.period === 'monthly') - Number(a.period === 'monthly'));
  if (!main)
    return {
      elements: [
        { kind: 'heading', text: `${scopeHeading(scope)} has no budget` },
        ...(inherited.length > 0
          ? [{ kind: 'text' as const, spans: [text('Its team has one:')] }, budgetTable(inherited)]
          : []),
        { kind: 'actions', buttons: [setButton(scope), historyButton(scope)] },
      ],
    };
  const cost = costCommandOf(scope, 'mtd');
  return {
    elements: [
      { kind: 'heading', text: headline(scope, main) },
      { kind: 'text', spans: pace(main, today) },
      ...(budgets.length > 1 ? [budgetTable(budgets)] : []),
      {
        kind: 'fields',
        fields: [
          { label: 'Period', value: [text(`${main.period}, ${formatRange(main.use.current, today)}`)] },
          { label: 'Managed by', value: [text(managerOf(main))] },
        ],
      },
      {
        kind: 'actions',
        buttons: [
          ...(main.managedBy === 'chat' ? [setButton(scope)] : []),
          historyButton(scope),
          ...(cost ? [{ label: 'What it cost', action: { do: 'command' as const, text: cost } }] : []),
        ],
      },
      { kind: 'context', spans: [text('EffectiveCost, as far as the data has arrived.')] },
      ...warned(input.warnings),
    ],
  };
}

function warned(warnings: readonly string[]): Element[] {
  return warnings.map((warning) => ({ kind: 'context', spans: [text(`⚠ ${warning}`)] }));
}

function headline(scope: Scope, { use, amountMicros, currency, period }: BudgetShown): string {
  const amount = formatMoney(amountMicros, currency);
  if (use.spent === null) return `${scopeHeading(scope)}: ${amount} ${period} budget, used: unknown`;
  return `${scopeHeading(scope)}: ${formatMoney(use.spent, currency)} of the ${amount} ${period} budget is used (${formatShare(use.usedRatio)})`;
}

function pace(budget: BudgetShown, today: Day): Span[] {
  const { use, elapsedRatio, amountMicros, currency } = budget;
  const gone = `${formatShare(elapsedRatio)} of ${formatRange(use.current, today)} is over`;
  if (use.spent === null)
    return [
      text(`${gone}. What is used is unknown: no cost has arrived, or a rate to ${currency} is missing.`),
    ];
  const even = BigInt(Math.round(elapsedRatio * 1_000_000));
  return [
    bold(stateOf(budget)),
    text(
      `: ${gone}; an even pace would have used ${formatMoney((amountMicros * even) / 1_000_000n, currency)}.`,
    ),
  ];
}

function stateOf({ use, elapsedRatio }: BudgetShown): string {
  if (use.usedRatio === null) return '⚪ unknown';
  if (use.usedRatio > 1) return '🔴 over';
  return use.usedRatio > elapsedRatio + AHEAD ? '🟠 ahead of pace' : '🟢 within pace';
}

function managerOf({ managedBy }: BudgetShown): string {
  return managedBy === 'file' ? 'pennywatch.yaml' : 'chat';
}

function setButton(scope?: Scope): Button {
  const words = scope ? `budget set ${scopeWord(scope)}` : 'budget set';
  return { label: 'Set budget…', action: { do: 'form', form: 'budget-set', text: words } };
}

function help(): Button {
  return { label: 'How to', action: { do: 'command', text: 'help budget' } };
}
