/** What a ResourceId on a bill is, so that it can be found again at its provider. */
import type { Recognised, ResourceHints } from '../../core/action.ts';
import { recogniseAws } from './aws.ts';
import { recogniseAzure } from './azure.ts';
import { recogniseGcp } from './gcp.ts';
import { recogniseKey } from './keys.ts';
import { recogniseKubernetes } from './kubernetes.ts';

/** Each says undefined for an id that is not its provider's. */
export type Recogniser = (resourceId: string, hints: ResourceHints) => Recognised | undefined;

const recognisers: readonly Recogniser[] = [
  recogniseAws,
  recogniseGcp,
  recogniseAzure,
  recogniseKubernetes,
  recogniseKey,
];

/** Never throws; an id of no known form is said to be so. */
export function recognise(resourceId: string, hints: ResourceHints = {}): Recognised {
  for (const one of recognisers) {
    const recognised = one(resourceId, hints);
    if (recognised) return recognised;
  }
  return { known: false, why: `"${resourceId.slice(0, 120)}" has no form that I know of any provider.` };
}
