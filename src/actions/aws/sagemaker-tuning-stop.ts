/** Stops a hyperparameter tuning job of SageMaker and the training jobs it runs. */
import type { DescribeHyperParameterTuningJobResponse } from '@aws-sdk/client-sagemaker';
import type { ProviderAction } from '../types.ts';
import { type Job, stopJob } from './sagemaker-job.ts';
import { machines } from './sagemaker-words.ts';

export const sagemakerTuningStop: ProviderAction = stopJob({
  id: 'aws.sagemaker-tuning-stop',
  kind: 'aws.sagemaker.tuning-job',
  type: 'hyper-parameter-tuning-job',
  noun: 'tuning job',
  suffix: 'HyperParameterTuningJob',
  about: {
    title: 'Stop SageMaker tuning job',
    consequence:
      'The job starts no more training jobs and ends those it runs; what the finished ones found is kept. Nothing of it costs anything more.',
    risk: 'high',
    example: 'arn:aws:sagemaker:us-east-1:123456789012:hyper-parameter-tuning-job/ranker-sweep',
  },
  async read({ sdk, read }, HyperParameterTuningJobName) {
    const job = await read(
      'DescribeHyperParameterTuningJob',
      `read the state of ${HyperParameterTuningJobName}`,
      (client, options) =>
        client.send(new sdk.DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName }), options),
    );
    return job && jobOf(job, HyperParameterTuningJobName);
  },
  stop: ({ sdk, write }, HyperParameterTuningJobName) =>
    write('StopHyperParameterTuningJob', `stop ${HyperParameterTuningJobName}`, (client, options) =>
      client.send(new sdk.StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName }), options),
    ),
});

function jobOf(job: DescribeHyperParameterTuningJobResponse, asked: string): Job {
  const name = job.HyperParameterTuningJobName ?? asked;
  const counts = job.TrainingJobStatusCounters;
  const limits = job.HyperParameterTuningJobConfig?.ResourceLimits;
  const running = counts?.InProgress;
  const definitions =
    job.TrainingJobDefinitions ?? (job.TrainingJobDefinition ? [job.TrainingJobDefinition] : []);
  const clusters = definitions.flatMap(
    ({ ResourceConfig: cluster, HyperParameterTuningResourceConfig: tuned }) => {
      const one = cluster ?? tuned;
      return one ? [machines(one.InstanceCount, one.InstanceType)] : [];
    },
  );
  const some = running === undefined ? 'the training jobs it runs end' : `${jobs(running)} it runs now end`;
  return {
    name,
    arn: job.HyperParameterTuningJobArn,
    status: job.HyperParameterTuningJobStatus ?? 'Unknown',
    createdAt: job.CreationTime,
    startedAt: undefined,
    ...(clusters.length > 0 && { machines: `${clusters.join(' or ')} for each training job` }),
    details: [
      ['Training jobs running', running?.toString()],
      ['Training jobs complete', doneOf(counts?.Completed, limits?.MaxNumberOfTrainingJobs)],
      ['Best so far', job.BestTrainingJob?.TrainingJobName],
    ],
    effect: `${name} starts no more training jobs and ${some} without a result; what the finished ones found is kept. There is no way back, but a new tuning job can start warm from this one.`,
    before: {},
  };
}

function jobs(count: number): string {
  return count === 1 ? 'the one training job' : `the ${count} training jobs`;
}

function doneOf(done: number | undefined, all: number | undefined): string | undefined {
  if (done === undefined) return undefined;
  return all === undefined ? `${done}` : `${done} of ${all}`;
}
