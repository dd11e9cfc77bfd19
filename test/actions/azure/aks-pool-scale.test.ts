/** AKS node pools are found by the scale set they are billed as, scaled to no nodes, and brought back with their autoscaler. */
import { afterEach, describe, expect, it } from 'vitest';
import { aksPoolScale } from '../../../src/actions/azure/aks-pool-scale.ts';
import { testAction } from '../../contracts/action.ts';
import { type AzureStage, azureStage, placed, SUBSCRIPTION } from './stage.ts';

const CLUSTER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-search/providers/Microsoft.ContainerService/managedClusters/ml-west`;
const POOL = `${CLUSTER}/agentPools/gpu`;
const BILLED = `/subscriptions/${SUBSCRIPTION}/resourceGroups/mc_rg-search_ml-west_westeurope/providers/Microsoft.Compute/virtualMachineScaleSets/aks-gpu-31415926-vmss`;
const autoscaler = { least: 1, most: 6 };
const cluster = {
  ...placed,
  name: 'ml-west',
  pools: [
    { name: 'system', size: 'Standard_D4s_v5', count: 2, mode: 'System' as const },
    { name: 'gpu', size: 'Standard_NC24ads_A100_v4', count: 3, autoscaler },
  ],
};
const open = (id = BILLED, more = {}) => azureStage(id, { clusters: [{ ...cluster, ...more }] });
const pool = ({ cloud }: AzureStage) => cloud.resource(POOL)?.properties ?? {};
const settings = (stage: AzureStage) => {
  const { count, enableAutoScaling, minCount, maxCount } = pool(stage);
  return { count, enableAutoScaling, minCount, maxCount };
};

testAction<AzureStage>(aksPoolScale, {
  stage: () => open(),
  gone: ({ cloud }) => cloud.remove(POOL),
  already: (stage) => void Object.assign(pool(stage), { count: 0, enableAutoScaling: false }),
  elsewhere: (stage) => void Object.assign(pool(stage), { count: 9, enableAutoScaling: false }),
  refused: {
    'it is a system pool': {
      put: (stage) => void Object.assign(pool(stage), { mode: 'System' }),
      words: /system pool.*needs a node at least/,
    },
    'it is being upgraded': {
      put: (stage) => void Object.assign(pool(stage), { provisioningState: 'Upgrading' }),
      words: /is Upgrading/,
    },
  },
  settings,
  permissionOf: ({ operation }) => operation,
});

describe('scaling an AKS node pool', () => {
  let stage: AzureStage;
  afterEach(() => stage.cloud.close());

  it('switches the autoscaler off, and on again with its bounds', async () => {
    stage = await open();
    const before = settings(stage);
    const planned = await aksPoolScale.plan(stage.access, stage.input);
    expect(planned.effect).toContain('autoscaler (1 to 6 nodes) is switched off');
    await aksPoolScale.run(stage.access, planned, 'key');
    stage.settle();
    expect(settings(stage)).toEqual({ count: 0, enableAutoScaling: false });
    await aksPoolScale.undo?.run(stage.access, planned, 'key-2');
    stage.settle();
    expect(settings(stage)).toEqual(before);
  });

  it.each([
    ['its own id', POOL, {}],
    [
      'a node group of another name',
      BILLED.replace('mc_rg-search_ml-west_westeurope', 'nodes-of-ml'),
      {
        nodeResourceGroup: 'nodes-of-ml',
      },
    ],
    ['one of its machines', `${BILLED}/virtualMachines/3`, {}],
  ])('finds the pool by %s', async (_name, id, more) => {
    stage = await open(id, more);
    const { live } = await aksPoolScale.plan(stage.access, stage.input);
    expect(live?.details).toContainEqual({ label: 'Cluster', value: 'ml-west' });
  });

  it('believes the name of a node group only when the cluster has that group', async () => {
    const other = {
      ...cluster,
      resourceGroup: 'rg-other',
      nodeResourceGroup: 'MC_rg-search_ml-west_westeurope',
    };
    const named = { ...cluster, nodeResourceGroup: 'its-own' };
    stage = await azureStage(BILLED, { clusters: [named, other] });
    await aksPoolScale.run(stage.access, await aksPoolScale.plan(stage.access, stage.input), 'key');
    expect(pool(stage)).toMatchObject({ count: 3 });
    expect(stage.cloud.resource(POOL.replace('rg-search', 'rg-other'))?.properties).toMatchObject({
      count: 0,
    });
  });

  it('has nothing to do in a cluster that is stopped', async () => {
    stage = await open(POOL, { stopped: true });
    expect(await aksPoolScale.plan(stage.access, stage.input)).toMatchObject({ already: true, calls: [] });
  });

  it('keeps whatever else is set on the pool', async () => {
    stage = await open();
    Object.assign(pool(stage), { nodeTaints: ['sku=gpu:NoSchedule'], nodeLabels: { team: 'search' } });
    const planned = await aksPoolScale.plan(stage.access, stage.input);
    await aksPoolScale.run(stage.access, planned, 'key');
    expect(pool(stage)).toMatchObject({ nodeTaints: ['sku=gpu:NoSchedule'], nodeLabels: { team: 'search' } });
  });

  it('leaves alone a pool that somebody scaled up meanwhile', async () => {
    stage = await open();
    const planned = await aksPoolScale.plan(stage.access, stage.input);
    await aksPoolScale.run(stage.access, planned, 'key');
    stage.settle();
    Object.assign(pool(stage), { count: 5 });
    await expect(aksPoolScale.undo?.run(stage.access, planned, 'key-2')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('5 nodes, autoscaler off'),
    });
  });
});
