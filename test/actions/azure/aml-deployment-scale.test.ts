/** Online endpoints are scaled down with all their deployments, and back. */
import { afterEach, describe, expect, it } from 'vitest';
import { amlDeploymentScale } from '../../../src/actions/azure/aml-deployment-scale.ts';
import { testAction } from '../../contracts/action.ts';
import { type AzureStage, azureStage, placed, WORKSPACE } from './stage.ts';

const ID = `${WORKSPACE}/onlineEndpoints/ranker-v3`;
const GPU = 'Standard_NC24ads_A100_v4';
const endpoint = {
  ...placed,
  workspace: 'wrenfield-ml',
  name: 'ranker-v3',
  deployments: [
    { name: 'blue', instanceType: GPU, instances: 4, traffic: 90 },
    { name: 'green', instanceType: GPU, instances: 2, traffic: 10 },
    { name: 'small', instanceType: 'Standard_DS3_v2', instances: 1 },
  ],
};
const autoscale = {
  ...placed,
  name: 'autoscale-blue',
  target: `${ID}/deployments/blue`.toLowerCase(),
  least: 3,
  most: 9,
};
const open = (id = ID, more = {}, parameters = {}) =>
  azureStage(id, { endpoints: [endpoint], ...more }, parameters);
const deployment = ({ cloud }: AzureStage, name: string) => cloud.resource(`${ID}/deployments/${name}`);
const setCount = (stage: AzureStage, name: string, capacity: number) =>
  void Object.assign(deployment(stage, name)?.sku ?? {}, { capacity });
const counts = (stage: AzureStage) =>
  ['blue', 'green', 'small'].map((name) => deployment(stage, name)?.sku?.capacity);

testAction<AzureStage>(amlDeploymentScale, {
  stage: () => open(),
  gone: ({ cloud }) => cloud.remove(ID),
  already(stage) {
    setCount(stage, 'blue', 1);
    setCount(stage, 'green', 1);
  },
  elsewhere: (stage) => setCount(stage, 'blue', 7),
  refused: {
    'a deployment is busy': {
      put: (stage) =>
        void Object.assign(deployment(stage, 'green')?.properties ?? {}, { provisioningState: 'Updating' }),
      words: /green is Updating/,
    },
    'it scales itself': {
      put: (stage) =>
        void Object.assign(deployment(stage, 'blue')?.properties ?? {}, {
          scaleSettings: { scaleType: 'TargetUtilization' },
        }),
      words: /target utilisation/,
    },
    'it has no deployments': {
      put({ cloud }) {
        for (const name of ['blue', 'green', 'small']) cloud.remove(`${ID}/deployments/${name}`);
      },
      words: /has no deployments/,
    },
  },
  settings: counts,
  permissionOf: ({ operation }) => operation,
});

describe('scaling an online endpoint down', () => {
  let stage: AzureStage;
  afterEach(() => stage.cloud.close());
  const runIt = async () => {
    const planned = await amlDeploymentScale.plan(stage.access, stage.input);
    await amlDeploymentScale.run(stage.access, planned, 'key');
    stage.settle();
    return planned;
  };

  it('acts on every deployment of a billed endpoint, and on no other thing', async () => {
    stage = await open();
    const planned = await runIt();
    expect(planned.effect).toContain('blue goes from 4 to 1 and green goes from 2 to 1 instance');
    expect(planned.calls).toHaveLength(2);
    expect(counts(stage)).toEqual([1, 1, 1]);
    await amlDeploymentScale.undo?.run(stage.access, planned, 'key-2');
    stage.settle();
    expect(counts(stage)).toEqual([4, 2, 1]);
  });

  it('acts on one deployment when the bill names it', async () => {
    stage = await open(`${ID}/deployments/GREEN`);
    await runIt();
    expect(counts(stage)).toEqual([4, 1, 1]);
  });

  it('takes a number of instances to keep', async () => {
    stage = await open(ID, {}, { instances: '3' });
    await runIt();
    expect(counts(stage)).toEqual([3, 2, 1]);
    const { parameters } = stage.input;
    expect(amlDeploymentScale.input.safeParse({ ...stage.input, parameters }).success).toBe(true);
    for (const instances of ['0', '-1', '1.5', 'all'])
      expect(amlDeploymentScale.input.safeParse({ ...stage.input, parameters: { instances } }).success).toBe(
        false,
      );
  });

  it('refuses where an autoscale setting would bring it back', async () => {
    stage = await open(ID, { autoscale: [autoscale] });
    const { refusal } = await amlDeploymentScale.plan(stage.access, stage.input);
    expect(refusal).toMatch(/autoscale-blue keeps deployment blue at 3/);
  });

  it('is not kept by an autoscale setting of another deployment, or one that allows it', async () => {
    const other = { ...autoscale, target: `${WORKSPACE}/onlineEndpoints/ranker-v3b/deployments/blue` };
    const low = { ...autoscale, name: 'autoscale-low', least: 1 };
    stage = await open(ID, { autoscale: [other, low] });
    expect((await amlDeploymentScale.plan(stage.access, stage.input)).refusal).toBeUndefined();
  });

  it('does not hide that one deployment was scaled before another was refused', async () => {
    stage = await open();
    const planned = await amlDeploymentScale.plan(stage.access, stage.input);
    Object.assign(deployment(stage, 'green')?.properties ?? {}, { provisioningState: 'Updating' });
    await expect(amlDeploymentScale.run(stage.access, planned, 'key')).rejects.toMatchObject({
      code: 'UPSTREAM',
      uncertain: true,
      message: expect.stringMatching(/green.*Before that, blue was scaled\.$/),
    });
    expect(counts(stage)).toEqual([1, 2, 1]);
  });

  it('leaves alone what somebody scaled meanwhile', async () => {
    stage = await open();
    const planned = await runIt();
    setCount(stage, 'blue', 8);
    await expect(amlDeploymentScale.undo?.run(stage.access, planned, 'key-2')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('blue has 8 instances'),
    });
    expect(counts(stage)).toEqual([8, 1, 1]);
  });
});
