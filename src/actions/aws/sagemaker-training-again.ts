/** The way back for a stopped training job: a new job with the same definition that goes on from its checkpoint. */
import type { CreateTrainingJobRequest } from '@aws-sdk/client-sagemaker';
import { AppError } from '../../core/errors.ts';
import type { PermissionNeed, Planned, Undo, Verified } from '../types.ts';
import { nameOf, type SagemakerApi, withSagemaker } from './sagemaker-api.ts';
import { toMake } from './sagemaker-input.ts';
import { againRequest } from './sagemaker-training-definition.ts';
import { readTrainingJob } from './sagemaker-training-read.ts';
import { because, verified } from './sagemaker-words.ts';

export const runAgainPermissions: readonly PermissionNeed[] = [
  toMake('CreateTrainingJob', ['training-job']),
  toMake('AddTags', ['training-job']),
  { permission: 'iam:PassRole', for: 'undo', resources: ['arn:aws:iam::*:role/*'] },
];

/**
 * The definition is not remembered by us, as it may hold secrets (environment, hyperparameters): SageMaker keeps it, and
 * it is read again when it is needed.
 */
export const runAgain: Undo = {
  title: 'Run again from its checkpoint',
  past: 'run again from its checkpoint, as a new job',
  hours: 72,
  run: (access, planned) => withSagemaker(access, planned.input, (api) => start(api, planned)),
  verify: (access, planned) => withSagemaker(access, planned.input, (api) => look(api, planned)),
};

async function start(api: SagemakerApi, planned: Planned): Promise<void> {
  const name = nameOf(planned.input);
  const again = againOf(planned, name);
  if (await readTrainingJob(api, again)) return;
  const job = await readTrainingJob(api, name);
  if (!job)
    throw new AppError('NOT_FOUND', `${name} no longer exists, and its definition with it.`, {
      hint: 'Start it again the way it was started at first.',
    });
  if (job.TrainingJobStatus === 'InProgress' || job.TrainingJobStatus === 'Stopping')
    throw new AppError(
      'CONFLICT',
      `${name} is still ${job.TrainingJobStatus}: two jobs must not write one checkpoint.`,
      {
        hint: 'Try again when it is Stopped; saving may take some minutes.',
      },
    );
  const tags = await api.tags(job.TrainingJobArn, name);
  await create(api, againRequest(job, again, tags), name);
}

async function create(api: SagemakerApi, request: CreateTrainingJobRequest, name: string): Promise<void> {
  const { sdk, write } = api;
  try {
    await write('CreateTrainingJob', `run ${name} again as ${request.TrainingJobName}`, (client, options) =>
      client.send(new sdk.CreateTrainingJobCommand(request), options),
    );
  } catch (error) {
    const { MetricDefinitions, ...algorithm } = request.AlgorithmSpecification ?? {
      TrainingInputMode: 'File',
    };
    // SageMaker tells the metrics of its own algorithms, but does not take them.
    const redefined = error instanceof AppError && /override the metric definitions/.test(error.message);
    if (!redefined || !MetricDefinitions) throw error;
    await create(api, { ...request, AlgorithmSpecification: algorithm }, name);
  }
}

async function look(api: SagemakerApi, planned: Planned): Promise<Verified> {
  const name = nameOf(planned.input);
  const again = againOf(planned, name);
  const job = await readTrainingJob(api, again);
  if (!job) return verified('unchanged', 'none', `There is no job ${again} yet.`);
  const state = job.TrainingJobStatus ?? 'Unknown';
  const phase = job.SecondaryStatus ?? state;
  switch (state) {
    case 'InProgress':
      return phase === 'Training' || phase === 'Uploading'
        ? verified(
            'reached',
            state,
            `It runs as the new job ${again}, which finds the checkpoints of ${name}.`,
          )
        : verified('moving', state, `The new job ${again} is getting ready (${phase}).`);
    case 'Completed':
      return verified('reached', state, `It ran as the new job ${again}, which is complete.`);
    default:
      return verified('elsewhere', state, `The new job ${again} is ${state}${because(job.FailureReason)}.`);
  }
}

function againOf({ before }: Planned, name: string): string {
  if (typeof before.again === 'string') return before.again;
  throw new AppError('CONFLICT', `${name} has no checkpoint to go on from.`, {
    hint: 'Start it again the way it was started at first.',
  });
}
