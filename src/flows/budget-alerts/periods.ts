/** Which periods of a budget are judged: the one today is in, and the one before while its last days still arrive. */
import { type BudgetSpan, budgetSpan, spanBefore } from '../../analysis/budgets/span.ts';
import { addDays, type Day, dayInZone, daysBetween } from '../../core/day.ts';
import type { StoredBudget } from '../../store/budgets.ts';
import type { Counted } from '../budgets/completeness.ts';
import { readCounted } from '../budgets/counted.ts';
import type { Context } from '../context.ts';

export interface JudgedPeriod {
  readonly span: BudgetSpan;
  readonly counted: Counted;
  /** Whether today is in it: what is over is not foreseen. */
  readonly current: boolean;
}

/** Bills of a period's last days arrive, and are corrected, this many days after it at most. */
const LATE_DAYS = 10;
/** Days that may become complete at once, each judged against a daily budget. */
const DAILY = 3;

/** Of a daily budget the newest complete days. Periods that ended before the budget was as it is are not judged. */
export async function judgedPeriods(
  context: Context,
  budget: StoredBudget,
  { updatedAt, today }: { updatedAt: Date; today: Day },
): Promise<JudgedPeriod[]> {
  const { weekStart, timeZone } = context.settings;
  const changed = dayInZone(updatedAt.getTime(), timeZone);
  if (budget.period === 'daily') {
    const counted = await readCounted(context, budget, { from: addDays(today, -LATE_DAYS), today });
    const { until } = counted;
    if (until === undefined || counted.silent) return [];
    return Array.from({ length: DAILY }, (_, back) => addDays(until, -back))
      .filter((day, back) => back === 0 || day >= changed)
      .map((day) => ({ span: { start: day, end: day }, counted, current: false }));
  }
  const span = budgetSpan(budget, today, weekStart);
  const before =
    daysBetween(span.start, today) <= LATE_DAYS ? spanBefore(budget, span.start, weekStart) : undefined;
  const judged = before?.end !== undefined && before.end >= changed ? before : undefined;
  const counted = await readCounted(context, budget, { from: judged?.start ?? span.start, today });
  const ended = span.end !== undefined && span.end < today;
  return [
    ...(judged ? [{ span: judged, counted, current: false }] : []),
    // A fixed cap that is long over is not told any more.
    ...(ended && daysBetween(span.end, today) > LATE_DAYS ? [] : [{ span, counted, current: !ended }]),
  ];
}
