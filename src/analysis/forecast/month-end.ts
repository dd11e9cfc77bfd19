/** What a month will have cost at its end: simple, and open about how sure it is. */
import { addDays, addMonths, type Day, eachDay, endOfMonth, startOfMonth } from '../../core/day.ts';
import { backTest, LEARNT_DAYS, LEAST_DAYS, middleOf } from './back-test.ts';
import { type DayCost, weekdayAverage } from './weekday-average.ts';

export interface MonthEndInput {
  /** Complete days without a gap, oldest first, the last one being the last complete day; micros of what is used up. */
  readonly usage: readonly DayCost[];
  /** Cost by day of what is charged by the calendar (taxes, purchases): complete days, any order, gaps mean none. */
  readonly fees?: readonly DayCost[];
  /** Cost of the month's complete days by day that is neither: credits and the like. Counted, not foreseen. */
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
  /** Four times out of five the month ended between these when tried on the past; both are the forecast once no day is left. */
  readonly low: bigint;
  readonly high: bigint;
  /** Days the average was learnt from, and days still to come. */
  readonly learntDays: number;
  readonly remainingDays: number;
  /** What the range comes from. */
  readonly range: 'none-left' | 'back-test' | 'daily-spread';
}

/** Share of past errors that the range spans. */
export const RANGE_SHARE = 0.8;
/** Half width of the middle 80 % of a normal distribution, in standard deviations. */
const Z80 = 1.2816;

/**
 * Forecast of the month of the last complete day: what its complete days cost, plus for each remaining day the
 * average of that weekday in the last 28 complete days, plus the fees that the month before was charged on the
 * same dates (a tax line on the 30th comes again on the 30th).
 *
 * The range spans the middle 80 % of the errors that the same method made when started from each of the past
 * days; with too little past for that, the daily deviations from the weekday's average, spread over the remaining
 * days as if they were independent (which understates how long a change lasts).
 *
 * Assumes no trend, no holidays, and that what changed lately stays as it is on average. Undefined with fewer than
 * 14 complete days. Own arithmetic; the weekday average is the seasonal mean method of Hyndman & Athanasopoulos,
 * https://otexts.com/fpp3/simple-methods.html.
 *
 * Example: 20 days of $100 complete in a 30-day month → forecast $3,000, range $3,000–3,000.
 */
export function forecastMonthEnd({ usage, fees = [], others = [] }: MonthEndInput): MonthEnd | undefined {
  const until = usage.at(-1)?.day;
  if (until === undefined || usage.length < LEAST_DAYS) return undefined;
  const month = startOfMonth(until);
  const inMonth = ({ day }: DayCost) => day >= month && day <= until;
  const spent = sum([...usage, ...fees, ...others].filter(inMonth));
  const remaining = eachDay(addDays(until, 1), endOfMonth(until));
  const learnt = usage.slice(-LEARNT_DAYS);
  const base = { month, spent, until, learntDays: learnt.length, remainingDays: remaining.length };
  if (remaining.length === 0)
    return { ...base, forecast: spent, low: spent, high: spent, range: 'none-left' };

  const expect = weekdayAverage(learnt);
  const dates = datesBefore(remaining);
  const expectedFees = sum(fees.filter(({ day }) => dates.has(day)));
  const forecast = spent + remaining.reduce((total, day) => total + expect(day), 0n) + expectedFees;
  const errors = backTest(usage, remaining.length);
  const { low, high } = errors ? middleOf(errors, RANGE_SHARE) : dailySpread(learnt, remaining.length);
  // What is spent stays spent, unless usage is credited: the past may have been dearer than all that is left.
  const least = learnt.some(({ micros }) => micros < 0n) || forecast < spent ? undefined : spent;
  // A past that only ever erred to one side does not make the forecast itself improbable.
  const lowest = forecast + (low < 0n ? low : 0n);
  return {
    ...base,
    forecast,
    low: least !== undefined && lowest < least ? least : lowest,
    high: forecast + (high > 0n ? high : 0n),
    range: errors ? 'back-test' : 'daily-spread',
  };
}

/**
 * The days of the month before with the dates of these, which go on to their month's end; a short month's last day
 * stands in for the dates it lacks, and what a long one charged on its last days comes on the last day.
 */
function datesBefore([first]: readonly Day[]): Set<Day> {
  if (first === undefined) return new Set();
  const before = addMonths(first, -1);
  return new Set(eachDay(before, endOfMonth(before)));
}

function dailySpread(learnt: readonly DayCost[], days: number): { low: bigint; high: bigint } {
  const expect = weekdayAverage(learnt);
  const squares = learnt.map(({ day, micros }) => Number(micros - expect(day)) ** 2);
  // Seven averages were taken out of the data.
  const variance = squares.reduce((a, b) => a + b, 0) / Math.max(1, learnt.length - 7);
  const half = BigInt(Math.round(Z80 * Math.sqrt(variance * days)));
  return { low: -half, high: half };
}

function sum(days: readonly DayCost[]): bigint {
  return days.reduce((total, { micros }) => total + micros, 0n);
}
