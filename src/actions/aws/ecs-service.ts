/** ECS services: finding and reading one, and setting how many tasks it runs. */
import type { Service } from '@aws-sdk/client-ecs';
import type { ActionAccess, ActionInput } from '../types.ts';
import { callAws, unlessGone } from './call.ts';
import { connectEcs } from './connect.ts';
import { part } from './input.ts';
import type { Size } from './sizes.ts';

export interface EcsService extends Size {
  readonly arn: string;
  readonly cluster: string;
  /** ACTIVE, DRAINING or INACTIVE. */
  readonly status: string;
  readonly scheduling: string;
  readonly launchType: string;
  readonly created: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Clusters that are searched when the ARN does not say which. */
const MOST_CLUSTERS = 300;

/** All of that name: one, none, or several when the ARN is of the old form and clusters have services called alike. */
export async function readServices(access: ActionAccess, input: ActionInput): Promise<readonly EcsService[]> {
  const known = part(input, 'cluster');
  const clusters = known === '' ? await listClusters(access, input) : [known];
  const found: EcsService[] = [];
  for (const cluster of clusters) {
    const service = await readService(access, input, cluster);
    if (service) found.push(service);
  }
  return found;
}

/** Undefined when the cluster has none of that name, or only the remains of one. */
export async function readService(
  access: ActionAccess,
  input: ActionInput,
  cluster: string,
): Promise<EcsService | undefined> {
  const name = part(input, 'service');
  const { sdk, client } = await connectEcs(access, part(input, 'region'));
  try {
    const answer = await unlessGone(
      callAws(access, reading('DescribeServices', `read the state of ${name}`), (abortSignal) =>
        client.send(new sdk.DescribeServicesCommand({ cluster, services: [name], include: ['TAGS'] }), {
          abortSignal,
        }),
      ),
    );
    const service = answer?.services?.[0];
    return service && service.status !== 'INACTIVE' ? serviceOf(service, cluster) : undefined;
  } finally {
    client.destroy();
  }
}

export async function setCount(
  access: ActionAccess,
  input: ActionInput,
  cluster: string,
  desiredCount: number,
): Promise<void> {
  const service = part(input, 'service');
  const { sdk, client } = await connectEcs(access, part(input, 'region'));
  const operation = 'UpdateService';
  const task = `scale ${service} to ${desiredCount}`;
  try {
    await callAws(access, { permission: `ecs:${operation}`, operation, task, write: true }, (abortSignal) =>
      client.send(new sdk.UpdateServiceCommand({ cluster, service, desiredCount }), { abortSignal }),
    );
  } finally {
    client.destroy();
  }
}

async function listClusters(access: ActionAccess, input: ActionInput): Promise<readonly string[]> {
  const { sdk, client } = await connectEcs(access, part(input, 'region'));
  const found: string[] = [];
  try {
    let nextToken: string | undefined;
    do {
      const page = await callAws(access, reading('ListClusters', 'list the clusters'), (abortSignal) =>
        client.send(new sdk.ListClustersCommand({ nextToken }), { abortSignal }),
      );
      found.push(...(page.clusterArns ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && found.length < MOST_CLUSTERS);
    return found.map((arn) => arn.split('/').at(-1) ?? arn);
  } finally {
    client.destroy();
  }
}

function reading(operation: string, task: string) {
  return { permission: `ecs:${operation}`, operation, task, write: false };
}

function serviceOf(service: Service, cluster: string): EcsService {
  return {
    arn: service.serviceArn ?? '',
    cluster,
    status: service.status ?? 'unknown',
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    scheduling: service.schedulingStrategy ?? 'REPLICA',
    launchType: service.launchType ?? service.capacityProviderStrategy?.[0]?.capacityProvider ?? 'unknown',
    created: service.createdAt,
    tags: Object.fromEntries((service.tags ?? []).map(({ key = '', value = '' }) => [key, value])),
  };
}
