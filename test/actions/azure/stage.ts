/** A stand-in of Azure with one resource of every kind, and access to it with a clock in our hands. */
import type { ActionAccess, ActionInput } from '../../../src/actions/types.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import {
  type AzureResources,
  type AzureStandIn,
  createAzureStandIn,
} from '../../../src/sandbox/cloud/azure/index.ts';
import type { ActionStage } from '../../contracts/action.ts';

export const SUBSCRIPTION = '5b0f6c1e-7d32-4a19-9c84-2e61f0a7d358';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-search/providers`;
export const WORKSPACE = `${GROUP}/Microsoft.MachineLearningServices/workspaces/wrenfield-ml`;
export const placed = { subscription: SUBSCRIPTION, resourceGroup: 'rg-search', location: 'westeurope' };
const LAG = 60_000;

export interface AzureStage extends ActionStage {
  readonly cloud: AzureStandIn;
}

/** `id` as a bill has it. */
export async function azureStage(
  id: string,
  resources: AzureResources,
  parameters: Readonly<Record<string, string>> = {},
): Promise<AzureStage> {
  let now = Date.parse('2026-11-20T09:00:00Z');
  const cloud = await createAzureStandIn({ now: () => now, lag: LAG }, resources);
  return {
    access: accessTo(cloud.url, () => now),
    input: inputFor(id, parameters),
    cloud,
    settle() {
      now += LAG + 1;
    },
  };
}

export function accessTo(endpoint: string | undefined, now: () => number = () => 0): ActionAccess {
  return {
    connection: {
      provider: 'azure',
      account: SUBSCRIPTION,
      regions: [],
      namespaces: [],
      match: [],
      ...(endpoint && { endpoint }),
    },
    variable: () => undefined,
    now,
    signal: new AbortController().signal,
    pace: 0.000_1,
    random: () => 0.5,
    log() {},
  };
}

export function inputFor(id: string, parameters: Readonly<Record<string, string>> = {}): ActionInput {
  const recognised = recognise(id);
  if (!recognised.known) throw new Error(recognised.why);
  return { ref: recognised.ref, parameters };
}
