/** Where a budget is going: what its complete days used, the pace, and what it will be at its end. */
import { addDays, type Day, daysBetween, eachDay, earlier, later } from '../../core/day.ts';
import type { DayCost } from '../forecast/day-cost.ts';
import { LEAST_DAYS } from '../forecast/forecast-series.ts';
import { OUTLOOK_DAYS, type OutlookInput } from '../forecast/outlook.ts';
import { type Burn, burnRate } from './burn.ts';
import { foresee, type SumAhead } from './foresee.ts';
import type { BudgetSpan } from './span.ts';

export interface CourseInput extends OutlookInput {
  readonly amount: bigint;
  readonly span: BudgetSpan;
  /** Neither used up nor charged by the calendar: credits and the like. Counted, not foreseen. */
  readonly others?: readonly DayCost[];
  /** Last complete day. */
  readonly until: Day;
  /** Days before are no guide to what comes, because not all of them is known yet. */
  readonly learnFrom?: Day;
  /** Whether days to come are foreseen at all. */
  readonly ahead: boolean;
}

export interface BudgetForecast {
  /** At the end of the period. */
  readonly amount: bigint;
  /** Four times out of five it ends between these. */
  readonly low: bigint;
  readonly high: bigint;
  /** The last day of the period. */
  readonly end: Day;
  /** The first day on which more than the amount is used. */
  readonly overOn?: Day;
  /** Used by the end of each day from the one after the last complete day on. */
  readonly days: readonly (SumAhead & { readonly day: Day })[];
}

export interface Course {
  /** Last complete day of the period; absent while none is. */
  readonly until?: Day;
  /** What its complete days used. */
  readonly used: bigint;
  /** The same up to each complete day. */
  readonly days: readonly { readonly day: Day; readonly used: bigint }[];
  readonly burn?: Burn;
  readonly forecast?: BudgetForecast;
  /** Why nothing is foreseen, in words; absent where there is a forecast or nothing left to foresee. */
  readonly noForecast?: string;
}

/** Days by which bills are late at most; what begins later is yet to come. */
const LATEST = 10;

/** The course of one budget in one of its periods. Exact for what was used; see `foresee` for what is to come. */
export function budgetCourse(input: CourseInput): Course {
  const { amount, span, usage, fees = [], others = [], until } = input;
  const { start, end } = span;
  const last = end === undefined ? until : earlier(until, end);
  const byDay = new Map<Day, bigint>();
  for (const { day, micros } of [...usage, ...fees, ...others])
    byDay.set(day, (byDay.get(day) ?? 0n) + (micros ?? 0n));
  let used = 0n;
  const days = eachDay(start, last).map((day) => {
    used += byDay.get(day) ?? 0n;
    return { day, used };
  });
  const burn = last < start ? undefined : burnRate({ amount, used, start, until: last, ...(end && { end }) });
  return {
    ...(last >= start && { until: last }),
    used,
    days,
    ...(burn && { burn }),
    ...foreseen(input, used),
  };
}

function foreseen(input: CourseInput, used: bigint): Pick<Course, 'forecast' | 'noForecast'> {
  const { amount, span, until, ahead, learnFrom = '' } = input;
  const { start, end } = span;
  const usage = input.usage.filter(({ day }) => day >= learnFrom);
  if (end === undefined) return { noForecast: 'it has no last day' };
  // Bills are late: on the first days of a period the last complete day is one of the period before.
  if (daysBetween(until, start) > LATEST) return { noForecast: 'it has not begun' };
  const first = later(addDays(until, 1), start);
  if (first > end || !ahead || daysBetween(until, first) > OUTLOOK_DAYS) return {};
  const sums = foresee({ ...input, usage }, first, end);
  const known = usage.filter(({ micros }) => micros !== null).length;
  if (!sums)
    return {
      noForecast: `${known === 1 ? '1 complete day is' : `${known} complete days are`} known, and it takes ${LEAST_DAYS}`,
    };
  const days = sums.map(({ mean, lower, upper }, index) => ({
    day: addDays(first, index),
    mean: used + mean,
    lower: used + lower,
    upper: used + upper,
  }));
  const final = days.at(-1);
  if (!final) return {};
  const overOn = used > amount ? undefined : days.find(({ mean }) => mean > amount)?.day;
  return {
    forecast: {
      amount: final.mean,
      low: final.lower,
      high: final.upper,
      end,
      ...(overOn && { overOn }),
      days,
    },
  };
}
