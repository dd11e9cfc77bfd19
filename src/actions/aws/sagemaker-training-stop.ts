/** Stops a training job of SageMaker, which gets two minutes to save; it can be run again from its checkpoint. */
import type { ProviderAction } from '../types.ts';
import { stopJob } from './sagemaker-job.ts';
import { runAgain, runAgainPermissions } from './sagemaker-training-again.ts';
import { readTrainingJob, trainingJobOf } from './sagemaker-training-read.ts';

export const sagemakerTrainingStop: ProviderAction = {
  ...stopJob({
    id: 'aws.sagemaker-training-stop',
    kind: 'aws.sagemaker.training-job',
    type: 'training-job',
    noun: 'training job',
    suffix: 'TrainingJob',
    about: {
      title: 'Stop SageMaker training job',
      consequence:
        'The job gets 120 seconds to save and ends for good; its instances are given back and cost nothing more. With a checkpoint it can be run again, as a new job.',
      risk: 'high',
      example: 'arn:aws:sagemaker:us-east-1:123456789012:training-job/bert-retrain',
    },
    permissions: runAgainPermissions,
    async read(api, name) {
      const job = await readTrainingJob(api, name);
      return job && trainingJobOf(job, name);
    },
    stop: ({ sdk, write }, TrainingJobName) =>
      write('StopTrainingJob', `stop ${TrainingJobName}`, (client, options) =>
        client.send(new sdk.StopTrainingJobCommand({ TrainingJobName }), options),
      ),
  }),
  undo: runAgain,
};
