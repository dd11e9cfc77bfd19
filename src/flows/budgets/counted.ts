/** What a budget counts, day by day: money as billed, or usage; and how far it is complete. */
import { createConvert } from '../../analysis/convert.ts';
import type { DayCost } from '../../analysis/forecast/day-cost.ts';
import { HISTORY_DAYS } from '../../analysis/forecast/outlook.ts';
import { tabulate, totalsByDay } from '../../analysis/tabulate.ts';
import { addDays, type Day, earlier, later } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import type { StoredBudget } from '../../store/budgets.ts';
import { readCosts } from '../../store/daily-costs.ts';
import { findReach, type Reach } from '../answer/reach.ts';
import type { Context } from '../context.ts';
import { readPlanned } from '../forecast/planned.ts';
import { unknownDays } from '../forecast/unknown-days.ts';
import { lastCompleteDay } from '../report/days.ts';
import { type Counted, SILENT_DAYS, silentWords } from './completeness.ts';
import { filterOf } from './filter.ts';
import { readUsed } from './used.ts';

/** Charged by the calendar, not by use. */
const FEES = ['Tax', 'Purchase'];

/** Everything in scope from a period's first day (and long before, to learn from) to today, incomplete days included. */
export async function readCounted(
  context: Context,
  budget: StoredBudget,
  { from, today }: { from: Day; today: Day },
): Promise<Counted> {
  const scope = parseScope(budget.scope);
  const start = earlier(from, addDays(today, -HISTORY_DAYS));
  if (budget.metric) return readUsed(context, scope, budget.metric, { start, today });
  const filter = filterOf(scope);
  const reach = await findReach(context, filter, { kind: 'days', count: 1 });
  const { day: until, ...last } = lastCompleteDay(reach, SILENT_DAYS);
  const silent = last.silent ?? (until === undefined ? firstSilent(reach) : undefined);
  const query = { filter, start, end: today, basis: 'effective', by: 'category' } as const;
  const rows = await readCosts(context.store, query);
  const convert = createConvert(context.settings.fx);
  const { currency } = budget;
  const { unknown, rateless } = unknownDays(rows, convert, currency);
  const table = tabulate(rows, currency, convert);
  const only = (wanted: (category: string) => boolean): DayCost[] =>
    [...totalsByDay({ ...table, cells: table.cells.filter(({ key }) => wanted(key ?? '')) })].flatMap(
      ([day, micros]) => (micros === null || unknown.has(day) ? [] : [{ day, micros }]),
    );
  const unsaid = rateless.find(({ day }) => day >= from);
  const planned = until && (await readPlanned(context, scope, { start, until, currency, convert }));
  return {
    usage: [
      ...only((category) => category === 'Usage'),
      ...[...unknown].map((day) => ({ day, micros: null })),
    ],
    fees: only((category) => FEES.includes(category)),
    others: only((category) => category !== 'Usage' && !FEES.includes(category)),
    ...(planned && { planned }),
    // Before its history is loaded a source's cost is not zero.
    ...(reach.loading.length > 0 && { loadedFrom: reach.loading.map((source) => source.from).reduce(later) }),
    ...(until && { until }),
    ...(silent && { silent: silentWords(silent, today) }),
    ...(unsaid && { unknown: `there is no ${unsaid.currency}→${currency} rate for all of its days` }),
    ...(!unsaid && [...unknown].some((day) => day >= from) && { unknown: 'some of the cost is unknown' }),
  };
}

/** Where every source is silent, the first of them is why nothing is complete. */
function firstSilent({ silent: [first] }: Reach): { name: string; since?: Day } | undefined {
  return first && { name: first.name, ...(first.watermark && { since: first.watermark }) };
}
