/** The sample organisation's AWS: what its bill says runs, as EC2, Auto Scaling and SageMaker would tell it. */
import { awsResourceId } from '../../sample-org/aws-row.ts';
import { accountOf } from '../../sample-org/focus-row.ts';
import { SOURCES } from '../../sample-org/sources.ts';
import type { InstanceSeed } from '../aws/ec2.ts';
import { type EndpointSeed, type MachineSeed, type TrainingJobSeed, variant } from '../aws/sagemaker-seed.ts';
import type { AwsResources } from '../aws/server.ts';
import type { Billed } from './billed.ts';
import { grouped } from './grouped.ts';

const SOURCE = SOURCES.aws;
/** Nodes of the platform's cluster belong to a group, which would replace what is stopped. */
const IN_GROUP = 'ml-platform-nodes-';
/** Somebody does not want it stopped, whatever it costs. */
const PROTECTED = 'diffusion-thumbs-gen-1';
/** Bought as spot for once: EC2 cannot stop it. */
const SPOT = 'embeddings-batch-3';
/** Its models are put on it as components, whose copies are scaled one by one. */
const WITH_COMPONENTS = 'rag-retriever-prod';

export function sampleAws(billed: readonly Billed[]): AwsResources {
  const of = (kind: string) => billed.filter((one) => one.kind === kind);
  const endpoints = of('endpoint').filter(({ runs }) => runs);
  return {
    instances: of('instance').map(instance),
    groups: groups(of('instance')),
    sageMaker: {
      trainingJobs: of('training-job').map(trainingJob),
      processingJobs: of('processing-job').map((one) => machine(one, 'Completed')),
      notebooks: of('notebook').map((one) => machine(one, 'Stopped')),
      endpoints: endpoints.map(endpoint),
      inferenceComponents: endpoints
        .filter(({ name }) => name === WITH_COMPONENTS)
        .map((one) => ({ ...placed(one), name: `${one.name}-e5`, endpoint: one.name })),
    },
  };
}

function placed({ line, name, created, tags }: Billed) {
  const { id: account } = accountOf(SOURCE, line);
  return { name, account, region: line.use.region ?? SOURCE.region, created, tags };
}

function typeOf({ item }: Billed): string {
  return item.split(' ')[0] ?? item;
}

function machine(one: Billed, ended: string): MachineSeed {
  return {
    ...placed(one),
    instanceType: typeOf(one),
    instances: one.kind === 'notebook' ? 1 : one.machines,
    ...(!one.runs && { status: ended }),
  };
}

function trainingJob(one: Billed): TrainingJobSeed {
  const seed = machine(one, 'Completed');
  // Long trainings save as they go; sweeps and ablations are not worth it.
  const saves = one.line.use.shape !== 'burst';
  return {
    ...seed,
    ...(saves && { checkpoint: `s3://wrenfield-training-data/checkpoints/${one.line.use.resource}` }),
    ...(!one.runs && { fields: { SecondaryStatus: 'Completed' } }),
  };
}

function endpoint(one: Billed): EndpointSeed {
  const { ModelName, ...bare } = variant(typeOf(one), one.machines, 'AllTraffic', `${one.name}-model`);
  return { ...placed(one), variants: [one.name === WITH_COMPONENTS ? bare : { ModelName, ...bare }] };
}

function instance(one: Billed): InstanceSeed {
  const { name, account, region, tags } = placed(one);
  return {
    id: awsResourceId(SOURCE, one.line, name),
    account,
    region,
    type: typeOf(one),
    launched: one.created,
    tags: {
      Name: name,
      ...tags,
      ...groupTag(name),
      ...(name === PROTECTED && { 'pennywatch:protect': 'true' }),
    },
    ...(name === SPOT && { spot: 'one-time' }),
    ...(!one.runs && { state: 'stopped' }),
  };
}

function groupTag(name: string): Record<string, string> {
  return name.startsWith(IN_GROUP) ? { 'aws:autoscaling:groupName': groupOf(name) } : {};
}

/** "ml-platform-nodes-a" of "ml-platform-nodes-a-3". */
function groupOf(name: string): string {
  return name.replace(/-\d+$/, '');
}

function groups(instances: readonly Billed[]): NonNullable<AwsResources['groups']> {
  const nodes = instances.filter(({ name }) => name.startsWith(IN_GROUP));
  return [...grouped(nodes, ({ name }) => groupOf(name))].flatMap(([name, members]) => {
    const [first] = members;
    if (!first) return [];
    const count = members.length;
    return { ...placed(first), name, min: 1, max: count * 2, desired: count };
  });
}
