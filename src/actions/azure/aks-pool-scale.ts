/** Scales a user node pool of an AKS cluster to no nodes, with its autoscaler off, and back to what it had. */
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { type Pool, poolRequest, readPool } from './aks-pool.ts';
import { changeArm } from './arm.ts';
import { azureInput } from './input.ts';
import { goneNow, gonePlan, plural } from './words.ts';

const OPERATIONS = 'Microsoft.ContainerService/locations/operations/read';
const WHERE = ['clusters whose node pools may be scaled'];

interface Size {
  readonly count: number;
  readonly autoscaler?: { readonly least: number; readonly most: number } | undefined;
}
const sizeSchema = z.object({
  count: z.number().int().nonnegative(),
  autoscaler: z.object({ least: z.number(), most: z.number() }).optional(),
});
const EMPTY: Size = { count: 0 };

export const aksPoolScale: ProviderAction = {
  id: 'azure.aks-pool-scale',
  about: {
    provider: 'azure',
    kinds: ['azure.aks.agent-pool'],
    title: 'Scale AKS node pool to zero',
    verb: 'scale to zero',
    past: 'scaled to zero',
    consequence:
      'All nodes of the pool go, with what runs on them and their local disks; pods that fit no other pool wait. Its autoscaler is switched off meanwhile. Volumes and the cluster itself go on costing.',
    risk: 'medium',
    validStates: ['Running'],
    permissions: [
      { permission: 'Microsoft.ContainerService/managedClusters/read', for: 'plan', resources: WHERE },
      {
        permission: 'Microsoft.ContainerService/managedClusters/agentPools/read',
        for: 'plan',
        resources: WHERE,
      },
      {
        permission: 'Microsoft.ContainerService/managedClusters/agentPools/write',
        for: 'run',
        resources: WHERE,
      },
      {
        permission: 'Microsoft.Network/virtualNetworks/subnets/join/action',
        for: 'run',
        resources: ['subnets of the pools, where they are in a network of your own'],
      },
      { permission: OPERATIONS, for: 'run' },
      { permission: OPERATIONS, for: 'undo' },
      {
        permission: 'Microsoft.ContainerService/managedClusters/agentPools/write',
        for: 'undo',
        resources: WHERE,
      },
    ],
    example:
      '/subscriptions/5b0f6c1e-7d32-4a19-9c84-2e61f0a7d358/resourceGroups/MC_rg-platform_ml-west_westeurope/providers/Microsoft.Compute/virtualMachineScaleSets/aks-gpu-31415926-vmss',
    savesPercent: 100,
  },
  input: azureInput(['azure.aks.agent-pool'], ['subscription', 'pool']),
  async plan(access, input) {
    const pool = await readPool(access, input);
    const what = nameOf(input, pool);
    if (!pool) return gonePlan(input, what);
    const { live, cluster, name, count, autoscaler } = pool;
    const before: Record<string, unknown> = { count, ...(autoscaler && { autoscaler }) };
    if (count === 0 || pool.stopped) {
      const effect = `${what} ${pool.stopped ? 'is stopped' : 'has no nodes'} already.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    const refusal = refusalOf(pool, what);
    if (refusal) return { input, live, calls: [], effect: 'Nothing.', refusal, before };
    const off = autoscaler ? ' enableAutoScaling=false' : '';
    return {
      input,
      live,
      calls: [`PUT managedClusters/${cluster.name}/agentPools/${name} count=0${off}`],
      effect: effectOf(pool, what),
      before,
    };
  },
  async run(access, planned, key) {
    await resize(access, planned, { to: EMPTY, from: sizeSchema.parse(planned.before) }, key);
  },
  async verify(access, planned) {
    const pool = await readPool(access, planned.input);
    return verified(planned.input, pool, { to: EMPTY, from: sizeSchema.parse(planned.before) });
  },
  undo: {
    title: 'Scale back',
    past: 'scaled back',
    hours: 72,
    async run(access, planned, key) {
      await resize(access, planned, { to: sizeSchema.parse(planned.before), from: EMPTY }, key);
    },
    async verify(access, planned) {
      const pool = await readPool(access, planned.input);
      return verified(planned.input, pool, { to: sizeSchema.parse(planned.before), from: EMPTY });
    },
  },
};

/** Sends the whole pool back as it was read, but for its size; refused when it changed since it was read. */
async function resize(
  access: ActionAccess,
  { input }: Planned,
  { to, from }: { to: Size; from: Size },
  key: string,
): Promise<void> {
  const pool = await readPool(access, input);
  const what = nameOf(input, pool);
  if (!pool) throw new AppError('NOT_FOUND', `${what} is gone.`, { hint: 'Nothing is left to be done.' });
  if (isOf(pool, to)) return;
  if (isMoved(pool, from))
    throw new AppError(
      'CONFLICT',
      `${what} is not as it was (${plural(pool.count, 'node')}, autoscaler ${pool.autoscaler ? 'on' : 'off'}): somebody changed it.`,
      { hint: 'Look at it again and propose it anew.' },
    );
  const { autoscaler } = to;
  const { minCount: _least, maxCount: _most, ...rest } = pool.properties;
  await changeArm(access, {
    ...poolRequest(
      input,
      pool.cluster,
      `scale node pool ${pool.name} to ${plural(to.count, 'node')}`,
      'write',
    ),
    method: 'PUT',
    body: {
      properties: {
        ...rest,
        count: to.count,
        enableAutoScaling: autoscaler !== undefined,
        ...(autoscaler && { minCount: autoscaler.least, maxCount: autoscaler.most }),
      },
    },
    ...(pool.eTag && { ifMatch: pool.eTag }),
    operations: OPERATIONS,
    key,
  });
}

function isOf(pool: Pool, size: Size): boolean {
  if (!hasBounds(pool, size)) return false;
  // Between its bounds the autoscaler decides; what it made of the count is as good.
  return pool.autoscaler ? pool.count >= pool.autoscaler.least : pool.count === size.count;
}

/** An autoscaler moves the count by itself: then only its bounds tell whether somebody changed the pool. */
function isMoved(pool: Pool, size: Size): boolean {
  return !hasBounds(pool, size) || (!pool.autoscaler && pool.count !== size.count);
}

function hasBounds({ autoscaler }: Pool, size: Size): boolean {
  return autoscaler?.least === size.autoscaler?.least && autoscaler?.most === size.autoscaler?.most;
}

function refusalOf({ system, provisioning, name, cluster }: Pool, what: string): string | undefined {
  if (system)
    return `${what} is a system pool: it keeps cluster ${cluster.name} itself alive and needs a node at least. Stop the whole cluster instead (az aks stop).`;
  if (provisioning === 'Succeeded') return undefined;
  return `Node pool ${name} is ${provisioning}: it can be scaled when it is Succeeded.`;
}

function effectOf({ count, autoscaler }: Pool, what: string): string {
  const off = autoscaler
    ? ` Its autoscaler (${autoscaler.least} to ${autoscaler.most} nodes) is switched off; Undo switches it on again.`
    : '';
  return `${what} goes from ${plural(count, 'node')} to none: what runs there is evicted, and waits if it fits no other pool.${off}`;
}

function verified(
  input: ActionInput,
  pool: Pool | undefined,
  { to, from }: { to: Size; from: Size },
): Verified {
  const what = nameOf(input, pool);
  if (!pool) return goneNow(what);
  const { provisioning } = pool;
  const state = plural(pool.count, 'node');
  const said = `${what} has ${pool.count === 0 ? 'no nodes' : state}${provisioning === 'Succeeded' ? '' : ` and is ${provisioning}`}.`;
  if (isOf(pool, to) && provisioning === 'Succeeded') return { state, outcome: 'reached', said };
  if (!['Succeeded', 'Failed', 'Canceled'].includes(provisioning)) return { state, outcome: 'moving', said };
  return { state, outcome: isOf(pool, from) ? 'unchanged' : 'elsewhere', said };
}

function nameOf({ ref }: ActionInput, pool: Pool | undefined): string {
  const cluster = pool?.cluster.name ?? ref.parts.cluster;
  return `Node pool ${ref.parts.pool}${cluster ? ` of ${cluster}` : ''}`;
}
