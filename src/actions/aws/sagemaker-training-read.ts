/** A training job of SageMaker as it is now, and what people want to know before it is stopped. */
import type { DescribeTrainingJobResponse } from '@aws-sdk/client-sagemaker';
import type { SagemakerApi } from './sagemaker-api.ts';
import type { Job } from './sagemaker-job.ts';
import { againNameOf } from './sagemaker-training-definition.ts';
import { machines } from './sagemaker-words.ts';

/** Undefined when there is none of that name. */
export function readTrainingJob({ sdk, read }: SagemakerApi, TrainingJobName: string) {
  return read('DescribeTrainingJob', `read the state of ${TrainingJobName}`, (client, options) =>
    client.send(new sdk.DescribeTrainingJobCommand({ TrainingJobName }), options),
  );
}

/** `undo` tells whether a new job could go on where this one ends. */
export function trainingJobOf(job: DescribeTrainingJobResponse, asked: string): Job {
  const name = job.TrainingJobName ?? asked;
  const checkpoint = job.CheckpointConfig?.S3Uri;
  const refusal = parentOf(job, name);
  return {
    name,
    arn: job.TrainingJobArn,
    status: job.TrainingJobStatus ?? 'Unknown',
    createdAt: job.CreationTime,
    startedAt: job.TrainingStartTime,
    machines: clusterOf(job),
    details: [
      ['Spot', job.EnableManagedSpotTraining ? 'yes' : 'no'],
      ['Checkpoint', checkpoint ?? 'none'],
      ['Phase', job.SecondaryStatus],
      ['State last changed', job.LastModifiedTime && minuteOf(job.LastModifiedTime)],
    ],
    effect: `${effectOf(name, checkpoint, job)}${warmPool(job)}`,
    ...(refusal !== undefined && { refusal }),
    // What is saved can be gone on with.
    ...(checkpoint !== undefined && { risk: 'medium' as const }),
    before: checkpoint === undefined ? {} : { checkpoint, again: againNameOf(job, name) },
  };
}

function effectOf(name: string, checkpoint: string | undefined, job: DescribeTrainingJobResponse): string {
  const start = `${name} gets 120 seconds to save and ends for good`;
  if (checkpoint === undefined)
    return `${start}; it has no checkpoint, so what it has learned is lost unless it saves a model in that time, and there is no way back.`;
  const spot = job.EnableManagedSpotTraining ? ', as after an interruption of spot capacity' : '';
  return `${start}; its checkpoints stay in ${checkpoint}, and a new job can go on from the last one, if its code does that${spot}.`;
}

/** Instances of a warm pool are paid for until their time is over. */
function warmPool({ ResourceConfig }: DescribeTrainingJobResponse): string {
  const seconds = ResourceConfig?.KeepAlivePeriodInSeconds ?? 0;
  return seconds > 0
    ? ` Its instances may stay in a warm pool, and cost, for up to ${Math.ceil(seconds / 60)} minutes after it.`
    : '';
}

function clusterOf({ ResourceConfig: cluster }: DescribeTrainingJobResponse): string | undefined {
  if (!cluster) return undefined;
  if (cluster.InstanceGroups?.length)
    return cluster.InstanceGroups.map((group) => machines(group.InstanceCount, group.InstanceType)).join(
      ', ',
    );
  return machines(
    cluster.SelectedInstanceCount ?? cluster.InstanceCount,
    cluster.SelectedInstanceType ?? cluster.InstanceType,
  );
}

/** Whoever started it would start the next one, or fail: that is what is to be stopped. */
function parentOf(job: DescribeTrainingJobResponse, name: string): string | undefined {
  const parents = [
    ['tuning job', job.TuningJobArn],
    ['AutoML job', job.AutoMLJobArn],
    ['labelling job', job.LabelingJobArn],
  ] as const;
  const [noun, arn] = parents.find(([, parent]) => parent !== undefined) ?? [];
  if (arn === undefined) return undefined;
  return `${name} belongs to the ${noun} ${arn.replace(/^.*\//, '')}, which would go on with another one: stop that instead.`;
}

function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
