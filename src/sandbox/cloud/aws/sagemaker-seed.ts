/** Jobs, notebooks and endpoints that are there when the stand-in of SageMaker starts: little to say, whole shapes. */
import { variantsOf } from './sagemaker-hosting.ts';
import { arnOf, type Fields, type SagemakerKind, type Thing } from './sagemaker-state.ts';

interface Seed {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: Date;
  /** The API's word; jobs are InProgress and the others InService unless told. */
  readonly status?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** More of what the API tells, or instead of what it would tell, in its own shapes. */
  readonly fields?: Fields;
}

export interface MachineSeed extends Seed {
  readonly instanceType: string;
  /** 1 unless told. */
  readonly instances?: number;
}

export interface TrainingJobSeed extends MachineSeed {
  /** "s3://bucket/prefix"; absent: it saves none. */
  readonly checkpoint?: string;
  readonly spot?: boolean;
}

export interface EndpointSeed extends Seed {
  /** Its name is the endpoint's with "-config" unless told. */
  readonly config?: string;
  readonly variants: readonly Fields[];
  /** Of its configuration. */
  readonly configFields?: Fields;
}

export interface SageMakerSeed {
  /** Instead of all others: used as it is, so that its holder can change it. See `thingsOf`. */
  readonly things?: Map<string, Thing>;
  readonly trainingJobs?: readonly TrainingJobSeed[];
  readonly processingJobs?: readonly MachineSeed[];
  readonly tuningJobs?: readonly MachineSeed[];
  readonly notebooks?: readonly MachineSeed[];
  readonly endpoints?: readonly EndpointSeed[];
  readonly inferenceComponents?: readonly (Seed & { readonly endpoint: string })[];
}

/** A variant of an endpoint's configuration. */
export function variant(
  instanceType: string,
  instances: number,
  name = 'AllTraffic',
  model = 'model',
): Fields {
  return {
    VariantName: name,
    ModelName: model,
    InstanceType: instanceType,
    InitialInstanceCount: instances,
    InitialVariantWeight: 1,
  };
}

/** By ARN. */
export function thingsOf(seed: SageMakerSeed): Map<string, Thing> {
  const list = [
    ...(seed.trainingJobs ?? []).map((one) => thing('training-job', 'InProgress', one, training(one))),
    ...(seed.processingJobs ?? []).map((one) => thing('processing-job', 'InProgress', one, processing(one))),
    ...(seed.tuningJobs ?? []).map((one) =>
      thing('hyper-parameter-tuning-job', 'InProgress', one, tuning(one)),
    ),
    ...(seed.notebooks ?? []).map((one) => thing('notebook-instance', 'InService', one, notebook(one))),
    ...(seed.endpoints ?? []).flatMap(endpoint),
    ...(seed.inferenceComponents ?? []).map((one) =>
      thing('inference-component', 'InService', one, {
        EndpointName: one.endpoint,
        VariantName: 'AllTraffic',
      }),
    ),
  ];
  return new Map(list.map((one) => [arnOf(one), one]));
}

function thing(kind: SagemakerKind, status: string, seed: Seed, fields: Fields): Thing {
  const { name, region, account, created } = seed;
  return {
    kind,
    name,
    region,
    account,
    created,
    modified: created,
    status: seed.status ?? status,
    tags: seed.tags ?? {},
    fields: { ...fields, ...seed.fields },
  };
}

function training({
  name,
  account,
  region,
  created,
  instanceType,
  instances,
  checkpoint,
  spot,
}: TrainingJobSeed): Fields {
  return {
    AlgorithmSpecification: {
      TrainingImage: `${account}.dkr.ecr.${region}.amazonaws.com/training:latest`,
      TrainingInputMode: 'File',
    },
    HyperParameters: { epochs: '3' },
    RoleArn: `arn:aws:iam::${account}:role/sagemaker-training`,
    InputDataConfig: [
      {
        ChannelName: 'train',
        DataSource: {
          S3DataSource: {
            S3DataType: 'S3Prefix',
            S3Uri: `s3://training-${account}/data`,
            S3DataDistributionType: 'FullyReplicated',
          },
        },
      },
    ],
    OutputDataConfig: { S3OutputPath: `s3://training-${account}/models` },
    ResourceConfig: { InstanceType: instanceType, InstanceCount: instances ?? 1, VolumeSizeInGB: 200 },
    StoppingCondition: {
      MaxRuntimeInSeconds: 432_000,
      ...(spot && { MaxWaitTimeInSeconds: 864_000 }),
    },
    EnableManagedSpotTraining: spot ?? false,
    EnableNetworkIsolation: false,
    ...(checkpoint !== undefined && { CheckpointConfig: { S3Uri: checkpoint } }),
    ModelArtifacts: { S3ModelArtifacts: `s3://training-${account}/models/${name}/output/model.tar.gz` },
    SecondaryStatus: 'Training',
    TrainingStartTime: new Date(created.getTime() + 180_000),
  };
}

function processing({ account, region, created, instanceType, instances }: MachineSeed): Fields {
  return {
    ProcessingResources: {
      ClusterConfig: { InstanceType: instanceType, InstanceCount: instances ?? 1, VolumeSizeInGB: 100 },
    },
    AppSpecification: { ImageUri: `${account}.dkr.ecr.${region}.amazonaws.com/processing:latest` },
    RoleArn: `arn:aws:iam::${account}:role/sagemaker-processing`,
    ProcessingStartTime: new Date(created.getTime() + 180_000),
  };
}

function tuning({ instanceType, instances }: MachineSeed): Fields {
  return {
    HyperParameterTuningJobConfig: {
      Strategy: 'Bayesian',
      ResourceLimits: { MaxNumberOfTrainingJobs: 20, MaxParallelTrainingJobs: 2 },
    },
    TrainingJobDefinition: {
      ResourceConfig: { InstanceType: instanceType, InstanceCount: instances ?? 1, VolumeSizeInGB: 100 },
    },
    TrainingJobStatusCounters: {
      Completed: 5,
      InProgress: 2,
      RetryableError: 0,
      NonRetryableError: 1,
      Stopped: 0,
    },
    ObjectiveStatusCounters: { Succeeded: 5, Pending: 2, Failed: 1 },
  };
}

function notebook({ name, region, instanceType }: MachineSeed): Fields {
  return {
    InstanceType: instanceType,
    VolumeSizeInGB: 50,
    Url: `${name}.notebook.${region}.sagemaker.aws`,
    DirectInternetAccess: 'Enabled',
  };
}

/** With its configuration and its models. */
function endpoint(seed: EndpointSeed): readonly Thing[] {
  const bare = { ...seed, status: '', tags: {}, fields: {} };
  const config = thing(
    'endpoint-config',
    '',
    { ...bare, name: seed.config ?? `${seed.name}-config` },
    { ProductionVariants: seed.variants, ...seed.configFields },
  );
  const itself = thing('endpoint', 'InService', seed, {
    EndpointConfigName: config.name,
    ProductionVariants: variantsOf(config),
  });
  const models = seed.variants.flatMap(({ ModelName: name }) =>
    typeof name === 'string' ? [thing('model', '', { ...bare, name }, {})] : [],
  );
  return [...models, config, itself];
}
