/** Unit prices day by day for the places whose rule divides cost by usage. */
import { isScope } from '../../analysis/incidents/plan.ts';
import type { CostTree } from '../../analysis/incidents/types.ts';
import type { AnomalySettings } from '../../core/analysis-settings.ts';
import { type Day, daysBetween } from '../../core/day.ts';
import { pathFilter, pathKey } from '../../core/scope-path.ts';
import { dailyUnits } from '../answer/daily-units.ts';
import type { Context } from '../context.ts';
import type { UnitPrices } from './judge-tree.ts';

/** By the key of the place's path; a place without any usage is not in it. Units are what people speak of (1k requests). */
export async function pricesOfRules(
  context: Pick<Context, 'store' | 'settings'>,
  tree: CostTree,
  { rules }: AnomalySettings,
  end: Day,
): Promise<Map<string, UnitPrices>> {
  const found = new Map<string, UnitPrices>();
  const length = daysBetween(tree.start, end) + 1;
  for (const { scope, per, mute } of rules)
    for (const { path, currency, values } of tree.nodes) {
      if (per === undefined || mute || !isScope(scope, path)) continue;
      const query = { filter: pathFilter(path), per, currency, period: { start: tree.start, end } };
      const { days } = await dailyUnits(context, query);
      const prices = new Float64Array(length).fill(Number.NaN);
      for (const [index, { attos }] of days.entries())
        if (attos !== null) prices[index] = Number(attos) / 1e18;
      if (prices.every((price) => Number.isNaN(price))) continue;
      const units = prices.map((price, day) =>
        price > 0 ? (values[day] ?? Number.NaN) / price : Number.NaN,
      );
      found.set(pathKey(path), { prices, units });
    }
  return found;
}
