/** Takes every node out of a node pool of Kubernetes Engine, its autoscaling first, and brings both back. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, LiveResource, Planned, ProviderAction, Verified } from '../types.ts';
import {
  Autoscaling,
  awaitPool,
  changePool,
  inTurn,
  nodePoolInput,
  type Pool,
  readPool,
} from './gke-node-pool.ts';
import { count, goneNow, gonePlan, times } from './words.ts';

const WHERE = ['projects whose node pools may be resized'];
const UPDATE = 'container.clusters.update';

const Before = z.object({
  nodesPerZone: z.number(),
  sizes: z.array(z.number()),
  autoscaling: Autoscaling.optional(),
});

export const gkeNodePoolResize: ProviderAction = {
  id: 'gcp.gke-node-pool-resize',
  about: {
    provider: 'gcp',
    kinds: ['gcp.gke.node-pool'],
    title: 'Scale GKE node pool to zero',
    verb: 'scale to zero',
    past: 'scaled to zero',
    consequence:
      'Its nodes are drained and deleted, with their boot disks; pods that run nowhere else wait. The cluster, its fee and its persistent volumes stay.',
    risk: 'medium',
    validStates: ['RUNNING', 'RUNNING_WITH_ERROR'],
    permissions: [
      { permission: 'container.clusters.get', for: 'plan', resources: WHERE },
      { permission: 'compute.instanceGroupManagers.get', for: 'plan', resources: WHERE },
      { permission: UPDATE, for: 'run', resources: WHERE },
      { permission: 'container.operations.get', for: 'run', resources: WHERE },
      { permission: UPDATE, for: 'undo', resources: WHERE },
      { permission: 'container.operations.get', for: 'undo', resources: WHERE },
    ],
    example:
      '//container.googleapis.com/projects/acme-ml-dev/locations/europe-west4/clusters/ml-dev/nodePools/gpu-pool',
    savesPercent: 100,
  },
  input: nodePoolInput,
  async plan(access, input) {
    const what = input.ref.name;
    const pool = await readPool(access, input);
    if (!pool) return gonePlan(input, `The node pool ${what}`);
    const live = liveOf(pool);
    const on = pool.autoscaling?.enabled === true;
    const before = {
      // The API has one number for all zones.
      nodesPerZone: Math.max(0, ...pool.sizes),
      sizes: pool.sizes,
      ...(on && { autoscaling: pool.autoscaling }),
    };
    const nodes = total(pool.sizes);
    if (nodes === 0 && !on && pool.status !== 'RECONCILING') {
      const effect = `Nothing: ${what} has no nodes.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    const refusal = whyNot(pool, what);
    if (refusal !== undefined) return { input, live, calls: [], effect: 'Nothing.', refusal, before };
    const { project, location, cluster, nodePool } = input.ref.parts;
    const where = `of ${cluster}/${nodePool} in ${location} (${project})`;
    return {
      input,
      live,
      calls: [
        ...(on ? [`container.nodePools.setAutoscaling ${where}: off`] : []),
        `container.nodePools.setSize ${where}: 0`,
      ],
      effect: `${count(nodes, 'node')} of ${what} ${nodes === 1 ? 'is' : 'are'} drained and deleted${on ? ', and its autoscaling is switched off' : ''}; pods that run nowhere else wait.`,
      before,
    };
  },
  run: (access, { input }) =>
    inTurn(access, input, async () => {
      const pool = await poolOf(access, input);
      if (pool.autoscaling?.enabled === true) await autoscale(access, input, { enabled: false });
      if (total(pool.sizes) > 0) await changePool(access, input, { verb: 'setSize', body: { nodeCount: 0 } });
    }),
  async verify(access, planned) {
    const { input } = planned;
    const pool = await readPool(access, input);
    if (!pool) return goneNow(input.ref.name);
    const { sizes, autoscaling } = Before.parse(planned.before);
    const on = pool.autoscaling?.enabled === true;
    return verified(planned, pool, {
      reached: total(pool.sizes) === 0 && !on,
      unchanged: total(pool.sizes) === total(sizes) && on === (autoscaling !== undefined),
    });
  },
  undo: {
    title: 'Scale back',
    past: 'scaled back',
    hours: 72,
    run: (access, { input, before }) =>
      inTurn(access, input, async () => {
        const { nodesPerZone, autoscaling } = Before.parse(before);
        const pool = await poolOf(access, input);
        if (nodesPerZone > 0 && total(pool.sizes) === 0) {
          const body = { nodeCount: nodesPerZone };
          const operation = await changePool(access, input, { verb: 'setSize', body });
          if (autoscaling) await awaitPool(access, input, operation);
        }
        if (autoscaling && pool.autoscaling?.enabled !== true)
          await changePool(access, input, { verb: 'setAutoscaling', body: { autoscaling } });
      }),
    async verify(access, planned) {
      const { input } = planned;
      const pool = await readPool(access, input);
      if (!pool) return goneNow(input.ref.name);
      const { sizes, nodesPerZone, autoscaling } = Before.parse(planned.before);
      const on = pool.autoscaling?.enabled === true;
      const zones = Math.max(sizes.length, pool.sizes.length);
      return verified(planned, pool, {
        // The autoscaler goes its own way from there.
        reached: autoscaling ? on : total(pool.sizes) === nodesPerZone * zones && !on,
        unchanged: total(pool.sizes) === 0 && !on,
      });
    },
  },
};

async function poolOf(access: ActionAccess, input: Planned['input']): Promise<Pool> {
  const pool = await readPool(access, input);
  if (pool) return pool;
  throw new AppError('CONFLICT', `Google Cloud cannot resize ${input.ref.name}: it is gone.`, {
    hint: 'It was deleted after it was planned.',
  });
}

/** Waited for: the autoscaler would bring the nodes back. */
async function autoscale(
  access: ActionAccess,
  input: Planned['input'],
  autoscaling: Autoscaling,
): Promise<void> {
  const operation = await changePool(access, input, { verb: 'setAutoscaling', body: { autoscaling } });
  await awaitPool(access, input, operation);
}

