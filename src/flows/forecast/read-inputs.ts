/** What a forecast is made from: complete days of a scope in one currency, and why it cannot be made. */
import type { Convert } from '../../analysis/convert.ts';
import type { DayCost } from '../../analysis/forecast/day-cost.ts';
import type { MonthEndInput } from '../../analysis/forecast/month-end.ts';
import { HISTORY_DAYS, type UsageDay } from '../../analysis/forecast/outlook.ts';
import { sumKnown, tabulate, totalOf, totalsByDay } from '../../analysis/tabulate.ts';
import { addDays, type Day, eachDay, later, startOfMonth } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { type CostFilter, readCosts } from '../../store/daily-costs.ts';
import { formatDay } from '../../view/format.ts';
import type { Reach } from '../answer/reach.ts';
import type { Context } from '../context.ts';
import { lastCompleteDay } from '../report/days.ts';
import { type Planned, readPlanned } from './planned.ts';
import { unknownDays } from './unknown-days.ts';

/** A source that fell silent this recently is missing from what the forecast learns from. */
const SILENT_DAYS = 35;
/** Charged by the calendar, not by use. */
const FEES = ['Tax', 'Purchase'];

export interface ForecastInputs {
  /** Last complete day; undefined while there is none. */
  readonly until?: Day;
  /** First day of its month. */
  readonly month?: Day;
  /** Cost of the month's complete days; null when unknown. */
  readonly spent: bigint | null;
  /** All cost by complete day, oldest first, without a gap; null where unknown. */
  readonly history: readonly UsageDay[];
  readonly input?: MonthEndInput;
  readonly planned?: Planned;
  /** Why there can be no forecast, in words that follow a colon. */
  readonly reason?: string;
}

export async function readForecastInputs(
  context: Context,
  about: {
    readonly scope: Scope;
    readonly filter: CostFilter;
    readonly reach: Reach;
    readonly currency: string;
    readonly convert: Convert;
  },
): Promise<ForecastInputs> {
  const { scope, filter, reach, currency, convert } = about;
  const { day: until, silent } = lastCompleteDay(reach, SILENT_DAYS);
  if (until === undefined) return { spent: null, history: [], reason: 'no source has complete days' };
  const month = startOfMonth(until);
  // Before its history is loaded a source's cost is not zero.
  const start = later(addDays(until, 1 - HISTORY_DAYS), reach.firstDay ?? '');
  const rows = await readCosts(context.store, {
    filter,
    start,
    end: until,
    basis: 'effective',
    by: 'category',
  });
  const { unknown, rateless } = unknownDays(rows, convert, currency);
  const table = tabulate(rows, currency, convert);
  const only = (wanted: (category: string) => boolean) =>
    totalsByDay({ ...table, cells: table.cells.filter(({ key }) => wanted(key ?? '')) });
  const base = { until, month, history: gapless(totalsByDay(table), unknown, until) };
  const unsaid = rateless.find(({ day }) => day >= month);
  if (unsaid)
    return {
      ...base,
      spent: null,
      reason: `there is no ${unsaid.currency}→${currency} rate for all of its days`,
    };
  const spent = totalOf(table, month, until) ?? 0n;
  if (silent) {
    const since = silent.since ? `after ${formatDay(silent.since, reach.today)}` : 'yet';
    return { ...base, spent, reason: `${silent.name} has sent nothing complete ${since}` };
  }
  if ([...unknown].some((day) => day >= month))
    return { ...base, spent, reason: 'some of the cost is unknown' };
  const planned = await readPlanned(context, scope, { start, until, currency, convert });
  return {
    ...base,
    spent,
    planned,
    input: {
      usage: gapless(
        only((category) => category === 'Usage'),
        unknown,
        until,
      ),
      fees: toDays(only((category) => FEES.includes(category))),
      others: toDays(only((category) => category !== 'Usage' && !FEES.includes(category))),
      planned: planned.ahead,
      excluded: planned.past,
    },
  };
}

/** Every day from the first one with a cost to the last complete one. */
function gapless(byDay: ReadonlyMap<Day, bigint | null>, unknown: ReadonlySet<Day>, until: Day): UsageDay[] {
  const [first] = [...byDay.keys(), ...unknown].sort();
  if (first === undefined || sumKnown(byDay.values()) === null) return [];
  return eachDay(first, until).map((day) => ({
    day,
    micros: unknown.has(day) ? null : (byDay.get(day) ?? 0n),
  }));
}

function toDays(byDay: ReadonlyMap<Day, bigint | null>): DayCost[] {
  return [...byDay].map(([day, micros]) => ({ day, micros: micros ?? 0n }));
}
