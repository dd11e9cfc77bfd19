/** All metered usage anew, when the rules that allocate it have changed. */
import { addDays, earlier } from '../../core/day.ts';
import type { DaySpan } from '../../store/metered-usage.ts';
import { meteredSources, readMeteredUsage } from '../../store/metered-usage.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { Context } from '../context.ts';
import { estimateDays } from '../estimate/estimate-days.ts';
import { foldMeteredUsage } from './fold.ts';

/** Days are rewritten in stretches so that memory stays flat over years of history. */
const STRETCH = 31;

/**
 * Allocates all metered usage and all estimates again, in the caller's transaction: part of allocating history, before
 * pools are shared by usage.
 */
export async function refoldMeteredUsage(
  tx: StoreTransaction,
  context: Pick<Context, 'settings'>,
): Promise<void> {
  for (const { source, ...all } of await meteredSources(tx))
    for (const days of stretches(all)) {
      const usage = await readMeteredUsage(tx, source, days);
      await foldMeteredUsage(tx, context.settings, { source, days, usage });
      await estimateDays(tx, context, { source, days, usage });
    }
}

function stretches({ start, end }: DaySpan): DaySpan[] {
  const found: DaySpan[] = [];
  for (let first = start; first <= end; first = addDays(first, STRETCH))
    found.push({ start: first, end: earlier(end, addDays(first, STRETCH - 1)) });
  return found;
}
