/** How much of the cost is allocated, per dimension, and what is not. */

import { createConvert } from '../analysis/convert.ts';
import { sumKnown, tabulate, totalsByKey } from '../analysis/tabulate.ts';
import type { Coverage } from '../core/coverage.ts';
import { eachDay } from '../core/day.ts';
import { DIMENSIONS, type Dimension } from '../core/dimension.ts';
import type { PeriodWord } from '../core/period.ts';
import { readCosts } from '../store/daily-costs.ts';
import { findReach } from './answer/reach.ts';
import type { Context } from './context.ts';
import { unsharedPools } from './unshared-pools.ts';

export async function readCoverage(
  context: Context,
  input: { period: PeriodWord; currency?: string },
): Promise<Coverage> {
  const { store, settings } = context;
  const currency = input.currency ?? settings.currency;
  const convert = createConvert(settings.fx);
  const { period, today } = await findReach(context, {}, input.period);
  const query = { start: period.start, end: period.end, basis: 'effective' as const, positiveOnly: true };
  const unconverted = new Set<string>();
  const dimensions: { dimension: Dimension; allocated: bigint; ratio: number | null }[] = [];
  let total: bigint | null = null;
  for (const dimension of DIMENSIONS) {
    const table = tabulate(
      await readCosts(store, { ...query, filter: {}, by: dimension }),
      currency,
      convert,
    );
    for (const from of table.unconverted.keys()) unconverted.add(from);
    const sums = totalsByKey(table, period.start, period.end);
    const all = sumKnown(sums.values()) ?? 0n;
    const allocated = all - (sums.get(null) ?? 0n);
    if (table.cells.length > 0) total = all;
    dimensions.push({ dimension, allocated, ratio: all > 0n ? Number(allocated) / Number(all) : null });
  }
  const unclaimed = tabulate(
    await readCosts(store, { ...query, filter: { team: null }, by: 'service' }),
    currency,
    convert,
  );
  return {
    today,
    period,
    currency,
    total,
    dimensions,
    unclaimed: [...totalsByKey(unclaimed, period.start, period.end)]
      .flatMap(([service, cost]) => (service !== null && cost !== null ? [{ service, cost }] : []))
      .sort((a, b) => (a.cost < b.cost ? 1 : -1)),
    unconverted: [...unconverted],
    unshared: await unsharedPools(store, settings, eachDay(period.start, period.end)),
  };
}
