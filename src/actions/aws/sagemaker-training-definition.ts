/** A stopped training job as the request for a new one, and the name that gets. */
import { createHash } from 'node:crypto';
import type { CreateTrainingJobRequest, DescribeTrainingJobResponse } from '@aws-sdk/client-sagemaker';

const LONGEST_NAME = 63;
const AGAIN = /-again-[0-9a-f]{6}$/;

/** All that is told about a job and can be asked for a new one. */
export const KEPT = [
  'AlgorithmSpecification',
  'CheckpointConfig',
  'DebugHookConfig',
  'DebugRuleConfigurations',
  'EnableInterContainerTrafficEncryption',
  'EnableManagedSpotTraining',
  'EnableNetworkIsolation',
  'Environment',
  'ExperimentConfig',
  'HyperParameters',
  'InfraCheckConfig',
  'InputDataConfig',
  'MlflowConfig',
  'ModelPackageConfig',
  'OutputDataConfig',
  'ProfilerConfig',
  'ProfilerRuleConfigurations',
  'RemoteDebugConfig',
  'ResourceConfig',
  'RetryStrategy',
  'RoleArn',
  'ServerlessJobConfig',
  'StoppingCondition',
  'TensorBoardOutputConfig',
  'VpcConfig',
] as const satisfies readonly (keyof CreateTrainingJobRequest & keyof DescribeTrainingJobResponse)[];

/**
 * The name of the job that would go on from this one's checkpoint: the same whenever it is asked, so that asking twice
 * starts one; another one for the next job, and never over 63 characters.
 */
export function againNameOf(job: DescribeTrainingJobResponse, name: string): string {
  const mark = createHash('sha256')
    .update(`${job.TrainingJobArn ?? name} ${job.CreationTime?.toISOString() ?? ''}`)
    .digest('hex')
    .slice(0, 6);
  const suffix = `-again-${mark}`;
  return `${name
    .replace(AGAIN, '')
    .slice(0, LONGEST_NAME - suffix.length)
    .replace(/-+$/, '')}${suffix}`;
}

/** The same definition under another name. Tags that only AWS may set are left out. */
export function againRequest(
  job: DescribeTrainingJobResponse,
  TrainingJobName: string,
  tags: Readonly<Record<string, string>>,
): CreateTrainingJobRequest {
  const kept: Partial<CreateTrainingJobRequest> = Object.fromEntries(
    KEPT.flatMap((field) => {
      const value = job[field];
      const empty = value === undefined || (Array.isArray(value) && value.length === 0);
      return empty ? [] : [[field, value]];
    }),
  );
  const { SelectedInstanceType: _type, SelectedInstanceCount: _count, ...cluster } = job.ResourceConfig ?? {};
  const own = Object.entries(tags).filter(([key]) => !/^aws:/i.test(key));
  return {
    ...kept,
    TrainingJobName,
    RoleArn: job.RoleArn,
    OutputDataConfig: job.OutputDataConfig,
    ...(job.ResourceConfig && { ResourceConfig: cluster }),
    ...(own.length > 0 && { Tags: own.map(([Key, Value]) => ({ Key, Value })) }),
  };
}
