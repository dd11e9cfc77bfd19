/** Stopping a training job and running it again from its checkpoint, against the stand-in. */
import type { CreateTrainingJobRequest, DescribeTrainingJobResponse } from '@aws-sdk/client-sagemaker';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { KEPT } from '../../../src/actions/aws/sagemaker-training-definition.ts';
import { sagemakerTrainingStop as action } from '../../../src/actions/aws/sagemaker-training-stop.ts';
import type { TrainingJobSeed } from '../../../src/sandbox/cloud/aws/sagemaker-seed.ts';
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
import { ACCOUNT } from './stage.ts';

const ID = arn('training-job', 'bert-retrain-7');

function open(changes: Partial<TrainingJobSeed> = {}) {
  return openSagemaker(ID, {
    trainingJobs: [
      {
        ...COMMON,
        name: 'bert-retrain-7',
        instanceType: 'ml.p4d.24xlarge',
        checkpoint: 's3://training/checkpoints/bert',
        ...changes,
      },
    ],
  });
}

/** What runs, whatever it is called: the definition and the tags. */
function running({ things }: SagemakerStage) {
  return [...things.values()]
    .filter(({ status }) => status === 'InProgress')
    .map(({ tags, fields }) => {
      const { SecondaryStatus, TrainingStartTime, ModelArtifacts, ...definition } = fields;
      return { tags, definition };
    });
}

testAction<SagemakerStage>(action, {
  stage: open,
  gone: remove(ID),
  already: change(ID, { status: 'Stopped' }, { SecondaryStatus: 'Stopped' }),
  elsewhere: change(ID, { status: 'Completed' }, { SecondaryStatus: 'Completed' }),
  settings: (stage) => {
    stage.cloud.snapshot();
    return running(stage);
  },
  refused: {
    'complete already': { put: change(ID, { status: 'Completed' }), words: /ended by itself \(Completed\)/ },
    'failed already': { put: change(ID, { status: 'Failed' }), words: /ended by itself \(Failed\)/ },
    'being deleted': { put: change(ID, { status: 'Deleting' }), words: /is Deleting: only a job/ },
    'run by a tuning job': {
      put: change(ID, {}, { TuningJobArn: arn('hyper-parameter-tuning-job', 'bert-sweep') }),
      words: /tuning job bert-sweep, which would go on with another one: stop that instead/,
    },
    'run by AutoML': {
      put: change(ID, {}, { AutoMLJobArn: arn('automl-job', 'churn-auto') }),
      words: /AutoML job churn-auto/,
    },
  },
});

