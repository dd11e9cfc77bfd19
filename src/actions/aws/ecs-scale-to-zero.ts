/** Scales an ECS service to no tasks, and back to as many as it had. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction } from '../types.ts';
import { otherAccount } from './account.ts';
import { type EcsService, readService, readServices, setCount } from './ecs-service.ts';
import { awsInput, part } from './input.ts';
import { backVerdict, isAtZero, wayBack, zeroVerdict } from './sizes.ts';

const SERVICES = ['arn:aws:ecs:*:*:service/*'];

export const ecsScaleToZero: ProviderAction = {
  id: 'aws.ecs-scale-to-zero',
  about: {
    provider: 'aws',
    kinds: ['aws.ecs.service'],
    title: 'Scale ECS service to zero',
    verb: 'scale to zero',
    past: 'scaled to zero',
    consequence:
      'All its tasks are stopped and none are started. With Fargate that ends the cost; with EC2 the instances of the cluster go on costing. If Application Auto Scaling manages it, its minimum raises the count again: set that to 0, too.',
    risk: 'high',
    validStates: ['ACTIVE'],
    permissions: [
      { permission: 'ecs:DescribeServices', for: 'plan', resources: SERVICES },
      { permission: 'ecs:ListClusters', for: 'plan' },
      { permission: 'ecs:UpdateService', for: 'run', resources: SERVICES, byTag: true },
      { permission: 'ecs:UpdateService', for: 'undo', resources: SERVICES, byTag: true },
    ],
    example: 'arn:aws:ecs:us-east-1:111122223333:service/ml-serving/bert-api',
    savesPercent: 100,
  },
  input: awsInput('aws.ecs.service', ['service']),
  plan,
  run: (access, { input, before }) => setCount(access, input, clusterBefore(before), 0),
  verify: async (access, { input, before }) =>
    zeroVerdict(await readService(access, input, clusterBefore(before)), before, wordsOf(input)),
  undo: {
    title: 'Scale back',
    past: 'scaled back',
    hours: 7 * 24,
    async run(access, { input, before }) {
      const cluster = clusterBefore(before);
      const size = wayBack(await readService(access, input, cluster), before, wordsOf(input));
      if (size) await setCount(access, input, cluster, size.desired);
    },
    verify: async (access, { input, before }) =>
      backVerdict(await readService(access, input, clusterBefore(before)), before, wordsOf(input)),
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const name = part(input, 'service');
  const nothing = { input, calls: [], effect: 'Nothing is called.', before: {} };
  const [service, ...others] = await readServices(access, input);
  if (!service)
    return { ...nothing, refusal: `${name} does not exist any more in ${part(input, 'region')}.` };
  if (others.length > 0)
    return {
      ...nothing,
      refusal: `${name} is the name of services in ${others.length + 1} clusters, and the bill does not say which is meant. Switch the account to the long form of ARNs.`,
    };
  const { status, desired, running, cluster, launchType, created, tags } = service;
  const live = {
    state: status,
    ...(created && { createdAt: created }),
    tags,
    details: [
      { label: 'Tasks', value: `${running} of ${desired}` },
      { label: 'Cluster', value: cluster },
      { label: 'Launch type', value: launchType },
    ],
  };
  const refusal = otherAccount(input.ref, service.arn) ?? whyNot(name, service);
  if (refusal !== undefined) return { ...nothing, live, refusal };
  if (isAtZero(service))
    return { ...nothing, live, already: true, effect: `${name} is scaled to zero already.` };
  return {
    input,
    live,
    calls: [`UpdateService ${name} of ${cluster} in ${part(input, 'region')}: desiredCount ${desired} → 0`],
    effect: `All ${running} tasks of ${name} are stopped${launchType === 'EC2' ? '; the instances of its cluster go on costing' : ''}. Application Auto Scaling, if it manages the service, raises it again unless its minimum is 0.`,
    before: { desired, cluster },
  };
}

function whyNot(name: string, { status, scheduling }: EcsService): string | undefined {
  if (status !== 'ACTIVE') return `${name} is ${status}: only an ACTIVE service can be scaled.`;
  if (scheduling === 'DAEMON')
    return `${name} runs one task on every instance (DAEMON), so it has no count: scale the instances of its cluster instead.`;
  return undefined;
}

/** The cluster that the plan found it in. */
function clusterBefore({ cluster }: Readonly<Record<string, unknown>>): string {
  if (typeof cluster === 'string' && cluster !== '') return cluster;
  throw new AppError('INTERNAL', 'The plan does not say in which cluster the service is.');
}

function wordsOf(input: ActionInput) {
  return { name: part(input, 'service'), units: 'tasks' };
}
