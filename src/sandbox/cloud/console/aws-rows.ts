/** EC2 instances, SageMaker's things and Auto Scaling groups of AWS's stand-in. */
import * as z from 'zod';
import { SOURCES } from '../../sample-org/sources.ts';
import type { CloudRow, Tone } from './types.ts';

const tags = z.record(z.string(), z.string()).default({});
const Snapshot = z.object({
  ec2: z.array(
    z.object({
      id: z.string(),
      account: z.string(),
      region: z.string(),
      type: z.string(),
      state: z.string(),
      launched: z.date(),
      tags,
    }),
  ),
  autoscaling: z.array(
    z.object({
      name: z.string(),
      account: z.string(),
      region: z.string(),
      created: z.date(),
      running: z.number(),
      desired: z.number(),
      tags,
    }),
  ),
  sagemaker: z.record(
    z.string(),
    z.object({
      kind: z.string(),
      name: z.string(),
      account: z.string(),
      region: z.string(),
      created: z.date(),
      modified: z.date(),
      status: z.string(),
      tags,
      fields: z.looseObject({
        SecondaryStatus: z.string().optional(),
        InstanceType: z.string().optional(),
        ResourceConfig: z
          .object({ InstanceType: z.string().optional(), InstanceCount: z.number().optional() })
          .optional(),
        ProcessingResources: z
          .object({ ClusterConfig: z.object({ InstanceType: z.string(), InstanceCount: z.number() }) })
          .optional(),
        ProductionVariants: z
          .array(
            z.object({
              VariantName: z.string(),
              CurrentInstanceCount: z.number().optional(),
              DesiredInstanceCount: z.number().optional(),
              InstanceType: z.string().optional(),
            }),
          )
          .optional(),
        EndpointConfigName: z.string().optional(),
      }),
    }),
  ),
});
type Thing = z.infer<typeof Snapshot>['sagemaker'][string];

const KINDS: Readonly<Record<string, string>> = {
  'training-job': 'SageMaker training job',
  'processing-job': 'SageMaker processing job',
  'hyper-parameter-tuning-job': 'SageMaker tuning job',
  'notebook-instance': 'SageMaker notebook',
  endpoint: 'SageMaker endpoint',
};
const TONES: Readonly<Record<string, Tone>> = {
  running: 'on',
  InProgress: 'on',
  InService: 'on',
  stopped: 'off',
  terminated: 'off',
  Stopped: 'off',
  Completed: 'off',
  Failed: 'off',
};

export function awsRows(snapshot: unknown): CloudRow[] {
  const { ec2, autoscaling, sagemaker } = Snapshot.parse(snapshot);
  const configs = Object.values(sagemaker).filter(({ kind }) => kind === 'endpoint-config');
  return [
    ...Object.values(sagemaker).flatMap((thing) => sageMakerRow(thing, configs)),
    ...ec2.map(
      (one): CloudRow => ({
        vendor: 'AWS',
        kind: 'EC2 instance',
        name: one.tags.Name ? `${one.tags.Name} (${one.id})` : one.id,
        place: placeOf(one),
        size: one.type,
        state: one.state,
        tone: toneOf(one.state),
        since: one.launched.toISOString(),
        tags: one.tags,
      }),
    ),
    ...autoscaling.map(
      (one): CloudRow => ({
        vendor: 'AWS',
        kind: 'Auto Scaling group',
        name: one.name,
        place: placeOf(one),
        size: '',
        state: `${one.running} of ${one.desired} instances`,
        tone: one.running !== one.desired ? 'turning' : one.running > 0 ? 'on' : 'off',
        since: one.created.toISOString(),
        tags: one.tags,
      }),
    ),
  ];
}

function sageMakerRow(thing: Thing, configs: readonly Thing[]): CloudRow[] {
  const kind = KINDS[thing.kind];
  if (!kind) return [];
  const { status, fields, created, modified } = thing;
  const phase = fields.SecondaryStatus;
  const tone = phase === 'Starting' ? 'turning' : toneOf(status);
  return [
    {
      vendor: 'AWS',
      kind,
      name: thing.name,
      place: placeOf(thing),
      size: sizeOf(thing, configs),
      state: phase !== undefined && phase !== status ? `${status} (${phase})` : status,
      tone,
      since: (tone === 'on' ? created : modified).toISOString(),
      tags: thing.tags,
    },
  ];
}

function sizeOf({ fields, account, region }: Thing, configs: readonly Thing[]): string {
  const { ResourceConfig: training, ProcessingResources: processing, ProductionVariants: variants } = fields;
  if (training?.InstanceType) return times(training.InstanceCount ?? 1, training.InstanceType);
  if (processing) return times(processing.ClusterConfig.InstanceCount, processing.ClusterConfig.InstanceType);
  if (!variants) return fields.InstanceType ?? '';
  const config = configs.find(
    (one) => one.name === fields.EndpointConfigName && one.account === account && one.region === region,
  );
  return variants
    .map(({ VariantName, CurrentInstanceCount }) => {
      const type = config?.fields.ProductionVariants?.find(
        (one) => one.VariantName === VariantName,
      )?.InstanceType;
      return times(CurrentInstanceCount ?? 0, type ?? 'serverless');
    })
    .join(', ');
}

function times(count: number, type: string): string {
  return count === 1 ? type : `${count} × ${type}`;
}

function toneOf(state: string): Tone {
  return TONES[state] ?? 'turning';
}

function placeOf({ account, region }: { readonly account: string; readonly region: string }): string {
  const known = Object.values(SOURCES.aws.accounts).find(({ id }) => id === account);
  return `${known?.name ?? account} · ${region}`;
}
