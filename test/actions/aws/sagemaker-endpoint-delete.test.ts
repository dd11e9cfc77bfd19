/** Deleting endpoints and creating them again, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { sagemakerEndpointDelete as action } from '../../../src/actions/aws/sagemaker-endpoint-delete.ts';
import { type SageMakerSeed, variant } from '../../../src/sandbox/cloud/aws/sagemaker-seed.ts';
import { testAction } from '../../contracts/action.ts';
import { arn, COMMON, change, openSagemaker, remove, type SagemakerStage } from './sagemaker-stage.ts';

const ID = arn('endpoint', 'bert-staging');
const CONFIG = arn('endpoint-config', 'bert-staging-config');
const SHARED = { VariantName: 'AllTraffic', InstanceType: 'ml.g5.xlarge', InitialInstanceCount: 1 };

const open = (more: SageMakerSeed = {}) =>
  openSagemaker(ID, {
    endpoints: [
      {
        ...COMMON,
        name: 'bert-staging',
        variants: [variant('ml.g5.xlarge', 2)],
        configFields: { DataCaptureConfig: { EnableCapture: false, InitialSamplingPercentage: 5 } },
      },
    ],
    ...more,
  });

testAction<SagemakerStage>(action, {
  stage: open,
  gone: remove(ID),
  already: change(ID, { status: 'Deleting' }),
  settings: (stage) => {
    stage.cloud.snapshot();
    return [...stage.things.values()].map(({ kind, name, status, tags, fields }) => ({
      kind,
      name,
      status,
      tags,
      fields,
    }));
  },
  refused: {
    'still being created': {
      put: change(ID, { status: 'Creating' }),
      words: /is Creating: it can be deleted/,
    },
    'being updated': { put: change(ID, { status: 'Updating' }), words: /is Updating/ },
    'inference components on it': {
      put(stage) {
        change(CONFIG, {}, { ProductionVariants: [SHARED] })(stage);
        stage.things.set(arn('inference-component', 'llama'), {
          kind: 'inference-component',
          name: 'llama',
          status: 'InService',
          account: COMMON.account,
          region: COMMON.region,
          created: COMMON.created,
          modified: COMMON.created,
          tags: {},
          fields: { EndpointName: 'bert-staging', VariantName: 'AllTraffic' },
        });
      },
      words: /runs the inference component llama: delete what runs on it first/,
    },
  },
});

describe('aws.sagemaker-endpoint-delete', () => {
  it('remembers the configuration, and creates that again when somebody deleted it', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    await action.run(stage.access, planned, 'key');
    stage.settle();
    const before = stage.things.get(CONFIG)?.fields;
    stage.things.delete(CONFIG);
    await action.undo?.run(stage.access, planned, 'key');
    stage.settle();
    expect(await action.undo?.verify(stage.access, planned)).toMatchObject({ outcome: 'reached' });
    await stage.cloud.close();
    expect(stage.things.get(CONFIG)?.fields).toEqual(before);
  });

  it('says what is lacking when it cannot be created again', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    await action.run(stage.access, planned, 'key');
    stage.settle();
    stage.things.delete(CONFIG);
    stage.things.delete(arn('model', 'model'));
    await expect(action.undo?.run(stage.access, planned, 'key')).rejects.toMatchObject({
      code: 'UPSTREAM',
      message:
        /^AWS refused to create the configuration bert-staging-config again: Could not find model ".*model\/model"\.$/,
    });
    await stage.cloud.close();
  });

  it('offers no way back when the configuration is gone already, and says so', async () => {
    const stage = await open();
    stage.things.delete(CONFIG);
    const planned = await action.plan(stage.access, stage.input);
    const undone = action.undo?.run(stage.access, planned, 'key');
    await expect(undone).rejects.toMatchObject({ code: 'CONFLICT', message: /not remembered/ });
    await stage.cloud.close();
    expect(planned).toMatchObject({ before: {}, effect: /no way back/ });
  });

  it('says when it comes back with other numbers of instances than it has', async () => {
    const stage = await open();
    const counts = { VariantName: 'AllTraffic', CurrentInstanceCount: 5, DesiredInstanceCount: 5 };
    expect((await action.plan(stage.access, stage.input)).effect).not.toMatch(/as many instances/);
    change(ID, {}, { ProductionVariants: [counts] })(stage);
    expect((await action.plan(stage.access, stage.input)).effect).toMatch(/not as many as it has now/);
    await stage.cloud.close();
  });

  it('leaves alone what somebody else created in its place', async () => {
    const stage = await open();
    const planned = await action.plan(stage.access, stage.input);
    change(ID, {}, { EndpointConfigName: 'bert-v2' })(stage);
    await expect(action.undo?.run(stage.access, planned, 'key')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: /there is one that is InService with the configuration bert-v2/,
    });
    expect(await action.undo?.verify(stage.access, planned)).toMatchObject({ outcome: 'elsewhere' });
    await stage.cloud.close();
  });

  it('leaves tags out that only AWS may set', async () => {
    const stage = await open({
      endpoints: [
        {
          ...COMMON,
          name: 'bert-staging',
          variants: [variant('ml.g5.xlarge', 2)],
          tags: { team: 'search', 'aws:cloudformation:stack-name': 'hosting' },
        },
      ],
    });
    const planned = await action.plan(stage.access, stage.input);
    await action.run(stage.access, planned, 'key');
    stage.settle();
    await action.undo?.run(stage.access, planned, 'key');
    await stage.cloud.close();
    expect(stage.things.get(ID)?.tags).toEqual({ team: 'search' });
  });
});
