/** Stopping EC2 instances, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { ec2Stop } from '../../../src/actions/aws/ec2-stop.ts';
import type { Instance } from '../../../src/sandbox/cloud/aws/ec2.ts';
import { testAction } from '../../contracts/action.ts';
import { ACCOUNT, type AwsStage, CREATED, openStage, REGION } from './stage.ts';

const ID = 'i-0a1b2c3d4e5f60718';

function open(changes: Partial<Instance> = {}) {
  return openStage(ID, {
    instances: [
      {
        id: ID,
        account: ACCOUNT,
        region: REGION,
        type: 'p4d.24xlarge',
        launched: CREATED,
        tags: { owner: 'mira', note: '<b>&"' },
        ...changes,
      },
    ],
  });
}

function change(changes: Partial<Instance>) {
  return ({ cloud }: AwsStage) => {
    for (const instance of cloud.state.instances) Object.assign(instance, changes);
  };
}

testAction<AwsStage>(ec2Stop, {
  stage: open,
  gone: ({ cloud }) => void cloud.state.instances.splice(0),
  already: change({ state: 'stopped' }),
  elsewhere: change({ state: 'terminated' }),
  settings: ({ cloud }) => cloud.state.instances.map(({ state, type, tags }) => ({ state, type, tags })),
  refused: {
    'still starting': { put: change({ state: 'pending' }), words: /pending: only a running/ },
    terminated: { put: change({ state: 'terminated' }), words: /terminated/ },
    'in an Auto Scaling group': {
      put: change({ tags: { 'aws:autoscaling:groupName': 'gpu-workers' } }),
      words: /Auto Scaling group gpu-workers, which would replace it\. Scale the group/,
    },
    'of Karpenter': {
      put: change({ tags: { 'karpenter.sh/nodepool': 'gpu' } }),
      words: /Karpenter node pool gpu/,
    },
    'spot, one-time': { put: change({ spot: 'one-time' }), words: /one-time request/ },
    'root on an instance store': { put: change({ rootDevice: 'instance-store' }), words: /only terminated/ },
    'protected from stopping': { put: change({ stopProtected: true }), words: /disableApiStop/ },
  },
});

describe('aws.ec2-stop', () => {
  it('says what is known of the instance', async () => {
    const stage = await open();
    const { live, effect } = await ec2Stop.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(live).toEqual({
      state: 'running',
      createdAt: CREATED,
      tags: { owner: 'mira', note: '<b>&"' },
      details: [{ label: 'Instance type', value: 'p4d.24xlarge' }],
    });
    expect(effect).toContain('EBS volumes go on costing');
  });

  it('stops a spot instance of a persistent request', async () => {
    const stage = await open({ spot: 'persistent' });
    const planned = await ec2Stop.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(planned.refusal).toBeUndefined();
    expect(planned.calls).toEqual([`StopInstances ${ID} in us-east-1`]);
  });

  it('says so when AWS has no capacity to start it again; that is certain', async () => {
    const stage = await open({ state: 'stopped', noCapacity: true });
    const planned = await ec2Stop.plan(stage.access, stage.input);
    await expect(ec2Stop.undo?.run(stage.access, planned, 'undo')).rejects.toMatchObject({
      code: 'UPSTREAM',
      uncertain: false,
      message: expect.stringMatching(/InsufficientInstanceCapacity \(We currently/),
      hint: expect.stringContaining('try again later'),
    });
    await stage.cloud.close();
  });

  it('does not touch an instance of another account, nor look in another region', async () => {
    const stage = await open({ account: '444455556666' });
    const planned = await ec2Stop.plan(stage.access, stage.input);
    change({ region: 'eu-west-1' })(stage);
    const elsewhere = await ec2Stop.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(planned.refusal).toMatch(/are of account 444455556666/);
    expect(elsewhere.refusal).toMatch(/does not exist any more in us-east-1/);
  });
});
