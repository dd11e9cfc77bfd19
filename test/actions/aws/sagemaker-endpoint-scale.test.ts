/** Scaling endpoints down and back, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { sagemakerEndpointScale as action } from '../../../src/actions/aws/sagemaker-endpoint-scale.ts';
import { variant } from '../../../src/sandbox/cloud/aws/sagemaker-seed.ts';
import type { Fields } from '../../../src/sandbox/cloud/aws/sagemaker-state.ts';
import { testAction } from '../../contracts/action.ts';
import {
  arn,
  COMMON,
  change,
  openSagemaker,
  remove,
  type SagemakerStage,
  thingOf,
} from './sagemaker-stage.ts';

const ID = arn('endpoint', 'bert-prod');
const CONFIG = arn('endpoint-config', 'bert-prod-config');

const open = (variants: readonly Fields[] = [variant('ml.g5.2xlarge', 4)]) =>
  openSagemaker(ID, { endpoints: [{ ...COMMON, name: 'bert-prod', variants }] });

/** Counts as a running variant has them. */
function running(instances: number, more: Fields = {}, name = 'AllTraffic'): Fields {
  return {
    VariantName: name,
    CurrentWeight: 1,
    DesiredWeight: 1,
    CurrentInstanceCount: instances,
    DesiredInstanceCount: instances,
    ...more,
  };
}
const runs = (...variants: readonly Fields[]) => change(ID, {}, { ProductionVariants: variants });

testAction<SagemakerStage>(action, {
  stage: open,
  gone: remove(ID),
  elsewhere: runs(running(3)),
  settings: (stage) => {
    stage.cloud.snapshot();
    const { status, tags, fields } = thingOf(stage, ID);
    return { status, tags, fields };
  },
  refused: {
    'being updated': { put: change(ID, { status: 'Updating' }), words: /is Updating: its instances/ },
    'one instance': { put: runs(running(1)), words: /only 1 instance.*delete the endpoint/ },
    serverless: {
      put: runs({
        VariantName: 'AllTraffic',
        CurrentServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 },
      }),
      words: /is serverless: it has no instances/,
    },
    'scaled by SageMaker itself': {
      put: runs(running(4, { ManagedInstanceScaling: { Status: 'ENABLED', MinInstanceCount: 2 } })),
      words: /managed instance scaling.*would undo it/,
    },
    'several variants': {
      put: runs(running(4), running(2, {}, 'Challenger')),
      words: /one variant at a time.*AllTraffic: 4, Challenger: 2/,
    },
    'inference components': {
      put: change(
        CONFIG,
        {},
        { ProductionVariants: [{ VariantName: 'AllTraffic', InitialInstanceCount: 4 }] },
      ),
      words: /inference components/,
    },
  },
});

describe('aws.sagemaker-endpoint-scale', () => {
  it('says what is left and what that saves', async () => {
    const stage = await open();
    const { live, calls, effect, before } = await action.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(live?.details).toEqual([
      { label: 'Instances', value: '4 × ml.g5.2xlarge (AllTraffic)' },
      { label: 'Models', value: 'model' },
      { label: 'Configuration', value: 'bert-prod-config' },
    ]);
    expect(calls).toEqual([
      'UpdateEndpointWeightsAndCapacities bert-prod in us-east-1: AllTraffic from 4 to 1 instances',
    ]);
    expect(effect).toMatch(/from 4 to 1 × ml\.g5\.2xlarge, which saves 75 %.*Application Auto Scaling/);
    expect(before).toEqual({ variant: 'AllTraffic', from: 4, to: 1 });
  });

  it('leaves as many as it is told, of the one variant that has more', async () => {
    const stage = await open([
      variant('ml.g5.2xlarge', 4, 'Champion'),
      variant('ml.g5.2xlarge', 2, 'Challenger'),
    ]);
    const input = { ...stage.input, parameters: { instances: '2' } };
    const planned = await action.plan(stage.access, input);
    await action.run(stage.access, planned, 'key');
    stage.settle();
    expect(await action.verify(stage.access, planned)).toMatchObject({ outcome: 'reached' });
    await stage.cloud.close();
    expect(thingOf(stage, ID).fields.ProductionVariants).toMatchObject([
      { VariantName: 'Champion', CurrentInstanceCount: 2 },
      { VariantName: 'Challenger', CurrentInstanceCount: 2 },
    ]);
  });

  it.each(['0', '-1', '1.5', 'one', ''])('takes no %j for a number of instances', async (instances) => {
    const stage = await open();
    await stage.cloud.close();
    expect(action.input.safeParse({ ...stage.input, parameters: { instances } }).success).toBe(false);
  });

  it('refuses what is no smaller', async () => {
    const stage = await open();
    const input = { ...stage.input, parameters: { instances: '6' } };
    expect((await action.plan(stage.access, input)).refusal).toMatch(/nothing to scale down to 6/);
    await stage.cloud.close();
  });

  it('does not scale what is being changed by somebody else', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    change(ID, { status: 'Updating' })(stage);
    await expect(action.run(stage.access, planned, 'key')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'AWS was not asked to scale bert-prod: it is Updating.',
    });
    await stage.cloud.close();
  });
});
