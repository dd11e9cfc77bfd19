/** A budget has reached a threshold, or is heading beyond its amount. */
import type { Day } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import { bold, type Element, type Span, text, type View } from '../elements.ts';
import { countOf, daysIn, formatDay, formatShare } from '../format.ts';
import { historyButton } from './budget-changes.ts';
import { composeBudgetChart } from './budget-chart.ts';
import { requestButton } from './budget-request-buttons.ts';
import type { BudgetShown } from './budget-types.ts';
import {
  budgetAmount,
  budgetHeading,
  budgetWords,
  burnWords,
  dayWords,
  forecastWords,
  periodWords,
  shortBudgetAmount,
  stateOf,
  usedShare,
} from './budget-words.ts';
import { costCommandOf, scopeWord } from './scope-words.ts';

export interface BudgetAlertShown {
  readonly budget: BudgetShown;
  readonly kind: 'actual' | 'forecast';
  /** The threshold that is told. */
  readonly percent: number;
  /** Whose it is; with an id they are mentioned because they must act. */
  readonly owner?: { readonly name: string; readonly ids?: Readonly<Record<string, string>> };
  readonly today: Day;
}

/** Figures of complete days only. */
export function composeBudgetAlert(alert: BudgetAlertShown): View {
  const { budget, today } = alert;
  const scope = parseScope(budget.scope);
  const chart = composeBudgetChart(budget, today);
  const cost = costCommandOf(scope, budget.period === 'monthly' ? 'mtd' : '');
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: headline(alert) },
    { kind: 'text', spans: body(alert) },
    chart && { kind: 'chart', chart },
    {
      kind: 'actions',
      buttons: [
        { label: 'Show budget', action: { do: 'command', text: `budget ${scopeWord(scope)}` } },
        ...(cost ? [{ label: 'What it cost', action: { do: 'command' as const, text: cost } }] : []),
        ...(budget.managedBy === 'chat' ? [requestButton(scope)] : []),
        historyButton(scope),
      ],
    },
    { kind: 'context', spans: [text(smallPrint(alert))] },
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

function headline({ budget, kind, today }: BudgetAlertShown): string {
  const { amountMicros, course } = budget;
  const state = stateOf(budget, today);
  const mark = [...state][0] ?? '⚪';
  const name = budgetHeading(budget);
  const forecast = course?.forecast;
  if (kind === 'forecast' && forecast) {
    const over = forecast.overOn ? `, over on ${dayWords(forecast.overOn, today)}` : '';
    const short = (micros: bigint) => shortBudgetAmount(micros, budget);
    return `${mark} ${name} is heading over its ${budgetWords(budget)}: forecast ${short(forecast.amount)} of ${short(amountMicros)} by ${dayWords(forecast.end, today)}${over}`;
  }
  const words = `${budgetAmount(amountMicros, budget)} ${budgetWords({ period: budget.period })}`;
  return `${mark} ${name}: ${usedShare(budget)} of the ${words} is used${toGo(budget, today)}`;
}

/** " with 10 days to go". */
function toGo({ use, course }: BudgetShown, today: Day): string {
  const { current, openEnd } = use;
  const from = course?.until;
  if (openEnd || !from || current.end < today || from >= current.end) return '';
  return ` with ${countOf(daysIn({ start: from, end: current.end }) - 1, 'day')} to go`;
}

function body({ budget, owner, today }: BudgetAlertShown): Span[] {
  const { use, elapsedRatio, course } = budget;
  const gone = elapsedRatio === null ? '' : `, ${formatShare(elapsedRatio)} of the period is over`;
  const facts = [
    `${budgetAmount(use.spent, budget)} of ${budgetAmount(budget.amountMicros, budget)} is used in ${periodWords(budget, today)}${gone}.`,
    forecastWords(budget, today),
    burnWords(budget, today),
    course?.noForecast && budget.period !== 'daily'
      ? `There is no forecast: ${course.noForecast}. What is missing is not zero.`
      : undefined,
  ].filter((fact) => fact !== undefined);
  return [...ownerSpans(owner), bold(`${stateWord(budget, today)}. `), text(facts.join(' '))];
}

function stateWord(budget: BudgetShown, today: Day): string {
  const [, ...words] = stateOf(budget, today).split(' ');
  const state = words.join(' ');
  return state.charAt(0).toUpperCase() + state.slice(1);
}

function ownerSpans(owner: BudgetAlertShown['owner']): Span[] {
  if (!owner) return [];
  const { name, ids } = owner;
  if (!ids) return [text(`Owner: ${name}. `)];
  return [{ kind: 'mention', who: 'user', ids, name: `@${name}` }, text(' ')];
}

function smallPrint({ budget, kind, percent, today }: BudgetAlertShown): string {
  const { course, metric, period } = budget;
  const until = course?.until ? ` until ${formatDay(course.until, today)}` : '';
  const what = kind === 'forecast' ? `forecast at ${percent} %` : `${percent} %`;
  return `Told once per ${period === 'fixed' ? 'cap' : 'period'}: ${what} · ${metric ? 'usage' : 'EffectiveCost'} of complete days${until}`;
}
