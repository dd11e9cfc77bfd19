/** What a month will have cost at its end, and how sure that is. */
import { addDays, type Day, daysBetween, endOfMonth, startOfMonth } from '../../core/day.ts';
import type { DayCost } from './day-cost.ts';
import { type Ahead, addTo, exactly, type Outlook, type OutlookInput, outlookOf } from './outlook.ts';

export interface MonthEndInput extends OutlookInput {
  /** Cost of complete days that is neither usage nor fee: credits and the like. Counted, not foreseen. */
  readonly others?: readonly DayCost[];
}

export interface MonthEnd {
  /** First day of the month it is about: the month of the last complete day. */
  readonly month: Day;
  /** Cost of the month's complete days. */
  readonly spent: bigint;
  /** Last complete day. */
  readonly until: Day;
  readonly forecast: bigint;
  /** The 80 % range; both ends are the forecast once no day is left. */
  readonly low: bigint;
  readonly high: bigint;
  /** The same and the other ranges. */
  readonly ahead: Ahead;
  /** Known days that the forecast learnt from, and days still to come. */
  readonly learntDays: number;
  readonly remainingDays: number;
  /** What the range comes from. */
  readonly range: 'none-left' | 'back-test';
}

/**
 * Forecast of the month of the last complete day: what its complete days cost, plus the sum of the remaining days
 * by `outlookOf` (usage by the method that did best on the past, fees on the dates they came on in the month
 * before, plans). What is spent stays spent: the range begins there unless usage can be negative.
 *
 * Undefined with fewer than 14 known days of usage, or while the cost of one of the month's days is not known.
 *
 * Example: 20 days of $100 complete in a 30-day month → forecast $3,000, range $3,000–3,000.
 */
export function forecastMonthEnd(input: MonthEndInput): MonthEnd | undefined {
  const outlook = outlookOf(input);
  return outlook && monthEndOf(outlook, input);
}

/** The month's end by an outlook that exists already; `input` is what it was made from. */
export function monthEndOf(outlook: Outlook, input: MonthEndInput): MonthEnd | undefined {
  const { until } = outlook;
  const month = startOfMonth(until);
  const days = [...input.usage, ...(input.fees ?? []), ...(input.others ?? [])].filter(
    ({ day }) => day >= month && day <= until,
  );
  let spent = 0n;
  for (const { micros } of days) {
    if (micros === null) return undefined;
    spent += micros;
  }
  const last = endOfMonth(until);
  const remainingDays = daysBetween(until, last);
  const ahead = remainingDays === 0 ? exactly(spent) : addTo(spent, outlook.sum(addDays(until, 1), last));
  return {
    month,
    spent,
    until,
    forecast: ahead.mean,
    ...ahead.bands['80'],
    ahead,
    learntDays: outlook.learnt,
    remainingDays,
    range: remainingDays === 0 ? 'none-left' : 'back-test',
  };
}
