/** A split's pool in the words of the store. */
import type { PoolMatch } from '../../analysis/allocate/split-pool.ts';
import type { Day } from '../../core/day.ts';
import type { PoolColumn } from '../../core/settings.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { Pool } from '../../store/pool.ts';
import { textsOf } from '../../store/splits.ts';

/** The texts by which the store finds the pool, or undefined when no cost of these days belongs to it. */
export async function findPool(
  tx: StoreTransaction,
  match: PoolMatch,
  days: readonly Day[],
): Promise<Pool | undefined> {
  const pool = new Map<PoolColumn, string[]>();
  for (const column of match.columns) {
    const texts = (await textsOf(tx, days, column)).filter((text) => match.holds(column, text));
    if (texts.length === 0) return undefined;
    pool.set(column, texts);
  }
  return pool;
}
