import { describe, expect, it } from 'vitest';
import { gkeNodePoolResize } from '../../../src/actions/gcp/gke-node-pool-resize.ts';
import type { NodePoolSeed } from '../../../src/sandbox/cloud/gcp/types.ts';
import { testAction } from '../../contracts/action.ts';
import { type GcpStage, held, openStage } from './stage.ts';

const PATH = 'projects/acme-ml-dev/locations/europe-west4/clusters/ml-dev/nodePools/gpu-pool';
const ID = `//container.googleapis.com/${PATH}`;
const AUTOSCALING = { enabled: true, minNodeCount: 1, maxNodeCount: 6, locationPolicy: 'ANY' };

function stage(more: Partial<NodePoolSeed> = {}, lag?: number): Promise<GcpStage> {
  const seed = {
    project: 'acme-ml-dev',
    location: 'europe-west4',
    cluster: 'ml-dev',
    name: 'gpu-pool',
    zones: ['europe-west4-a', 'europe-west4-b'],
    nodes: 3,
    labels: { team: 'search' },
  };
  return openStage(ID, { nodePools: [{ ...seed, ...more }] }, lag === undefined ? {} : { lag });
}

function settings(at: GcpStage) {
  const sizes = ['a', 'b'].map((zone) => held(at, `europe-west4-${zone}/gke-ml-dev-gpu-pool-grp`).targetSize);
  return { sizes, autoscaling: held(at, '/gpu-pool').autoscaling };
}

testAction<GcpStage>(gkeNodePoolResize, {
  stage: () => stage(),
  gone: ({ cloud }) => cloud.remove('gpu-pool'),
  already: async (at) => {
    at.cloud.byHand(`/v1/${PATH}:setSize`, { nodeCount: 0 });
    at.settle();
  },
  refused: {
    'is being changed': {
      put: (at) => at.cloud.byHand(`/v1/${PATH}:setSize`, { nodeCount: 4 }),
      words: /RECONCILING/,
    },
  },
  elsewhere: async (at) => {
    at.cloud.byHand(`/v1/${PATH}:setSize`, { nodeCount: 1 });
    at.settle();
  },
  settings,
  permissionOf: ({ operation }) => PERMISSIONS[operation] ?? operation,
});

const PERMISSIONS: Readonly<Record<string, string>> = {
  'container.nodePools.get': 'container.clusters.get',
  'container.nodePools.setSize': 'container.clusters.update',
  'container.nodePools.setAutoscaling': 'container.clusters.update',
};

describe('gcp.gke-node-pool-resize', () => {
  it('counts the nodes of all zones, and takes over the labels of the cluster', async () => {
    const { access, input, cloud } = await stage();
    const { live, effect } = await gkeNodePoolResize.plan(access, input);
    expect(live?.tags).toEqual({ team: 'search' });
    expect(live?.details).toContainEqual({ label: 'Nodes', value: '6 in 2 zones' });
    expect(effect).toMatch(/^6 nodes of ml-dev\/gpu-pool are drained/);
    await cloud.close();
  });

  it('switches autoscaling off first, and brings both back', async () => {
    const at = await stage({ autoscaling: AUTOSCALING }, 15);
    const planned = JSON.parse(JSON.stringify(await gkeNodePoolResize.plan(at.access, at.input)));
    expect(planned.calls).toHaveLength(2);
    await gkeNodePoolResize.run(at.access, planned, 'k');
    at.settle();
    expect(settings(at)).toEqual({ sizes: [0, 0], autoscaling: undefined });
    expect(await gkeNodePoolResize.verify(at.access, planned)).toMatchObject({ outcome: 'reached' });
    await gkeNodePoolResize.undo?.run(at.access, planned, 'u');
    at.settle();
    expect(settings(at)).toEqual({ sizes: [3, 3], autoscaling: AUTOSCALING });
    expect(await gkeNodePoolResize.undo?.verify(at.access, planned)).toMatchObject({ outcome: 'reached' });
    await at.cloud.close();
  });

  it('goes on after the answer to switching autoscaling off was lost', async () => {
    const at = await stage({ autoscaling: AUTOSCALING }, 15);
    const planned = JSON.parse(JSON.stringify(await gkeNodePoolResize.plan(at.access, at.input)));
    at.cloud.fail({ kind: 'lost' });
    await expect(gkeNodePoolResize.run(at.access, planned, 'k')).rejects.toMatchObject({ uncertain: true });
    await gkeNodePoolResize.run(at.access, planned, 'k');
    at.settle();
    expect(settings(at)).toEqual({ sizes: [0, 0], autoscaling: undefined });
    await at.cloud.close();
  });

  it('says it when only autoscaling is off yet', async () => {
    const at = await stage({ autoscaling: AUTOSCALING });
    const planned = await gkeNodePoolResize.plan(at.access, at.input);
    at.cloud.byHand(`/v1/${PATH}:setAutoscaling`, { autoscaling: { enabled: false } });
    at.settle();
    expect(await gkeNodePoolResize.verify(at.access, planned)).toMatchObject({ outcome: 'elsewhere' });
    await at.cloud.close();
  });

  it('refuses a pool of an Autopilot cluster', async () => {
    const { access, input, cloud } = await stage({ autopilot: true });
    expect((await gkeNodePoolResize.plan(access, input)).refusal).toMatch(/Autopilot/);
    await cloud.close();
  });
});
