/** Training, processing and tuning jobs of the stand-in of SageMaker: described, stopped, and created again. */
import {
  arnOf,
  type Fields,
  invalid,
  type Operation,
  onThing,
  type SagemakerKind,
  type SagemakerState,
  type Thing,
  tagsOf,
} from './sagemaker-state.ts';
import { AwsFault, type AwsRequest, textOf } from './types.ts';

interface JobKind {
  readonly kind: SagemakerKind;
  /** The prefix of its fields: "TrainingJob" in TrainingJobName, TrainingJobStatus. */
  readonly prefix: string;
  readonly said: string;
  /** The field with the time of its end. */
  readonly endField: string;
}

const JOBS: readonly JobKind[] = [
  { kind: 'training-job', prefix: 'TrainingJob', said: 'training job', endField: 'TrainingEndTime' },
  { kind: 'processing-job', prefix: 'ProcessingJob', said: 'processing job', endField: 'ProcessingEndTime' },
  {
    kind: 'hyper-parameter-tuning-job',
    prefix: 'HyperParameterTuningJob',
    said: 'hyperparameter tuning job',
    endField: 'HyperParameterTuningEndTime',
  },
];
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const NEEDED = [
  'AlgorithmSpecification',
  'OutputDataConfig',
  'ResourceConfig',
  'RoleArn',
  'StoppingCondition',
];
/** Some of the registries of AWS's own algorithms, whose metrics cannot be redefined. */
const BUILT_IN = /^(811284229777|683313688378|382416733822)\.dkr\.ecr\./;

export const jobOperations: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(
    JOBS.flatMap((job) => [
      [`Describe${job.prefix}`, onThing(job.kind, `${job.prefix}Name`, (thing) => described(job, thing))],
      [`Stop${job.prefix}`, onThing(job.kind, `${job.prefix}Name`, stop(job))],
    ]),
  ),
  CreateTrainingJob: createTrainingJob,
};

function described({ prefix }: JobKind, thing: Thing): Fields {
  return {
    ...thing.fields,
    [`${prefix}Name`]: thing.name,
    [`${prefix}Arn`]: arnOf(thing),
    [`${prefix}Status`]: thing.status,
    CreationTime: thing.created,
    LastModifiedTime: thing.modified,
  };
}

function stop({ kind, said, endField }: JobKind) {
  return (thing: Thing, { now }: AwsRequest, state: SagemakerState): Fields => {
    if (thing.status !== 'InProgress')
      throw invalid(`The request was rejected because the ${said} is in status ${thing.status}.`);
    const secondary = (status: string): Fields =>
      kind === 'training-job' ? { SecondaryStatus: status } : {};
    const at = now + state.lag;
    state.put({
      ...thing,
      status: 'Stopping',
      modified: new Date(now),
      fields: { ...thing.fields, ...secondary('Stopping') },
      turn: { at, status: 'Stopped', fields: { ...secondary('Stopped'), [endField]: new Date(at) } },
    });
    return {};
  };
}

function createTrainingJob(request: AwsRequest, state: SagemakerState): Fields {
  const { TrainingJobName: _name, Tags: _tags, ...fields } = request.input;
  const name = textOf(request.input, 'TrainingJobName');
  check(name, fields);
  const tags = tagsOf(request);
  const taken = state.get(request, 'training-job', name);
  if (taken)
    throw new AwsFault(
      'ResourceInUse',
      `Job name must be unique within an AWS account and region, and a job with this name already exists (${arnOf(taken)})`,
    );
  const at = request.now + state.lag;
  const thing: Thing = {
    kind: 'training-job',
    name,
    region: request.region,
    account: request.account ?? textOf(fields, 'RoleArn').split(':')[4] ?? '',
    created: new Date(request.now),
    modified: new Date(request.now),
    status: 'InProgress',
    tags,
    fields: { ...fields, SecondaryStatus: 'Starting' },
    turn: {
      at,
      status: 'InProgress',
      fields: { SecondaryStatus: 'Training', TrainingStartTime: new Date(at) },
    },
  };
  state.put(thing);
  return { TrainingJobArn: arnOf(thing) };
}

function check(name: string, fields: Fields): void {
  if (!NAME.test(name))
    throw invalid(
      `1 validation error detected: Value '${name}' at 'trainingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`,
    );
  const missing = NEEDED.find((field) => fields[field] === undefined);
  if (missing !== undefined)
    throw invalid(
      `1 validation error detected: Value null at '${missing.charAt(0).toLowerCase()}${missing.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  if (within(fields.ResourceConfig, 'SelectedInstanceType') !== undefined)
    throw invalid('SelectedInstanceType is read-only.');
  const { AlgorithmSpecification } = fields;
  if (
    within(AlgorithmSpecification, 'MetricDefinitions') !== undefined &&
    BUILT_IN.test(String(within(AlgorithmSpecification, 'TrainingImage')))
  )
    throw invalid(
      "You can't override the metric definitions for Amazon SageMaker algorithms. Please retry the request without specifying metric definitions.",
    );
}

function within(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Fields)[field] : undefined;
}
