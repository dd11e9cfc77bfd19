/** Scaling EKS node groups to zero and back, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { eksNodegroupScale } from '../../../src/actions/aws/eks-nodegroup-scale.ts';
import type { Nodegroup } from '../../../src/sandbox/cloud/aws/eks.ts';
import { testAction } from '../../contracts/action.ts';
import { ACCOUNT, type AwsStage, CREATED, openStage, REGION } from './stage.ts';

const ARN = `arn:aws:eks:${REGION}:${ACCOUNT}:nodegroup/ml/gpu-nodes/9ebc1c2f-7c1b-4a2e-8d1f-0c7d1f1e2a3b`;

function open() {
  const nodegroup = { cluster: 'ml', name: 'gpu-nodes', account: ACCOUNT, region: REGION, created: CREATED };
  return openStage(ARN, { nodegroups: [{ ...nodegroup, min: 1, max: 8, desired: 2 }] });
}

function change(changes: Partial<Nodegroup>) {
  return ({ cloud }: AwsStage) => {
    for (const nodegroup of cloud.state.nodegroups) Object.assign(nodegroup, changes);
  };
}

testAction<AwsStage>(eksNodegroupScale, {
  stage: open,
  gone: ({ cloud }) => void cloud.state.nodegroups.splice(0),
  already: change({ min: 0, desired: 0 }),
  elsewhere: change({ desired: 5 }),
  settings: ({ cloud }) => ({
    nodegroups: cloud.state.nodegroups.map(({ min, max, desired }) => ({ min, max, desired })),
    nodes: cloud.state.groups.map(({ running }) => running),
  }),
  refused: {
    'being deleted': { put: change({ status: 'DELETING' }), words: /being deleted/ },
    'another update is under way': {
      put: change({ status: 'UPDATING' }),
      words: /UPDATING: EKS changes only/,
    },
    degraded: { put: change({ status: 'DEGRADED' }), words: /DEGRADED/ },
  },
});

describe('aws.eks-nodegroup-scale', () => {
  it('is not done while nodes still run', async () => {
    const stage = await open();
    const planned = await eksNodegroupScale.plan(stage.access, stage.input);
    await eksNodegroupScale.run(stage.access, planned, 'key');
    change({ status: 'ACTIVE' })(stage);
    expect(await eksNodegroupScale.verify(stage.access, planned)).toMatchObject({
      outcome: 'moving',
      state: '2 of 0 nodes',
    });
    await stage.cloud.close();
  });

  it('keeps the maximum, which EKS wants to be 1 at least', async () => {
    const stage = await open();
    const planned = await eksNodegroupScale.plan(stage.access, stage.input);
    await eksNodegroupScale.run(stage.access, planned, 'key');
    expect(stage.cloud.state.nodegroups[0]).toMatchObject({ min: 0, max: 8, desired: 0 });
    await stage.cloud.close();
  });

  it('does not ask for the same update again under way', async () => {
    const stage = await open();
    const planned = await eksNodegroupScale.plan(stage.access, stage.input);
    await eksNodegroupScale.run(stage.access, planned, 'key');
    await eksNodegroupScale.run(stage.access, planned, 'another key');
    expect(stage.cloud.calls.filter(({ write }) => write)).toHaveLength(1);
    await stage.cloud.close();
  });
});