function verified(
  { input }: Planned,
  { sizes, status, stable, autoscaling }: Pool,
  { reached, unchanged }: { readonly reached: boolean; readonly unchanged: boolean },
): Verified {
  const state = count(total(sizes), 'node');
  const said = `${input.ref.name} has ${state}${autoscaling?.enabled ? ', with autoscaling' : ''}`;
  if (status === 'RECONCILING' || !stable)
    return { state, outcome: 'moving', said: `${said} when its change is over.` };
  if (reached) return { state, outcome: 'reached', said: `${said}.` };
  if (unchanged) return { state, outcome: 'unchanged', said: `${said}, as before.` };
  return {
    state,
    outcome: 'elsewhere',
    said: `${said}, which is neither what it had nor what was asked for.`,
  };
}

function whyNot({ status, cluster }: Pool, what: string): string | undefined {
  if (cluster.autopilot?.enabled)
    return `${what} is of an Autopilot cluster, where Google alone sizes node pools: scale its workloads down instead.`;
  if (status === 'RUNNING' || status === 'RUNNING_WITH_ERROR') return undefined;
  return `${what} is ${status}: it can be resized when no other change of it is under way.`;
}

function liveOf({ status, cluster, config, sizes, autoscaling }: Pool): LiveResource {
  const zones = sizes.length > 1 ? ` in ${sizes.length} zones` : '';
  return {
    state: status,
    // What protects the cluster protects its pools.
    tags: { ...cluster.resourceLabels, ...config.resourceLabels },
    details: [
      { label: 'Nodes', value: `${total(sizes)}${zones}` },
      ...(config.machineType === undefined ? [] : [{ label: 'Machine type', value: config.machineType }]),
      ...config.accelerators.map(({ acceleratorType, acceleratorCount }) => ({
        label: 'GPUs per node',
        value: times(acceleratorCount, acceleratorType),
      })),
      { label: 'Autoscaling', value: autoscaling?.enabled ? 'on' : 'off' },
    ],
  };
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
