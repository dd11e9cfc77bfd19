/** ECS of the stand-in: services whose tasks follow the desired count after a while. */
import { AwsFault, type AwsRequest, type AwsService, isThere, textOf, unknownOperation } from './types.ts';

export interface EcsServiceSeed {
  readonly cluster: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: Date;
  readonly desired: number;
  /** "ACTIVE" unless told. */
  readonly status?: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  readonly scheduling?: 'REPLICA' | 'DAEMON';
  readonly launchType?: 'FARGATE' | 'EC2';
  readonly tags?: Readonly<Record<string, string>>;
}

export interface EcsService extends Omit<EcsServiceSeed, 'desired'> {
  desired: number;
  running: number;
  /** When as many run as are desired. */
  at?: number;
}

export function ecsServiceOf(seed: EcsServiceSeed): EcsService {
  return { ...seed, running: seed.desired };
}

/** The list is its state. */
export function createEcs(services: EcsService[], lag: number): AwsService {
  const settle = (now: number) => {
    for (const one of services)
      if (one.at !== undefined && one.at <= now) {
        one.running = one.desired;
        delete one.at;
      }
  };
  const find = (request: AwsRequest, cluster: string, name: string) =>
    services.find((one) => one.cluster === last(cluster) && one.name === last(name) && isThere(request, one));
  const checkCluster = (request: AwsRequest) => {
    const cluster = textOf(request.input, 'cluster') || 'default';
    if (!services.some((one) => one.cluster === last(cluster) && isThere(request, one)))
      throw new AwsFault('ClusterNotFoundException', 'Cluster not found.');
    return cluster;
  };
  return {
    id: 'ecs',
    writes: (operation) => !/^(Describe|List)/.test(operation),
    target: ({ input }) => textOf(input, 'service') || names(input).join(', '),
    handle(request) {
      const { operation, input, now } = request;
      settle(now);
      switch (operation) {
        case 'DescribeServices': {
          const cluster = checkCluster(request);
          const found = names(input).map((name) => ({ name, service: find(request, cluster, name) }));
          return {
            services: found.flatMap(({ service }) => (service ? [described(service)] : [])),
            failures: found.flatMap(({ name, service }) =>
              service ? [] : [{ arn: arnOf({ ...request, cluster, name }), reason: 'MISSING' }],
            ),
          };
        }
        case 'ListClusters':
          return {
            clusterArns: [
              ...new Set(
                services
                  .filter((one) => isThere(request, one))
                  .map((one) => `arn:aws:ecs:${one.region}:${one.account}:cluster/${one.cluster}`),
              ),
            ],
          };
        case 'UpdateService': {
          const service = find(request, checkCluster(request), textOf(input, 'service'));
          if (!service) throw new AwsFault('ServiceNotFoundException', 'Service not found.');
          if ((service.status ?? 'ACTIVE') !== 'ACTIVE')
            throw new AwsFault('ServiceNotActiveException', 'Service was not ACTIVE.');
          if (typeof input.desiredCount === 'number') resize(service, input.desiredCount, now + lag);
          return { service: described(service) };
        }
        default:
          throw unknownOperation(request);
      }
    },
    snapshot(now) {
      settle(now);
      return structuredClone(services);
    },
  };
}

function resize(service: EcsService, desired: number, at: number): void {
  if (service.scheduling === 'DAEMON')
    throw new AwsFault(
      'InvalidParameterException',
      'The daemon scheduling strategy does not support a desired count.',
    );
  if (!Number.isInteger(desired) || desired < 0)
    throw new AwsFault('InvalidParameterException', 'desiredCount cannot be less than 0.');
  service.desired = desired;
  if (desired === service.running) delete service.at;
  else service.at ??= at;
}

function names(input: AwsRequest['input']): string[] {
  return Array.isArray(input.services) ? input.services.filter((one) => typeof one === 'string') : [];
}

/** The name in an ARN, or a plain name. */
function last(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1) ?? '';
}

function arnOf(about: {
  region: string;
  account: string | undefined;
  cluster: string;
  name: string;
}): string {
  return `arn:aws:ecs:${about.region}:${about.account ?? '111122223333'}:service/${last(about.cluster)}/${last(about.name)}`;
}

function described(service: EcsService) {
  const { account, region, cluster } = service;
  return {
    serviceArn: arnOf(service),
    serviceName: service.name,
    clusterArn: `arn:aws:ecs:${region}:${account}:cluster/${cluster}`,
    status: service.status ?? 'ACTIVE',
    desiredCount: service.desired,
    runningCount: service.running,
    pendingCount: 0,
    launchType: service.launchType ?? 'FARGATE',
    schedulingStrategy: service.scheduling ?? 'REPLICA',
    createdAt: service.created,
    tags: Object.entries(service.tags ?? {}).map(([key, value]) => ({ key, value })),
  };
}