describe('aws.sagemaker-training-stop', () => {
  it('keeps everything that SageMaker tells of a job and takes for a new one', () => {
    type Both = keyof CreateTrainingJobRequest & keyof DescribeTrainingJobResponse;
    expectTypeOf<Exclude<Both, 'TrainingJobName' | (typeof KEPT)[number]>>().toBeNever();
    expect(KEPT).toEqual([...new Set(KEPT)].sort());
  });

  it('says what runs, for how long, and where its checkpoints are', async () => {
    const stage = await open({ spot: true });
    const planned = await action.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(planned.live).toEqual({
      state: 'InProgress',
      createdAt: COMMON.created,
      tags: COMMON.tags,
      details: [
        { label: 'Instances', value: '1 × ml.p4d.24xlarge' },
        { label: 'Running for', value: '3 d 3 h' },
        { label: 'Spot', value: 'yes' },
        { label: 'Checkpoint', value: 's3://training/checkpoints/bert' },
        { label: 'Phase', value: 'Training' },
        { label: 'State last changed', value: '2026-11-18 08:00 UTC' },
      ],
    });
    expect(planned.calls).toEqual(['StopTrainingJob bert-retrain-7 in us-east-1']);
    expect(planned.effect).toMatch(/120 seconds to save.*s3:\/\/training\/checkpoints\/bert.*new job/);
  });

  it('offers no way back without a checkpoint, and says so', async () => {
    const stage = await openSagemaker(ID, {
      trainingJobs: [{ ...COMMON, name: 'bert-retrain-7', instanceType: 'ml.p4d.24xlarge' }],
    });
    const planned = await action.plan(stage.access, stage.input);
    await action.run(stage.access, planned, 'key');
    stage.settle();
    const undone = action.undo?.run(stage.access, planned, 'key');
    await expect(undone).rejects.toMatchObject({ code: 'CONFLICT', message: /no checkpoint/ });
    await stage.cloud.close();
    expect(planned.before).toEqual({});
    expect(planned.effect).toMatch(/no checkpoint.*no way back/);
  });

  it('keeps nothing of the definition, and yet runs all of it again', async () => {
    const secret = {
      Environment: { API_TOKEN: 'do-not-store-me' },
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      RetryStrategy: { MaximumRetryAttempts: 2 },
    };
    const stage = await open({ fields: secret });
    const planned = await action.plan(stage.access, stage.input);
    expect(JSON.stringify(planned)).not.toContain('do-not-store-me');
    await action.run(stage.access, planned, 'key');
    stage.settle();
    await action.undo?.run(stage.access, planned, 'key');
    await stage.cloud.close();
    expect(running(stage)).toMatchObject([{ definition: secret }]);
  });

  it('waits with running it again until the old one writes no more', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    await action.run(stage.access, planned, 'key');
    const undone = action.undo?.run(stage.access, planned, 'key');
    await expect(undone).rejects.toMatchObject({ code: 'CONFLICT', message: /still Stopping/ });
    expect(stage.things.size).toBe(1);
    await stage.cloud.close();
  });

  it('leaves out what SageMaker tells but does not take', async () => {
    const stage = await open({
      fields: {
        AlgorithmSpecification: {
          TrainingImage: '811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1',
          TrainingInputMode: 'File',
          MetricDefinitions: [{ Name: 'loss', Regex: 'loss=(.*)' }],
        },
        ResourceConfig: {
          InstancePreferences: [{ InstanceType: 'ml.p4d.24xlarge', InstanceCount: 1 }],
          SelectedInstanceType: 'ml.p4d.24xlarge',
          SelectedInstanceCount: 1,
          VolumeSizeInGB: 100,
        },
        InputDataConfig: [],
      },
      tags: { team: 'search', 'aws:cloudformation:stack-name': 'training' },
    });
    const planned = await action.plan(stage.access, stage.input);
    expect(planned.live?.details[0]).toEqual({ label: 'Instances', value: '1 × ml.p4d.24xlarge' });
    await action.run(stage.access, planned, 'key');
    stage.settle();
    await action.undo?.run(stage.access, planned, 'key');
    await stage.cloud.close();
    const [again] = running(stage);
    expect(again?.tags).toEqual({ team: 'search' });
    expect(again?.definition).toMatchObject({
      AlgorithmSpecification: { TrainingImage: '811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1' },
      ResourceConfig: { VolumeSizeInGB: 100 },
    });
    expect(again?.definition).not.toHaveProperty('InputDataConfig');
    expect(again?.definition).not.toHaveProperty('AlgorithmSpecification.MetricDefinitions');
  });

  it('tells how the new job fares', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    await action.run(stage.access, planned, 'key');
    stage.settle();
    await action.undo?.run(stage.access, planned, 'key');
    expect(await action.undo?.verify(stage.access, planned)).toMatchObject({
      outcome: 'moving',
      said: /Starting/,
    });
    const id = arn('training-job', String(planned.before.again));
    change(id, { status: 'Failed' }, { FailureReason: 'CapacityError: none left.' })(stage);
    const verified = await action.undo?.verify(stage.access, planned);
    await stage.cloud.close();
    expect(verified).toMatchObject({ outcome: 'elsewhere', said: /is Failed: CapacityError: none left\.$/ });
  });

  it('does not call a job stopped that came to its end before', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    change(ID, { status: 'Completed' })(stage);
    await expect(action.run(stage.access, planned, 'key')).rejects.toMatchObject({ code: 'CONFLICT' });
    await stage.cloud.close();
  });

  it.each([
    ['a', 'a-again-'],
    ['x'.repeat(63), `${'x'.repeat(50)}-again-`],
    [`${'x'.repeat(49)}-${'y'.repeat(13)}`, `${'x'.repeat(49)}-again-`],
    ['bert-again-0a1b2c', 'bert-again-'],
  ])('finds a name for the job after %s', async (name, start) => {
    const id = arn('training-job', name);
    const seed = { ...COMMON, name, instanceType: 'ml.g5.xlarge', checkpoint: 's3://c' };
    const stage = await openSagemaker(id, { trainingJobs: [seed] });
    const planned = await action.plan(stage.access, stage.input);
    await stage.cloud.close();
    const again = String(planned.before.again);
    expect(again).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
    expect(again.slice(0, -6)).toBe(start);
    expect(again).not.toBe(name);
  });

  it('refuses a resource of another account, and when tags cannot be read', async () => {
    const stage = await open();
    const thing = thingOf(stage, ID);
    stage.things.clear();
    stage.things.set(ID.replace(ACCOUNT, '999988887777'), { ...thing, account: '999988887777' });
    expect(await action.plan(stage.access, stage.input)).toMatchObject({
      refusal: /credentials are of account 999988887777/,
      calls: [],
    });
    stage.things.clear();
    stage.things.set(ID, thing);
    stage.cloud.fail({ kind: 'denied', operation: 'ListTags' });
    await expect(action.plan(stage.access, stage.input)).rejects.toMatchObject({
      message: /sagemaker:ListTags is missing/,
    });
    await stage.cloud.close();
  });
});
