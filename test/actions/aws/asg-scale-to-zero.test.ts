/** Scaling Auto Scaling groups to zero and back, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { asgScaleToZero } from '../../../src/actions/aws/asg-scale-to-zero.ts';
import type { Group } from '../../../src/sandbox/cloud/aws/autoscaling.ts';
import { testAction } from '../../contracts/action.ts';
import { ACCOUNT, type AwsStage, CREATED, openStage, REGION } from './stage.ts';

const ARN = `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:930d940e-891e-4781-a11a-7b0acd480f03:autoScalingGroupName/gpu workers/7`;

function open(changes: Partial<Group> = {}) {
  const group = { name: 'gpu workers/7', account: ACCOUNT, region: REGION, created: CREATED };
  return openStage(ARN, { groups: [{ ...group, min: 1, max: 5, desired: 3, ...changes }] });
}

function change(changes: Partial<Group>) {
  return ({ cloud }: AwsStage) => {
    for (const group of cloud.state.groups) Object.assign(group, changes);
  };
}

testAction<AwsStage>(asgScaleToZero, {
  stage: open,
  gone: ({ cloud }) => void cloud.state.groups.splice(0),
  already: change({ min: 0, desired: 0, running: 0 }),
  elsewhere: change({ desired: 5, running: 5 }),
  settings: ({ cloud }) =>
    cloud.state.groups.map(({ min, max, desired, running }) => ({ min, max, desired, running })),
  refused: {
    'of an EKS node group': {
      put: change({ tags: { 'eks:nodegroup-name': 'gpu-nodes' } }),
      words: /EKS node group gpu-nodes.*Scale the node group/,
    },
    'of Elastic Beanstalk': {
      put: change({ tags: { 'elasticbeanstalk:environment-name': 'shop' } }),
      words: /Elastic Beanstalk environment shop/,
    },
    'being deleted': { put: change({ status: 'Delete in progress' }), words: /being deleted/ },
    'Terminate is suspended': { put: change({ suspended: ['Terminate'] }), words: /Resume it first/ },
    'all instances protected': { put: change({ protectedCount: 3 }), words: /All 3 instances.*protected/ },
  },
});

describe('aws.asg-scale-to-zero', () => {
  it('says what would grow it again, and what would not go', async () => {
    const scheduled = [
      { name: 'night', start: new Date('2026-11-21T22:00:00Z'), desired: 0 },
      { name: 'monday', start: new Date('2026-11-23T07:00:00Z'), desired: 4 },
    ];
    const stage = await open({ scheduled, protectedCount: 1, tags: { AmazonECSManaged: '' } });
    const { effect, calls, live } = await asgScaleToZero.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(effect).toContain('All 3 instances');
    expect(effect).toContain('1 of them are protected from scale-in');
    expect(effect).toContain('The ECS capacity provider that manages it adds instances again');
    expect(effect).toContain('"monday" adds instances again 2026-11-23 at 07:00 UTC');
    expect(calls.join()).toContain('MinSize 1 → 0, DesiredCapacity 3 → 0');
    expect(live?.details[0]?.value).toBe('3 (minimum 1, desired 3, maximum 5)');
  });

  it('leaves alone what somebody set after it was scaled to zero', async () => {
    const stage = await open();
    const planned = await asgScaleToZero.plan(stage.access, stage.input);
    await asgScaleToZero.run(stage.access, planned, 'key');
    change({ min: 0, desired: 2, running: 2 })(stage);
    const undone = asgScaleToZero.undo?.run(stage.access, planned, 'undo');
    await expect(undone).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/2 of 2/),
    });
    expect(stage.cloud.state.groups[0]).toMatchObject({ min: 0, desired: 2 });
    await stage.cloud.close();
  });

  it('does not touch a group of the same name in another account', async () => {
    const stage = await open({ account: '444455556666' });
    const planned = await asgScaleToZero.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(planned.refusal).toMatch(/credentials are of account 444455556666/);
  });
});
