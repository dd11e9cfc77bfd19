/** The span of the y axis: what the bars and lines need, not what a far-off budget would. */
import type { ChartSpec } from '../types.ts';

/** A budget line this many times higher than everything else would press the bars flat. */
const MAX_BUDGET_RATIO = 2.5;

export interface ValueRange {
  readonly min: number;
  readonly max: number;
  /** The budget is above the picture; its label says so at the top edge. */
  readonly budgetOffChart: boolean;
  /** No value at all is known. */
  readonly empty: boolean;
}

export function valueRange(spec: ChartSpec): ValueRange {
  const values = [0];
  let empty = true;
  for (let day = 0; day < spec.days.length; day += 1) {
    let above = 0;
    let below = 0;
    for (const { role, values: own } of spec.series) {
      const value = own[day] ?? null;
      if (value === null || role === 'budget') continue;
      empty = false;
      if (role !== 'stack') values.push(value);
      else if (value >= 0) above += value;
      else below += value;
    }
    values.push(above, below);
  }
  const min = values.reduce((a, b) => Math.min(a, b));
  const max = values.reduce((a, b) => Math.max(a, b));
  const budget = budgetValue(spec);
  const budgetOffChart = budget !== undefined && !empty && budget > Math.max(max, -min) * MAX_BUDGET_RATIO;
  const top = budget === undefined || budgetOffChart ? max : Math.max(max, budget * 1.04);
  return { min, max: top === min ? min + 1 : top, budgetOffChart, empty };
}

export function budgetValue(spec: ChartSpec): number | undefined {
  const budget = spec.series.find((one) => one.role === 'budget');
  return budget?.values.find((value) => value !== null) ?? undefined;
}
