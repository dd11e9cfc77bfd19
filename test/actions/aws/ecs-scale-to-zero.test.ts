/** Scaling ECS services to zero and back, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { ecsScaleToZero } from '../../../src/actions/aws/ecs-scale-to-zero.ts';
import type { EcsService, EcsServiceSeed } from '../../../src/sandbox/cloud/aws/ecs.ts';
import { testAction } from '../../contracts/action.ts';
import { ACCOUNT, type AwsStage, CREATED, openStage, REGION } from './stage.ts';

const SERVICE: EcsServiceSeed = {
  cluster: 'ml-serving',
  name: 'bert-api',
  account: ACCOUNT,
  region: REGION,
  created: CREATED,
  desired: 4,
  tags: { team: 'search' },
};
const ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:service/ml-serving/bert-api`;
const OLD_ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:service/bert-api`;

function change(changes: Partial<EcsService>) {
  return ({ cloud }: AwsStage) => {
    for (const service of cloud.state.ecsServices) Object.assign(service, changes);
  };
}

testAction<AwsStage>(ecsScaleToZero, {
  stage: () => openStage(ARN, { ecsServices: [SERVICE] }),
  gone: ({ cloud }) => void cloud.state.ecsServices.splice(0),
  already: change({ desired: 0, running: 0 }),
  elsewhere: change({ desired: 9 }),
  settings: ({ cloud }) => cloud.state.ecsServices.map(({ desired, running }) => ({ desired, running })),
  refused: {
    draining: { put: change({ status: 'DRAINING' }), words: /DRAINING: only an ACTIVE/ },
    'deleted a while ago': { put: change({ status: 'INACTIVE' }), words: /does not exist any more/ },
    'a daemon': { put: change({ scheduling: 'DAEMON' }), words: /DAEMON.*scale the instances/ },
  },
});

describe('aws.ecs-scale-to-zero', () => {
  it('warns of Application Auto Scaling, and of instances that go on costing', async () => {
    const stage = await openStage(ARN, { ecsServices: [{ ...SERVICE, launchType: 'EC2' }] });
    const { effect, live } = await ecsScaleToZero.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(effect).toMatch(/instances of its cluster go on costing.*Application Auto Scaling/);
    expect(live).toMatchObject({ state: 'ACTIVE', createdAt: CREATED, tags: { team: 'search' } });
  });

  it('finds the cluster when the ARN is of the old form', async () => {
    const stage = await openStage(OLD_ARN, {
      ecsServices: [{ ...SERVICE, cluster: 'other', name: 'ranker' }, SERVICE],
    });
    const planned = await ecsScaleToZero.plan(stage.access, stage.input);
    expect(planned.calls[0]).toContain('bert-api of ml-serving');
    await ecsScaleToZero.run(stage.access, planned, 'key');
    expect(stage.cloud.state.ecsServices.map(({ name, desired }) => [name, desired])).toEqual([
      ['ranker', 4],
      ['bert-api', 0],
    ]);
    await stage.cloud.close();
  });

  it('does not guess between clusters', async () => {
    const stage = await openStage(OLD_ARN, { ecsServices: [SERVICE, { ...SERVICE, cluster: 'staging' }] });
    const planned = await ecsScaleToZero.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(planned.refusal).toMatch(/services in 2 clusters/);
  });
});
