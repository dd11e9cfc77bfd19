/** Estimates as verbs: made until bills arrive, compared with them afterwards, and told when they drift apart. */
import { type Drift, driftsOf } from '../analysis/estimate/drift.ts';
import { sumChecks } from '../store/estimates.ts';
import { type DaySpan, readMeteredUsage } from '../store/metered-usage.ts';
import type { StoreTransaction } from '../store/open.ts';
import type { Context } from './context.ts';
import { checkDays } from './estimate/check-days.ts';
import { estimateDays } from './estimate/estimate-days.ts';

/**
 * Estimates a source's days (both included) from its stored metered usage, in the caller's transaction and after its
 * charges, its usage and its watermark are written; days that are complete are compared with their bill.
 */
export async function writeEstimates(
  tx: StoreTransaction,
  context: Pick<Context, 'settings' | 'now'>,
  { source, days }: { readonly source: string; readonly days: DaySpan },
): Promise<void> {
  const usage = await readMeteredUsage(tx, source, days);
  await estimateDays(tx, context, { source, days, usage });
  await checkDays(tx, context, { source, days });
}

/** The newest checked days of each source that are looked at. */
const CHECKED_DAYS = 14;

/** Models whose estimates were more than 10 % off their bills in the last 14 checked days; `driftWords` says it. */
export async function findDrift(context: Pick<Context, 'store'>): Promise<Drift[]> {
  return driftsOf(await sumChecks(context.store, CHECKED_DAYS));
}
