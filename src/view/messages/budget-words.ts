/** Budgets in words: amounts of money or usage, how they stand, where they are going. */
import { type Day, earlier } from '../../core/day.ts';
import { microsToNumber } from '../../core/money.ts';
import type { Period } from '../../core/period.ts';
import { parseScope } from '../../core/scope.ts';
import { compactAmount } from '../charts/text/amounts.ts';
import { formatMoney, formatRange, formatShare, UNKNOWN } from '../format.ts';
import type { BudgetShown } from './budget-types.ts';
import { scopeHeading, scopeTitle } from './scope-words.ts';

/** What an amount is counted in. */
interface Unit {
  readonly currency: string;
  readonly metric?: string;
}

/** Used this much more than an even pace counts as ahead of it. */
const AHEAD = 0.05;

/** "$12,480", "412M tokens", "350 GPU-hours"; null is "unknown". Micros of the currency or micro-units. */
export function budgetAmount(micros: bigint | null, unit: Unit): string {
  if (!unit.metric) return formatMoney(micros, unit.currency);
  return micros === null ? UNKNOWN : `${quantity(micros, 4)} ${metricWords(unit.metric)}`;
}

/** The same where there is little room: "$12.5k", "412M". */
export function shortBudgetAmount(micros: bigint, unit: Unit): string {
  return unit.metric ? quantity(micros, 3) : compactAmount(microsToNumber(micros), unit.currency);
}

function quantity(micros: bigint, significant: number): string {
  const value = microsToNumber(micros);
  const digits = { notation: 'compact', maximumSignificantDigits: significant } as const;
  return new Intl.NumberFormat('en-US', digits).format(value).replace('K', 'k').replace('-', '−');
}

/** "tokens", "input tokens", "GPU-hours". */
export function metricWords(metric: string): string {
  return metric === 'gpu_hours' ? 'GPU-hours' : metric.replaceAll('_', ' ');
}

/** "monthly budget", "monthly tokens budget", "fixed cap". */
export function budgetWords({ period, metric }: { period: string; metric?: string }): string {
  const noun = period === 'fixed' ? 'cap' : 'budget';
  return [period, metric && metricWords(metric), noun].filter(Boolean).join(' ');
}

/** "bert", "bert, weekly", "team growth, tokens": one row of a table. */
export function budgetTitle({
  scope,
  period,
  metric,
}: Pick<BudgetShown, 'scope' | 'period' | 'metric'>): string {
  const kinds = [period === 'monthly' ? '' : period, metric ? metricWords(metric) : ''].filter(Boolean);
  return [scopeTitle(parseScope(scope)), ...kinds].join(', ');
}

export function budgetHeading(budget: Pick<BudgetShown, 'scope'>): string {
  return scopeHeading(parseScope(budget.scope));
}

/** "1–30 Nov", "20 Nov – 10 Dec", "since 20 Nov". */
export function periodWords({ use }: Pick<BudgetShown, 'use'>, today: Day): string {
  if (use.openEnd) return `since ${dayWords(use.current.start, today)}`;
  return formatRange(use.current, today);
}

/** "26 Nov". */
export function dayWords(day: Day, today: Day): string {
  return formatRange({ start: day, end: day }, today);
}

/** One mark and its word: how a budget stands, and where it is going when that is known. */
export function stateOf({ use, elapsedRatio, course, amountMicros }: BudgetShown, today: Day): string {
  const { current, usedRatio, openEnd } = use;
  if (current.start > today) return `⚪ begins ${dayWords(current.start, today)}`;
  if (usedRatio === null) return '⚪ unknown';
  if (usedRatio > 1) return '🔴 over';
  if (hasEnded(current, today) && !openEnd) return '🟢 kept';
  const { forecast } = course ?? {};
  if (forecast?.overOn) return `🔴 heading over, on ${dayWords(forecast.overOn, today)}`;
  if (forecast && forecast.high > amountMicros) return '🟠 may go over';
  if (forecast) return '🟢 on course';
  if (elapsedRatio === null) return '🟢 within';
  return usedRatio > elapsedRatio + AHEAD ? '🟠 ahead of pace' : '🟢 within pace';
}

function hasEnded({ end }: Period, today: Day): boolean {
  return earlier(end, today) === end && end !== today;
}

/** "Forecast $17.2k of $15k by 30 Nov (80 %: $16.1k–$18.3k): over on 26 Nov."; undefined without one. */
export function forecastWords(budget: BudgetShown, today: Day): string | undefined {
  const { course, amountMicros } = budget;
  const { forecast } = course ?? {};
  if (!forecast) return undefined;
  const short = (micros: bigint) => shortBudgetAmount(micros, budget);
  const { amount, low, high, end, overOn } = forecast;
  const range = low < high ? ` (80 %: ${short(low)}–${short(high)})` : '';
  const over = overOn ? `: over on ${dayWords(overOn, today)}` : '';
  return `Forecast ${short(amount)} of ${short(amountMicros)} by ${dayWords(end, today)}${range}${over}.`;
}

/** "$482 a day on 19 complete days; at this pace used up on 24 Nov."; undefined while nothing is complete. */
export function burnWords(budget: BudgetShown, today: Day): string | undefined {
  const { course, use, amountMicros } = budget;
  const { burn, used = 0n } = course ?? {};
  if (!burn || use.period === 'daily') return undefined;
  const days = burn.days === 1 ? '1 complete day' : `${burn.days} complete days`;
  const end = burn.usedUpOn
    ? `; at this pace used up on ${dayWords(burn.usedUpOn, today)}`
    : used < amountMicros && !use.openEnd && !course?.forecast?.overOn
      ? '; at this pace not used up in the period'
      : '';
  return `${budgetAmount(burn.perDay, budget)} a day on ${days}${end}.`;
}

/** "3 budgets below add up to $52,000 of $45,000 (1 counted by days)"; undefined when there are none. */
export function withinWords(budget: BudgetShown): string | undefined {
  const { within, amountMicros } = budget;
  if (!within) return undefined;
  const count =
    within.budgets === 1 ? 'the budget below is' : `the ${within.budgets} budgets below add up to`;
  const notes = [
    within.proRata > 0 ? `${within.proRata} for another period, counted by days` : '',
    within.unconverted.length > 0
      ? `without ${within.unconverted.map((scope) => scopeTitle(parseScope(scope))).join(', ')}: no rate to ${budget.currency}`
      : '',
  ].filter(Boolean);
  const said = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  return `${count} ${budgetAmount(within.amount, budget)} of ${budgetAmount(amountMicros, budget)}${said}`;
}

export function isOverCommitted({ within, amountMicros }: BudgetShown): boolean {
  return within !== undefined && within.amount > amountMicros;
}

/** "83 %". */
export function usedShare({ use }: Pick<BudgetShown, 'use'>): string {
  return formatShare(use.usedRatio);
}
