/** A stand-in of a cluster, and access to it with a clock in our hands. */
import type { ActionAccess, ActionInput } from '../../../src/actions/types.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import {
  createKubernetesStandIn,
  type KubernetesResources,
  type KubernetesStandIn,
} from '../../../src/sandbox/cloud/kubernetes/index.ts';
import type { ActionStage } from '../../contracts/action.ts';

const LAG = 60_000;

export interface KubernetesStage extends ActionStage {
  readonly cloud: KubernetesStandIn;
}

/** `id` as an allocation has it. */
export async function kubernetesStage(id: string, resources: KubernetesResources): Promise<KubernetesStage> {
  let now = Date.parse('2026-11-20T09:00:00Z');
  const cloud = await createKubernetesStandIn({ now: () => now, lag: LAG }, resources);
  return {
    access: accessTo({ endpoint: cloud.url }),
    input: inputFor(id),
    cloud,
    settle() {
      now += LAG + 1;
    },
  };
}

export function accessTo(
  connection: Partial<ActionAccess['connection']>,
  variables: Readonly<Record<string, string>> = {},
): ActionAccess {
  return {
    connection: {
      provider: 'kubernetes',
      account: 'ml-west',
      regions: [],
      namespaces: [],
      match: [],
      ...connection,
    },
    variable: (name) => variables[name],
    now: () => 0,
    signal: new AbortController().signal,
    pace: 0.000_1,
    random: () => 0.5,
    log() {},
  };
}

export function inputFor(id: string): ActionInput {
  const recognised = recognise(id);
  if (!recognised.known) throw new Error(recognised.why);
  return { ref: recognised.ref, parameters: {} };
}
