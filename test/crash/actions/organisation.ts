/** The organisation whose machines are stopped: many models, each with resources of four kinds at AWS. */
import type { Settings } from '../../../src/core/settings.ts';
import { thingsOf } from '../../../src/sandbox/cloud/aws/sagemaker-seed.ts';
import type { Thing } from '../../../src/sandbox/cloud/aws/sagemaker-state.ts';
import type { AwsResources } from '../../../src/sandbox/cloud/aws/server.ts';
import { ACCOUNT, actingSettings } from '../../flows/proposals/acting-stage.ts';
import { settingsOf } from '../../settings.ts';
import type { TestFact } from '../../temp-store.ts';

const REGION = 'us-east-1';
export const START = Date.parse('2026-11-20T12:00:00Z');
const DAYS = ['2026-11-18', '2026-11-19'];
const CREATED = new Date(START - 40 * 3_600_000);

export function modelsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `model-${index + 1}`);
}

/** ResourceIds of one model as its bill has them. */
export function resourcesOf(model: string) {
  const number = model.replace(/\D/g, '');
  const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
  return {
    box: `i-${number.padStart(17, '0')}`,
    group: arn('autoscaling', `autoScalingGroup:${uuidOf(number)}:autoScalingGroupName/${model}-workers`),
    service: arn('ecs', `service/serving/${model}-api`),
    job: arn('sagemaker', `training-job/${model}-train`),
  };
}

export function settingsFor(models: readonly string[]): Settings {
  return settingsOf({
    ...actingSettings({
      limits: { ...settingsOf().actions.limits, resourcesPerDay: 1_000_000 },
      twoPersons: { aboveMicros: 1_000_000_000_000n, environments: [], risks: [] },
    }),
    models: models.map((name) => ({ name, title: name, team: 'search', aliases: [] })),
  });
}

/** What each cost on the last days. */
export function factsFor(models: readonly string[]): TestFact[] {
  const services = {
    box: 'Amazon Elastic Compute Cloud',
    group: 'Amazon Elastic Compute Cloud',
    service: 'Amazon Elastic Container Service',
    job: 'Amazon SageMaker',
  };
  return models.flatMap((model) =>
    Object.entries(resourcesOf(model)).flatMap(([kind, resource], index) =>
      DAYS.map((day) => ({
        day,
        cost: String(100 + index),
        service: services[kind as keyof typeof services],
        account: ACCOUNT,
        region: REGION,
        resource,
        tags: tagsOf(model),
      })),
    ),
  );
}

export function awsFor(models: readonly string[]): AwsResources & { readonly things: Map<string, Thing> } {
  const place = { account: ACCOUNT, region: REGION };
  const things = thingsOf({
    trainingJobs: models.map((model) => ({
      ...place,
      name: `${model}-train`,
      created: CREATED,
      instanceType: 'ml.p4d.24xlarge',
      checkpoint: `s3://checkpoints/${model}`,
      tags: tagsOf(model),
    })),
  });
  return {
    account: ACCOUNT,
    things,
    sageMaker: { things },
    instances: models.map((model) => ({
      ...place,
      id: resourcesOf(model).box,
      type: 'g5.12xlarge',
      launched: CREATED,
      tags: tagsOf(model),
    })),
    groups: models.map((model, index) => ({
      ...place,
      name: `${model}-workers`,
      uuid: uuidOf(model.replace(/\D/g, '')),
      created: CREATED,
      min: 1,
      max: 8,
      desired: 2 + (index % 5),
      tags: tagsOf(model),
    })),
    ecsServices: models.map((model, index) => ({
      ...place,
      cluster: 'serving',
      name: `${model}-api`,
      created: CREATED,
      desired: 1 + (index % 7),
      tags: tagsOf(model),
    })),
  };
}

function tagsOf(model: string) {
  return { team: 'search', model, stage: 'training', env: 'dev' };
}

function uuidOf(number: string): string {
  return `930d940e-891e-4781-a11a-${number.padStart(12, '0')}`;
}
