/** A node pool of Kubernetes Engine as it is now: its cluster, its autoscaling, its nodes zone by zone. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput } from '../types.ts';
import { callGoogle, unlessGone } from './call.ts';
import { inputOf, location, name, project, readParts } from './input.ts';
import { waitFor } from './wait.ts';

const parts = z.object({ project, location, cluster: name, nodePool: name });
export const nodePoolInput = inputOf('gcp.gke.node-pool', parts);

const LIMIT = 10 * 60_000;

/** Every field is kept, as switching it on again needs them all. */
export const Autoscaling = z.looseObject({ enabled: z.boolean().default(false) });
export type Autoscaling = z.infer<typeof Autoscaling>;

const labels = z.record(z.string(), z.string()).default({});
const Cluster = z.object({
  resourceLabels: labels,
  autopilot: z.object({ enabled: z.boolean().default(false) }).optional(),
});
const NodePool = z.object({
  status: z.string().default('RUNNING'),
  instanceGroupUrls: z.array(z.string()).default([]),
  autoscaling: Autoscaling.optional(),
  config: z
    .object({
      machineType: z.string().optional(),
      spot: z.boolean().optional(),
      resourceLabels: labels,
      accelerators: z
        .array(z.object({ acceleratorType: z.string(), acceleratorCount: z.coerce.number().default(1) }))
        .default([]),
    })
    .default({ resourceLabels: {}, accelerators: [] }),
});
const Group = z.object({
  targetSize: z.number().default(0),
  status: z.object({ isStable: z.boolean().default(true) }).default({ isStable: true }),
});
const Operation = z.object({
  name,
  status: z.string(),
  error: z.object({ message: z.string().default('no reason given') }).optional(),
});

export interface Pool extends z.infer<typeof NodePool> {
  readonly cluster: z.infer<typeof Cluster>;
  /** How many nodes each zone's group is to have. */
  readonly sizes: readonly number[];
  /** Whether every group has as many as it is to have. */
  readonly stable: boolean;
}

/** Undefined when it does not exist. */
export async function readPool(access: ActionAccess, input: ActionInput): Promise<Pool | undefined> {
  const read = { permission: 'container.clusters.get', write: false } as const;
  const task = `read the state of the node pool ${input.ref.name}`;
  const { cluster: clusterPath, pool: poolPath, ...address } = addressOf(input);
  const pool = await unlessGone(
    callGoogle(access, { ...address, ...read, path: poolPath, task, answer: NodePool }),
  );
  if (!pool) return undefined;
  const cluster = await callGoogle(access, { ...address, ...read, path: clusterPath, task, answer: Cluster });
  const groups: z.infer<typeof Group>[] = [];
  for (const url of pool.instanceGroupUrls) groups.push(await readGroup(access, input, url));
  return {
    ...pool,
    cluster,
    sizes: groups.map(({ targetSize }) => targetSize),
    stable: groups.every(({ status }) => status.isStable),
  };
}

/** The pool itself does not say how many nodes it has; the groups behind it do. */
function readGroup(access: ActionAccess, { ref }: ActionInput, url: string) {
  const found =
    /\/projects\/([^/?#]+)\/zones\/([a-z0-9-]+)\/instanceGroup(?:Manager)?s\/([a-zA-Z0-9-]+)$/.exec(url);
  const [, owner = '', zone = '', group = ''] = found ?? [];
  if (!found)
    throw new AppError('UPSTREAM', `The number of nodes of ${ref.name} cannot be read.`, {
      hint: 'Look at the node pool in the Google Cloud console.',
    });
  return callGoogle(access, {
    service: 'compute',
    location: zone,
    path: `projects/${owner}/zones/${zone}/instanceGroupManagers/${group}`,
    permission: 'compute.instanceGroupManagers.get',
    task: `read the number of nodes of ${ref.name}`,
    write: false,
    answer: Group,
  });
}

type PoolChange =
  | { readonly verb: 'setSize'; readonly body: { readonly nodeCount: number } }
  | { readonly verb: 'setAutoscaling'; readonly body: { readonly autoscaling: Autoscaling } };

/** Starts one change. Resolves to the name of its operation. */
export async function changePool(
  access: ActionAccess,
  input: ActionInput,
  { verb, body }: PoolChange,
): Promise<string> {
  const { pool, cluster: _, ...address } = addressOf(input);
  const operation = await callGoogle(access, {
    ...address,
    path: `${pool}:${verb}`,
    permission: 'container.clusters.update',
    task: `${verb === 'setSize' ? 'resize' : 'change the autoscaling of'} the node pool ${input.ref.name}`,
    write: true,
    body,
    answer: Operation,
  });
  return operation.name;
}

/** Until it is over: a cluster takes one change at a time. Throws UPSTREAM when it failed or does not end. */
export async function awaitPool(access: ActionAccess, input: ActionInput, operation: string): Promise<void> {
  const { place, pool: _, cluster: __, ...address } = addressOf(input);
  const done = await waitFor(access, LIMIT, async () => {
    const now = await callGoogle(access, {
      ...address,
      path: `${place}/operations/${operation}`,
      permission: 'container.operations.get',
      task: `read the operation on the node pool ${input.ref.name}`,
      write: false,
      answer: Operation,
    });
    return now.status === 'DONE' ? now : undefined;
  });
  const { ref } = input;
  if (done?.error)
    throw new AppError(
      'UPSTREAM',
      `Google Cloud could not change ${ref.name}: ${done.error.message.slice(0, 300).replace(/\.$/, '')}.`,
      { hint: 'Look at the node pool in the Google Cloud console, then try again.' },
    );
  if (!done)
    throw new AppError('UPSTREAM', `The change of ${ref.name} takes longer than expected.`, {
      hint: 'A part of it may be done; the real state is read again before anything else is tried.',
      uncertain: true,
    });
}

/**
 * Runs `change`, and runs it again when the cluster was busy with another operation, such as ours whose answer was lost:
 * it must look first at what is left to do.
 */
export async function inTurn(
  access: ActionAccess,
  input: ActionInput,
  change: () => Promise<void>,
): Promise<void> {
  try {
    await change();
  } catch (error) {
    const busy =
      error instanceof AppError ? /incompatible operation (operation-[a-z0-9-]+)/.exec(error.message) : null;
    if (!busy?.[1]) throw error;
    await awaitPool(access, input, busy[1]);
    await change();
  }
}

function addressOf(input: ActionInput) {
  const { project: owner, location: zone, cluster, nodePool } = readParts(parts, input);
  const place = `projects/${encodeURIComponent(owner)}/locations/${zone}`;
  const path = `${place}/clusters/${encodeURIComponent(cluster)}`;
  return {
    service: 'container',
    location: zone,
    place,
    cluster: path,
    pool: `${path}/nodePools/${encodeURIComponent(nodePool)}`,
  } as const;
}
