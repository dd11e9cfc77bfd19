/** Stops a processing job of SageMaker. */
import type { DescribeProcessingJobResponse } from '@aws-sdk/client-sagemaker';
import type { ProviderAction } from '../types.ts';
import { type Job, stopJob } from './sagemaker-job.ts';
import { machines } from './sagemaker-words.ts';

export const sagemakerProcessingStop: ProviderAction = stopJob({
  id: 'aws.sagemaker-processing-stop',
  kind: 'aws.sagemaker.processing-job',
  type: 'processing-job',
  noun: 'processing job',
  suffix: 'ProcessingJob',
  about: {
    title: 'Stop SageMaker processing job',
    consequence:
      'The job gets 120 seconds to finish and ends for good, with what it has uploaded so far; its instances are given back and cost nothing more.',
    risk: 'medium',
    example: 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/bert-tokenise',
  },
  async read({ sdk, read }, ProcessingJobName) {
    const job = await read(
      'DescribeProcessingJob',
      `read the state of ${ProcessingJobName}`,
      (client, options) => client.send(new sdk.DescribeProcessingJobCommand({ ProcessingJobName }), options),
    );
    return job && jobOf(job, ProcessingJobName);
  },
  stop: ({ sdk, write }, ProcessingJobName) =>
    write('StopProcessingJob', `stop ${ProcessingJobName}`, (client, options) =>
      client.send(new sdk.StopProcessingJobCommand({ ProcessingJobName }), options),
    ),
});

function jobOf(job: DescribeProcessingJobResponse, asked: string): Job {
  const name = job.ProcessingJobName ?? asked;
  const cluster = job.ProcessingResources?.ClusterConfig;
  const schedule = job.MonitoringScheduleArn?.replace(/^.*\//, '');
  const parent = job.AutoMLJobArn?.replace(/^.*\//, '');
  return {
    name,
    arn: job.ProcessingJobArn,
    status: job.ProcessingJobStatus ?? 'Unknown',
    createdAt: job.CreationTime,
    startedAt: job.ProcessingStartTime,
    ...(cluster && {
      machines: machines(
        cluster.SelectedInstanceCount ?? cluster.InstanceCount,
        cluster.SelectedInstanceType ?? cluster.InstanceType,
      ),
    }),
    details: [['Started by schedule', schedule]],
    effect: `${name} gets 120 seconds to finish, then ends for good: there is no way back, and output that it has not uploaded is lost.${schedule === undefined ? '' : ` The monitoring schedule ${schedule} will start another one at its next hour.`}`,
    ...(parent !== undefined && {
      refusal: `${name} belongs to the AutoML job ${parent}, which needs it: stop that instead.`,
    }),
    before: {},
  };
}
