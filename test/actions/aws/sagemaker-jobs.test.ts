/** Stopping processing and tuning jobs of SageMaker, against the stand-in. */
import { describe, expect, it } from 'vitest';
import { sagemakerProcessingStop as processing } from '../../../src/actions/aws/sagemaker-processing-stop.ts';
import { sagemakerTuningStop as tuning } from '../../../src/actions/aws/sagemaker-tuning-stop.ts';
import { testAction } from '../../contracts/action.ts';
import { arn, COMMON, change, openSagemaker, remove, type SagemakerStage } from './sagemaker-stage.ts';

const PROCESSING = arn('processing-job', 'bert-tokenise');
const TUNING = arn('hyper-parameter-tuning-job', 'ranker-sweep');

const openProcessing = () =>
  openSagemaker(PROCESSING, {
    processingJobs: [{ ...COMMON, name: 'bert-tokenise', instanceType: 'ml.m5.12xlarge', instances: 2 }],
  });
const openTuning = () =>
  openSagemaker(TUNING, {
    tuningJobs: [{ ...COMMON, name: 'ranker-sweep', instanceType: 'ml.g5.12xlarge' }],
  });

testAction<SagemakerStage>(processing, {
  stage: openProcessing,
  gone: remove(PROCESSING),
  already: change(PROCESSING, { status: 'Stopping' }),
  elsewhere: change(PROCESSING, { status: 'Failed' }),
  refused: {
    'complete already': { put: change(PROCESSING, { status: 'Completed' }), words: /ended by itself/ },
    'part of AutoML': {
      put: change(PROCESSING, {}, { AutoMLJobArn: arn('automl-job', 'churn-auto') }),
      words: /AutoML job churn-auto, which needs it: stop that instead/,
    },
  },
});

testAction<SagemakerStage>(tuning, {
  stage: openTuning,
  gone: remove(TUNING),
  already: change(TUNING, { status: 'Stopped' }),
  elsewhere: change(TUNING, { status: 'Completed' }),
  refused: {
    'failed already': { put: change(TUNING, { status: 'Failed' }), words: /ended by itself \(Failed\)/ },
    'being deleted': { put: change(TUNING, { status: 'Deleting' }), words: /is Deleting/ },
  },
});

describe('what is said before', () => {
  it('of a processing job', async () => {
    const stage = await openProcessing();
    change(PROCESSING, {}, { MonitoringScheduleArn: arn('monitoring-schedule', 'drift-hourly') })(stage);
    const { live, effect } = await processing.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(live?.details).toEqual([
      { label: 'Instances', value: '2 × ml.m5.12xlarge' },
      { label: 'Running for', value: '3 d 3 h' },
      { label: 'Started by schedule', value: 'drift-hourly' },
    ]);
    expect(effect).toMatch(/no way back.*schedule drift-hourly will start another one/);
  });

  it('of a tuning job', async () => {
    const stage = await openTuning();
    const { live, effect } = await tuning.plan(stage.access, stage.input);
    await stage.cloud.close();
    expect(live?.details).toEqual([
      { label: 'Instances', value: '1 × ml.g5.12xlarge for each training job' },
      { label: 'Running for', value: '3 d 4 h' },
      { label: 'Training jobs running', value: '2' },
      { label: 'Training jobs complete', value: '5 of 20' },
    ]);
    expect(effect).toMatch(/starts no more training jobs and the 2 training jobs it runs now end/);
  });
});
