/** Says which rule or tag decided where a resource's cost goes. */

import { createAllocate } from '../analysis/allocate/allocate.ts';
import { createPoolMatch } from '../analysis/allocate/split-pool.ts';
import type { Reason } from '../analysis/allocate/types.ts';
import type { Allocation } from '../core/dimension.ts';
import type { SplitSettings } from '../core/settings.ts';
import { type Combination, combinationsOfResource } from '../store/allocation.ts';
import { similarResources } from '../store/resources.ts';
import type { Context } from './context.ts';

export interface ExplainedResource {
  readonly resource: string;
  /** One per distinct combination of columns and tags that the resource is billed under. */
  readonly decisions: readonly {
    readonly service: string;
    readonly category: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly allocation: Allocation;
    readonly reasons: readonly Reason[];
    /** The first split whose pool this cost belongs to: it is shared where somebody's weight is known. */
    readonly split?: Pick<SplitSettings, 'name' | 'among' | 'by'>;
  }[];
  /** Resources with this text in their id, when none is exactly it. */
  readonly similar: readonly string[];
}

/** Decides afresh with the rules as they are now, so that an explanation never lags behind them. */
export async function explainResource(context: Context, resource: string): Promise<ExplainedResource> {
  const allocate = createAllocate(context.settings);
  const splitOf = createSplitOf(context);
  const combinations = await combinationsOfResource(context.store, resource);
  return {
    resource,
    decisions: combinations.map((combination) => {
      const decision = allocate(combination);
      return {
        service: combination.columns.ServiceName ?? '',
        category: combination.columns.ChargeCategory ?? '',
        tags: combination.tags,
        ...decision,
        split: splitOf(combination, decision.allocation),
      };
    }),
    similar: combinations.length > 0 ? [] : await similarResources(context.store, resource),
  };
}

function createSplitOf({ settings }: Context) {
  const splits = settings.splits.map((split) => ({ split, match: createPoolMatch(split, settings) }));
  return ({ columns }: Combination, allocation: Allocation) => {
    const cost = {
      ...allocation,
      provider: columns.ProviderName,
      service: columns.ServiceName,
      region: columns.RegionId,
      account: columns.SubAccountId ?? columns.BillingAccountId,
    };
    const found = splits.find(({ match }) => match.covers(cost))?.split;
    return found && { name: found.name, among: found.among, by: found.by };
  };
}
