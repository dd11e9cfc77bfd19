/** The burn of one budget as a picture; its title says the finding. */
import { type Day, daysBetween, eachDay } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import { buildBudgetBurn } from '../charts/budget-burn.ts';
import type { ChartSpec } from '../charts/types.ts';
import type { BudgetShown } from './budget-types.ts';
import {
  budgetHeading,
  budgetWords,
  dayWords,
  metricWords,
  periodWords,
  shortBudgetAmount,
  usedShare,
} from './budget-words.ts';

/** Marks closer than this many percent would cover each other's labels. */
const APART = 15;

/** Undefined where there is nothing to draw: a single day, no complete day, or no last day. */
export function composeBudgetChart(budget: BudgetShown, today: Day): ChartSpec | undefined {
  const { use, course, amountMicros, currency, metric } = budget;
  const { current, openEnd } = use;
  const length = daysBetween(current.start, current.end) + 1;
  if (openEnd || length < 2 || !course || course.days.length === 0) return undefined;
  const days = eachDay(current.start, current.end);
  const used = new Map(course.days.map((one) => [one.day, one.used]));
  const ahead = new Map(course.forecast?.days.map((one) => [one.day, one]) ?? []);
  const foreseen = (what: 'mean' | 'lower' | 'upper') => days.map((day) => ahead.get(day)?.[what] ?? null);
  return buildBudgetBurn({
    title: finding(budget, today),
    subtitle: `${budgetWords(budget)}, ${periodWords(budget, today)}`,
    currency: metric ? metricWords(metric) : currency,
    days,
    spent: days.map((day) => used.get(day) ?? null),
    pace: days.map((_, index) => divideRounded(amountMicros * BigInt(index + 1), BigInt(length))),
    amount: amountMicros,
    thresholds: marks(budget.thresholds ?? [80]).map((percent) => ({
      ratio: percent / 100,
      label: `${percent} %`,
    })),
    ...(ahead.size > 0 && {
      forecast: {
        mean: foreseen('mean'),
        lower: foreseen('lower'),
        upper: foreseen('upper'),
        label: '80 %',
      },
    }),
  });
}

/** Thresholds on the way to the amount, from the lowest on, that have room for their labels. */
function marks(thresholds: readonly number[]): number[] {
  const drawn: number[] = [];
  for (const percent of thresholds)
    if (percent <= 100 - APART / 2 && percent - (drawn.at(-1) ?? 0) >= APART) drawn.push(percent);
  return drawn;
}

function finding(budget: BudgetShown, today: Day): string {
  const { course, amountMicros, use } = budget;
  const name = budgetHeading(budget);
  const of = shortBudgetAmount(amountMicros, budget);
  if ((course?.used ?? 0n) > amountMicros) return `${name} is over its ${of} ${budgetWords(budget)}`;
  const { forecast } = course ?? {};
  if (forecast?.overOn)
    return `${name} is heading for ${shortBudgetAmount(forecast.amount, budget)} of ${of}: over on ${dayWords(forecast.overOn, today)}`;
  if (use.usedRatio === null) return `${name}: how much of ${of} is used is unknown`;
  return `${name}: ${usedShare(budget)} of ${of} is used`;
}
