/** Estimates as verbs: made until bills arrive, compared with them afterwards, and told when they drift apart. */
import { createHash } from 'node:crypto';
import { type Drift, driftsOf } from '../analysis/estimate/drift.ts';
import { PRICES } from '../analysis/estimate/prices.ts';
import { addDays, msToDay } from '../core/day.ts';
import type { Settings } from '../core/settings.ts';
import { sumChecks } from '../store/estimates.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { type DaySpan, readMeteredUsage } from '../store/metered-usage.ts';
import type { StoreTransaction } from '../store/open.ts';
import type { Context } from './context.ts';
import { checkDays } from './estimate/check-days.ts';
import { estimateDays } from './estimate/estimate-days.ts';

/** After prices have changed, so many of the newest days are estimated and compared again. */
const RECENT_DAYS = 35;

/**
 * Estimates a source's days (both included) from its stored metered usage, in the caller's transaction and after its
 * charges, its usage and its watermark are written; days that are complete are compared with their bill. The first time
 * after prices have changed, the newest weeks are done again, so that a corrected price ends its drift.
 */
export async function writeEstimates(
  tx: StoreTransaction,
  context: Pick<Context, 'settings' | 'now'>,
  { source, days }: { readonly source: string; readonly days: DaySpan },
): Promise<void> {
  const today = msToDay(context.now());
  const recent = { start: addDays(today, -RECENT_DAYS), end: today };
  const changed = await pricesChanged(tx, context.settings, source);
  for (const span of changed ? [recent, days] : [days]) {
    const usage = await readMeteredUsage(tx, source, span);
    await estimateDays(tx, context, { source, days: span, usage });
    await checkDays(tx, context, { source, days: span });
  }
}

/** Whether the source was estimated before with other prices; remembers these. */
async function pricesChanged(tx: StoreTransaction, settings: Settings, source: string): Promise<boolean> {
  const key = `estimate.prices ${source}`;
  const prices = JSON.stringify([settings.prices, PRICES]);
  const digest = createHash('sha256').update(prices).digest('hex');
  const before = await readMeta(tx, key);
  if (before !== digest) await writeMeta(tx, key, digest);
  return before !== undefined && before !== digest;
}

/** The newest checked days of each source that are looked at. */
const CHECKED_DAYS = 14;

/** Models whose estimates were more than 10 % off their bills in the last 14 checked days; `driftWords` says it. */
export async function findDrift(context: Pick<Context, 'store'>): Promise<Drift[]> {
  return driftsOf(await sumChecks(context.store, CHECKED_DAYS));
}
