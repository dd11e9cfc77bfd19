/** Allocates all history again, and says what that changed. */

import { rulesNeedResources } from '../analysis/allocate/needs.ts';
import { type Actor, actorKey } from '../core/actor.ts';
import { msToDay } from '../core/day.ts';
import { DIMENSIONS, type Dimension } from '../core/dimension.ts';
import { AppError } from '../core/errors.ts';
import { factDays } from '../store/allocation.ts';
import { appendAudit } from '../store/audit.ts';
import { allocatedSums, daysWithoutResources, layerTotals } from '../store/layer-totals.ts';
import type { StoreTransaction } from '../store/open.ts';
import { splitsWithParts } from '../store/shared-costs.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { unsharedText } from '../view/messages/unshared-pool.ts';
import { allocateAll } from './allocate.ts';
import type { Context } from './context.ts';
import { unsharedPools } from './unshared-pools.ts';

export interface AllocatedHistory {
  readonly days: number;
  /** Distinct combinations of columns, tags and resource that were decided. */
  readonly combinations: number;
  /** Share of the positive EffectiveCost per currency that has each dimension, before and after. */
  readonly coverage: readonly {
    readonly currency: string;
    readonly dimension: Dimension;
    readonly before: number | null;
    readonly after: number | null;
  }[];
  readonly warnings: readonly string[];
}

/** One transaction: either all of history follows the rules, or nothing changes. */
export async function allocateHistory(context: Context & { actor: Actor }): Promise<AllocatedHistory> {
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const before = await allocatedSums(tx);
    const { days, combinations } = await allocateAll(tx, context);
    const after = await allocatedSums(tx);
    const totals = await layerTotals(tx);
    if (totals.some(({ facts, daily }) => facts !== daily))
      throw new AppError('INTERNAL', 'The allocated costs do not add up to the bill; nothing was changed.');
    await appendAudit(tx, {
      at: new Date(context.now()),
      actor: actorKey(context.actor),
      action: 'allocation.rewritten',
      subject: 'org',
      after: JSON.stringify({ days, combinations }),
    });
    return {
      days,
      combinations,
      coverage: [...after].flatMap(([currency, sums]) =>
        DIMENSIONS.map((dimension) => ({
          currency,
          dimension,
          before: before.get(currency)?.get(dimension) ?? null,
          after: sums.get(dimension) ?? null,
        })),
      ),
      warnings: [
        ...(await resourceWarning(context, await daysWithoutResources(tx))),
        ...(await splitWarnings(tx, context)),
      ],
    };
  });
}

async function resourceWarning(
  context: Context,
  { days, last }: { days: number; last?: string },
): Promise<string[]> {
  if (days === 0 || !rulesNeedResources(context.settings)) return [];
  return [
    `Some rules match on a resource, but ${days} older days up to ${last} were imported without resources: those rules cannot apply there. Import those bills again to apply them.`,
  ];
}

/** What splits did not share, and splits that find nothing to share: a misspelt pool would go unnoticed otherwise. */
async function splitWarnings(
  tx: StoreTransaction,
  { settings, now }: Pick<Context, 'settings' | 'now'>,
): Promise<string[]> {
  if (settings.splits.length === 0) return [];
  const days = await factDays(tx);
  const left = await unsharedPools(tx, settings, days);
  const matched = new Set([...left.map(({ split }) => split), ...(await splitsWithParts(tx, days))]);
  return [
    ...left.map((pool) => unsharedText(pool, msToDay(now()))),
    ...settings.splits
      .filter(({ name }) => days.length > 0 && !matched.has(name))
      .map(({ name }) => `The split "${name}" found nothing to share: no cost has what its "from" says.`),
  ];
}
