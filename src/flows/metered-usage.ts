/** Metered usage as a verb: kept as the vendor meters it, and folded into what unit costs are computed from. */
import type { MeteredUsage } from '../sources/types.ts';
import { type DaySpan, replaceMeteredUsage } from '../store/metered-usage.ts';
import type { StoreTransaction } from '../store/open.ts';
import { allocateDays } from './allocate.ts';
import type { Context } from './context.ts';
import { affectedUsageDays } from './import-usage/affected-days.ts';
import { foldMeteredUsage } from './metered-usage/fold.ts';

/**
 * Replaces a source's usage of these days (both included), in the caller's transaction and after its charges are
 * written. Days whose shared costs are split by such usage are allocated again.
 */
export async function writeMeteredUsage(
  tx: StoreTransaction,
  context: Pick<Context, 'settings'>,
  written: { readonly source: string; readonly days: DaySpan; readonly usage: readonly MeteredUsage[] },
): Promise<void> {
  await replaceMeteredUsage(tx, written.source, written.days, written.usage);
  const pairs = await foldMeteredUsage(tx, context.settings, written);
  const days = affectedUsageDays(context.settings, pairs);
  if (days.length > 0) await allocateDays(tx, context, { days });
}
