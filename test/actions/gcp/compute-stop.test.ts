import { describe, expect, it } from 'vitest';
import { computeStop } from '../../../src/actions/gcp/compute-stop.ts';
import type { InstanceSeed } from '../../../src/sandbox/cloud/gcp/types.ts';
import { testAction } from '../../contracts/action.ts';
import { type GcpStage, held, openStage } from './stage.ts';

const PLACE = 'projects/acme-ml-dev/zones/europe-west4-a';
const ID = `//compute.googleapis.com/${PLACE}/instances/bert-train-1`;
const MAKER = 'projects/52/zones/europe-west4-a/instanceGroupManagers/workers';

function stage(more: Partial<InstanceSeed> = {}, lag?: number): Promise<GcpStage> {
  const seed = { project: 'acme-ml-dev', zone: 'europe-west4-a', name: 'bert-train-1' };
  const accelerators = [{ type: 'nvidia-tesla-t4', count: 2 }];
  const resources = {
    projects: [{ id: 'acme-ml-dev', number: '702946158330' }],
    instances: [{ ...seed, accelerators, labels: { team: 'search' }, ...more }],
  };
  return openStage(ID, resources, lag === undefined ? {} : { lag });
}

const stop = async (at: GcpStage) => {
  at.cloud.byHand(`/compute/v1/${PLACE}/instances/bert-train-1/stop`);
  at.settle();
};

testAction<GcpStage>(computeStop, {
  stage,
  gone: ({ cloud }) => cloud.remove('bert-train-1'),
  already: stop,
  refused: {},
  elsewhere: async (at) => {
    await stop(at);
    at.cloud.byHand(`/compute/v1/${PLACE}/instances/bert-train-1/start`);
  },
  settings: (at) => held(at, '/bert-train-1').status,
});

describe('gcp.compute-stop', () => {
  it('shows what the instance is', async () => {
    const { access, input, cloud } = await stage({ createdAt: new Date('2026-11-01T00:00:00Z') });
    const { live, effect, calls } = await computeStop.plan(access, input);
    expect(live).toEqual({
      state: 'RUNNING',
      createdAt: new Date('2026-11-01T00:00:00Z'),
      tags: { team: 'search' },
      details: [
        { label: 'Machine type', value: 'n1-standard-8' },
        { label: 'GPUs', value: '2 × nvidia-tesla-t4' },
        { label: 'Disks', value: '1, 200 GB' },
      ],
    });
    expect(effect).toMatch(/200 GB\) go on costing\. The zone may have no such machine left/);
    expect(calls).toEqual(['compute.instances.stop bert-train-1 in europe-west4-a (acme-ml-dev)']);
    await cloud.close();
  });

  it.each<[string, Partial<InstanceSeed>, RegExp]>([
    ['of a managed group', { metadata: { 'created-by': MAKER } }, /managed instance group workers/],
    ['of a node pool', { labels: { 'goog-k8s-node-pool-name': 'gpu' } }, /node of the pool gpu/],
    ['of Dataproc', { labels: { 'goog-dataproc-cluster-name': 'etl' } }, /Dataproc cluster etl/],
    ['with local SSDs', { localSsds: 2 }, /local SSDs/],
    ['suspended', { status: 'SUSPENDED' }, /SUSPENDED/],
    ['being made', { status: 'PROVISIONING' }, /PROVISIONING/],
  ])('refuses an instance %s', async (_, seed, words) => {
    const { access, input, cloud } = await stage(seed);
    const planned = await computeStop.plan(access, input);
    expect(planned.refusal).toMatch(words);
    expect(planned.calls).toEqual([]);
    await cloud.close();
  });

  it('says it when the zone has no machine to start it on', async () => {
    const at = await stage({ scarce: true }, 0);
    const planned = await computeStop.plan(at.access, at.input);
    await computeStop.run(at.access, planned, 'one');
    expect(await computeStop.verify(at.access, planned)).toMatchObject({ outcome: 'reached' });
    await expect(computeStop.undo?.run(at.access, planned, 'two')).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringMatching(/could not start bert-train-1: .* does not have enough resources/),
      hint: expect.stringMatching(/try again later/),
      uncertain: false,
    });
    expect(await computeStop.undo?.verify(at.access, planned)).toMatchObject({ outcome: 'unchanged' });
    await at.cloud.close();
  });

  it('does not take another instance of the same name for the one it stopped', async () => {
    const at = await stage();
    const planned = await computeStop.plan(at.access, at.input);
    const verified = await computeStop.verify(at.access, { ...planned, before: { id: '1' } });
    expect(verified).toMatchObject({ outcome: 'elsewhere' });
    expect(verified.said).toMatch(/another instance/);
    await at.cloud.close();
  });

  it('stops again under another key, as it was started in between', async () => {
    const at = await stage();
    const planned = await computeStop.plan(at.access, at.input);
    await computeStop.run(at.access, planned, 'one');
    at.settle();
    await computeStop.undo?.run(at.access, planned, 'two');
    at.settle();
    await computeStop.run(at.access, planned, 'three');
    at.settle();
    expect(held(at, '/bert-train-1').status).toBe('TERMINATED');
    await at.cloud.close();
  });
});
