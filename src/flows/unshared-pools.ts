/** What splits should have shared but could not, because nobody's weight is known. */
import { createPoolMatch } from '../analysis/allocate/split-pool.ts';
import { sumKnown } from '../analysis/tabulate.ts';
import type { UnsharedPool } from '../core/coverage.ts';
import type { Day } from '../core/day.ts';
import { attosToMicros } from '../core/money.ts';
import type { Settings } from '../core/settings.ts';
import type { StoreTransaction } from '../store/open.ts';
import { readUnshared } from '../store/shared-costs.ts';
import { findPool } from './share-pools/find-pool.ts';

/** One entry per split that left cost of these days where it was. */
export async function unsharedPools(
  store: StoreTransaction,
  settings: Settings,
  days: readonly Day[],
): Promise<UnsharedPool[]> {
  const left: UnsharedPool[] = [];
  for (const split of settings.splits) {
    const pool = await findPool(store, createPoolMatch(split, settings), days);
    const rows = pool ? await readUnshared(store, { days, pool }) : [];
    if (rows.length === 0) continue;
    const on = rows.map(({ day }) => day).sort();
    left.push({
      split: split.name,
      by: split.by,
      among: split.among.dimension,
      days: new Set(on).size,
      first: on[0] ?? '',
      last: on.at(-1) ?? '',
      amounts: [...new Set(rows.map(({ currency }) => currency))].sort().map((currency) => {
        const attos = sumKnown(rows.filter((row) => row.currency === currency).map((row) => row.attos));
        return { currency, micros: attos === null ? null : attosToMicros(attos) };
      }),
    });
  }
  return left;
}
