/** Real names for examples: the dearest models, teams, services and features of the last complete days. */
import { createConvert } from '../analysis/convert.ts';
import { tabulate, totalsByKey } from '../analysis/tabulate.ts';
import { addDays, dayInZone } from '../core/day.ts';
import { readCosts } from '../store/daily-costs.ts';
import type { Context } from './context.ts';
import type { Kind } from './find-name.ts';

/** Days looked back: enough to know what is dear, few enough to be read at once. */
const DAYS = 10;

/** Up to `count` names of a kind, the dearest first; empty when nothing cost anything lately. */
export async function dearestNames(context: Context, kind: Kind, count: number): Promise<string[]> {
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const days = { start: addDays(today, -DAYS), end: today };
  const rows = await readCosts(store, { filter: {}, ...days, basis: 'effective', by: kind });
  const sums = totalsByKey(
    tabulate(rows, settings.currency, createConvert(settings.fx)),
    days.start,
    days.end,
  );
  return [...sums]
    .flatMap(([name, cost]) => (name !== null && cost !== null && cost > 0n ? [{ name, cost }] : []))
    .sort((a, b) => (a.cost < b.cost ? 1 : -1))
    .slice(0, count)
    .map(({ name }) => name);
}
