/** Tokens per language model around a change, where a vendor meters them: fine enough to tell price from mix. */
import { createAllocate } from '../../analysis/allocate/allocate.ts';
import { foldKey, foldValue } from '../../analysis/allocate/fold.ts';
import { sidesByKey } from '../../analysis/explain/sides.ts';
import type { TokenKind } from '../../analysis/explain/sku.ts';
import { type TokenQuantity, tokenKey } from '../../analysis/explain/token-mix.ts';
import type { Comparison } from '../../analysis/explain/types.ts';
import type { Day } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import { type MeteredSum, sumMetered } from '../../store/change-usage.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import type { Context } from '../context.ts';
import { shapeOf } from '../metered-usage/shape.ts';

const KINDS: Readonly<Record<string, TokenKind>> = {
  uncached_input_tokens: 'input_tokens',
  cache_write_tokens: 'input_tokens',
  cache_write_1h_tokens: 'input_tokens',
  cached_input_tokens: 'cached_tokens',
  output_tokens: 'output_tokens',
};

const MICROS = 1_000_000n;

/** Micro-units a day per language model and kind, of what belongs to the place; empty where nothing is metered. */
export async function readMetered(
  { store, settings }: Context,
  { filter, start, end }: { readonly filter: CostFilter; readonly start: Day; readonly end: Day },
  comparison: Comparison,
): Promise<Map<string, TokenQuantity>> {
  const sums = await sumMetered(store, { start, end });
  const allocate = createAllocate(settings);
  const within = new Map<string, boolean>();
  const isWithin = (sum: MeteredSum): boolean => {
    const key = JSON.stringify([sum.provider, sum.service, sum.model, sum.tags]);
    const known = within.get(key);
    if (known !== undefined) return known;
    const { allocation } = allocate(shapeOf({ ...sum, tags: JSON.parse(sum.tags) }));
    const is = belongs({ ...allocation, provider: sum.provider, service: sum.service }, filter);
    within.set(key, is);
    return is;
  };
  const cells = sums.flatMap((sum) => {
    const kind = KINDS[sum.meter];
    if (kind === undefined || !isWithin(sum)) return [];
    return [{ day: sum.day, key: tokenKey(foldKey(sum.model), kind), attos: BigInt(sum.quantity) * MICROS }];
  });
  const days = BigInt(Math.max(1, comparison.during.length));
  const weight = comparison.usualWeight > 0n ? comparison.usualWeight : 1n;
  return new Map(
    [...sidesByKey(cells, comparison)].flatMap(([key, { during, usual }]) =>
      key === null
        ? []
        : [[key, { before: divideRounded(usual, weight), during: divideRounded(during, days) }] as const],
    ),
  );
}

/** A column that usage says nothing of is no reason to leave it out, except those that make it somebody's. */
function belongs(columns: Readonly<Record<string, string | undefined>>, filter: CostFilter): boolean {
  return Object.entries(filter).every(([column, wanted]) => {
    const said = columns[column];
    if (column === 'team' || column === 'model')
      return wanted === null ? said === undefined : said === wanted;
    return said === undefined || wanted === null || foldValue(said) === foldValue(wanted ?? '');
  });
}
