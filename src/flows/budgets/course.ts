/** Where one budget is going in one of its periods, from what is stored. */
import { budgetCourse, type Course } from '../../analysis/budgets/course.ts';
import type { BudgetSpan } from '../../analysis/budgets/span.ts';
import type { UsageDay } from '../../analysis/forecast/outlook.ts';
import { type Day, eachDay } from '../../core/day.ts';
import type { StoredBudget } from '../../store/budgets.ts';
import type { Counted } from './completeness.ts';

/** The course in the period `span`; only complete days count. */
export function courseOf(budget: StoredBudget, counted: Counted, span: BudgetSpan): Course {
  const { usage, fees, others, planned, until, silent, unknown, loadedFrom } = counted;
  const nothing = { used: 0n, days: [] };
  if (unknown) return { ...nothing, noForecast: unknown };
  if (!until) return { ...nothing, noForecast: silent ?? 'no source has complete days' };
  const complete = <T extends { readonly day: Day }>(days: readonly T[]) =>
    days.filter(({ day }) => day <= until);
  const course = budgetCourse({
    amount: budget.amountMicros,
    span,
    usage: gapless(complete(usage), until),
    fees: complete(fees),
    others: complete(others),
    ...(planned && { planned: planned.ahead, excluded: planned.past }),
    until,
    ...(loadedFrom && { learnFrom: loadedFrom }),
    ahead: silent === undefined && budget.period !== 'daily',
  });
  return { ...course, ...(silent && { noForecast: silent }) };
}

/** Every day from the first one with any use to the last complete one; a complete day without a row used nothing. */
function gapless(days: readonly UsageDay[], until: Day): UsageDay[] {
  const byDay = new Map(days.map(({ day, micros }) => [day, micros]));
  const [first] = [...byDay.keys()].sort();
  if (first === undefined) return [];
  return eachDay(first, until).map((day) => {
    const micros = byDay.get(day);
    return { day, micros: micros === undefined ? 0n : micros };
  });
}
