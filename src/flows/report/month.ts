/** Where the month is going: its cost so far, the forecast for its end, and its budget. */
import type { Convert } from '../../analysis/convert.ts';
import { LEAST_DAYS } from '../../analysis/forecast/back-test.ts';
import { forecastMonthEnd } from '../../analysis/forecast/month-end.ts';
import type { DayCost } from '../../analysis/forecast/weekday-average.ts';
import { tabulate, totalOf, totalsByDay } from '../../analysis/tabulate.ts';
import type { AnswerBudget } from '../../core/answer.ts';
import { addDays, type Day, eachDay, startOfMonth } from '../../core/day.ts';
import { type CostFilter, readCosts } from '../../store/daily-costs.ts';
import { formatDay } from '../../view/format.ts';
import type { ReportMonth } from '../../view/messages/weekly-report-types.ts';
import type { Reach } from '../answer/reach.ts';
import type { Context } from '../context.ts';
import { lastCompleteDay } from './days.ts';

/** Learning, and trying the method on the past, take about three months. */
const HISTORY_DAYS = 98;
/** A source that fell silent this recently is missing from what the forecast learns from. */
const SILENT_DAYS = 35;
/** Charged by the calendar, not by use. */
const FEES = ['Tax', 'Purchase'];

export async function reportMonth(
  context: Context,
  filter: CostFilter,
  about: { reach: Reach; currency: string; convert: Convert; budget?: AnswerBudget },
): Promise<ReportMonth> {
  const { reach, currency, convert } = about;
  const { day: until, silent } = lastCompleteDay(reach, SILENT_DAYS);
  if (until === undefined) return { spent: null, reason: 'no source has complete days' };
  const month = startOfMonth(until);
  const start = addDays(until, 1 - HISTORY_DAYS);
  const rows = await readCosts(context.store, {
    filter,
    start,
    end: until,
    basis: 'effective',
    by: 'category',
  });
  const table = tabulate(rows, currency, convert);
  const base = { month, until, budget: monthlyBudget(about) };
  const [rateless] = table.unconverted.keys();
  if (rateless)
    return { ...base, spent: null, reason: `there is no ${rateless}→${currency} rate for all of its days` };
  const spent = totalOf(table, month, until) ?? 0n;
  if (silent)
    return {
      ...base,
      spent,
      reason: `${silent.name} has sent nothing complete ${silent.since ? `after ${formatDay(silent.since, reach.today)}` : 'yet'}`,
    };
  if (table.cells.some(({ attos }) => attos === null))
    return { ...base, spent, reason: 'some of the cost is unknown' };
  const only = (wanted: (category: string) => boolean) =>
    totalsByDay({ ...table, cells: table.cells.filter(({ key }) => wanted(key ?? '')) });
  const usage = gapless(
    only((category) => category === 'Usage'),
    until,
  );
  const forecast = forecastMonthEnd({
    usage,
    fees: toDays(only((category) => FEES.includes(category))),
    others: toDays(only((category) => category !== 'Usage' && !FEES.includes(category))),
  });
  if (!forecast)
    return {
      ...base,
      spent,
      reason: `${usage.length === 1 ? '1 complete day is' : `${usage.length} complete days are`} known, and it takes ${LEAST_DAYS}`,
    };
  const { forecast: amount, low, high, learntDays, range } = forecast;
  return { ...base, spent, forecast: { amount, low, high, learntDays, range } };
}

/** Every day from the first one with a cost to the last complete one. */
function gapless(byDay: ReadonlyMap<Day, bigint | null>, until: Day): DayCost[] {
  const [first] = [...byDay.keys()].sort();
  if (first === undefined) return [];
  return eachDay(first, until).map((day) => ({ day, micros: byDay.get(day) ?? 0n }));
}

function toDays(byDay: ReadonlyMap<Day, bigint | null>): DayCost[] {
  return [...byDay].map(([day, micros]) => ({ day, micros: micros ?? 0n }));
}

function monthlyBudget({
  budget,
  currency,
  convert,
  reach,
}: {
  budget?: AnswerBudget;
  currency: string;
  convert: Convert;
  reach: Reach;
}): bigint | undefined {
  if (budget?.period !== 'monthly') return undefined;
  return convert(budget.amount, budget.currency, currency, reach.today);
}
