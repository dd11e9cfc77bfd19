/** Says which rule or tag decided where a resource's cost goes. */

import { createAllocate } from '../analysis/allocate/allocate.ts';
import type { Reason } from '../analysis/allocate/types.ts';
import type { Allocation } from '../core/dimension.ts';
import { combinationsOfResource } from '../store/allocation.ts';
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
  }[];
  /** Resources with this text in their id, when none is exactly it. */
  readonly similar: readonly string[];
}

/** Decides afresh with the rules as they are now, so that an explanation never lags behind them. */
export async function explainResource(context: Context, resource: string): Promise<ExplainedResource> {
  const allocate = createAllocate(context.settings);
  const combinations = await combinationsOfResource(context.store, resource);
  return {
    resource,
    decisions: combinations.map((combination) => ({
      service: combination.columns.ServiceName ?? '',
      category: combination.columns.ChargeCategory ?? '',
      tags: combination.tags,
      ...allocate(combination),
    })),
    similar: combinations.length > 0 ? [] : await similarResources(context.store, resource),
  };
}
