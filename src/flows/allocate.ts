/** Allocation as a verb: decide what is undecided, rewrite the allocated layer and share its pools, inside one transaction. */
import { createHash } from 'node:crypto';
import { createAllocate } from '../analysis/allocate/allocate.ts';
import { allocationFingerprint } from '../analysis/allocate/needs.ts';
import type { Day } from '../core/day.ts';
import type { Settings } from '../core/settings.ts';
import {
  combinationsWithoutDecision,
  factDays,
  forgetDecisions,
  rebuildDailyCost,
  saveDecisions,
} from '../store/allocation.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { StoreTransaction } from '../store/open.ts';
import type { Context } from './context.ts';
import { renameUsage } from './import-usage/rename.ts';
import { refoldMeteredUsage } from './metered-usage/refold.ts';
import { sharePools } from './share-pools.ts';

const RULES_KEY = 'allocation.rules';
/** Days are rewritten in stretches so that memory stays flat over years of history. */
const STRETCH = 31;

export interface AllocateResult {
  readonly days: number;
  readonly combinations: number;
}

/** Whether DailyCost was made with other rules than these. False for an empty database. */
export async function rulesChanged(tx: StoreTransaction, settings: Settings): Promise<boolean> {
  const stored = await readMeta(tx, RULES_KEY);
  return stored !== undefined && stored !== rulesDigest(settings);
}

/**
 * (Re)builds decisions and DailyCost of whole days from the facts and shares its pools, in the caller's transaction.
 * When the rules have changed since the last time, all days are rewritten instead.
 */
export async function allocateDays(
  tx: StoreTransaction,
  context: Pick<Context, 'settings'>,
  scope: { readonly days: readonly Day[] },
): Promise<AllocateResult> {
  if (await rulesChanged(tx, context.settings)) return allocateAll(tx, context, scope.days);
  await writeMeta(tx, RULES_KEY, rulesDigest(context.settings));
  return allocateStretches(tx, context.settings, scope.days);
}

/**
 * Decides everything anew and rewrites all of DailyCost, in the caller's transaction. `emptied` are days that may
 * have lost all their facts.
 */
export async function allocateAll(
  tx: StoreTransaction,
  context: Pick<Context, 'settings'>,
  emptied: readonly Day[] = [],
): Promise<AllocateResult> {
  await forgetDecisions(tx);
  await writeMeta(tx, RULES_KEY, rulesDigest(context.settings));
  await renameUsage(tx, context.settings);
  await refoldMeteredUsage(tx, context);
  return allocateStretches(tx, context.settings, [...new Set([...(await factDays(tx)), ...emptied])].sort());
}

async function allocateStretches(
  tx: StoreTransaction,
  settings: Settings,
  days: readonly Day[],
): Promise<AllocateResult> {
  const allocate = createAllocate(settings);
  const stretches: Day[][] = [];
  for (let start = 0; start < days.length; start += STRETCH)
    stretches.push(days.slice(start, start + STRETCH));
  let combinations = 0;
  for (const stretch of stretches) {
    const undecided = await combinationsWithoutDecision(tx, stretch);
    const decisions = undecided.map((combination) => {
      const { allocation, reasons } = allocate(combination);
      return { combination, allocation, reasons: JSON.stringify(reasons) };
    });
    await saveDecisions(tx, decisions);
    combinations += decisions.length;
    await rebuildDailyCost(tx, stretch);
  }
  // Whose a model is may be known from another stretch only, so pools are shared when all is decided.
  for (const stretch of stretches) await sharePools(tx, settings, stretch);
  return { days: days.length, combinations };
}

function rulesDigest(settings: Settings): string {
  return createHash('sha256').update(allocationFingerprint(settings)).digest('hex');
}
