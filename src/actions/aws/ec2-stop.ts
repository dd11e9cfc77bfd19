/** Stops an EC2 instance, and starts it again. */
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { anotherOwner } from './account.ts';
import { type Ec2Instance, isStopProtected, readInstance, spotKind, turn } from './ec2-instance.ts';
import { awsInput, part } from './input.ts';

const INSTANCES = ['arn:aws:ec2:*:*:instance/*'];

export const ec2Stop: ProviderAction = {
  id: 'aws.ec2-stop',
  about: {
    provider: 'aws',
    kinds: ['aws.ec2.instance'],
    title: 'Stop EC2 instance',
    verb: 'stop',
    past: 'stopped',
    consequence:
      'The instance shuts down and is not billed any more; its EBS volumes and Elastic IP addresses go on costing. Memory and instance-store disks are lost, a public address that is not elastic changes, and AWS may have no capacity of its type when it is to start again.',
    risk: 'medium',
    validStates: ['running'],
    permissions: [
      { permission: 'ec2:DescribeInstances', for: 'plan' },
      { permission: 'ec2:DescribeInstanceAttribute', for: 'plan' },
      { permission: 'ec2:DescribeSpotInstanceRequests', for: 'plan' },
      { permission: 'ec2:StopInstances', for: 'run', resources: INSTANCES, byTag: true },
      { permission: 'ec2:StartInstances', for: 'undo', resources: INSTANCES, byTag: true },
    ],
    example: 'arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b2c3d4e5f60718',
    savesPercent: 100,
  },
  input: awsInput('aws.ec2.instance', ['instanceId']),
  plan,
  run: (access, { input }) => turn(access, input, 'stop'),
  async verify(access, { input }) {
    const instance = await readInstance(access, input);
    return verdict(instance, part(input, 'instanceId'), {
      reached: ['stopped'],
      moving: ['stopping'],
      unchanged: ['running'],
    });
  },
  undo: {
    title: 'Start again',
    past: 'started again',
    hours: 7 * 24,
    run: (access, { input }) => turn(access, input, 'start'),
    async verify(access, { input }) {
      const instance = await readInstance(access, input);
      return verdict(instance, part(input, 'instanceId'), {
        reached: ['running'],
        moving: ['pending'],
        unchanged: ['stopped', 'stopping'],
      });
    },
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const id = part(input, 'instanceId');
  const nothing = { input, calls: [], effect: 'Nothing is called.', before: {} };
  const instance = await readInstance(access, input);
  if (!instance) return { ...nothing, refusal: `${id} does not exist any more in ${part(input, 'region')}.` };
  const { state, type, launched, tags } = instance;
  const live = {
    state,
    ...(launched && { createdAt: launched }),
    tags,
    details: [
      { label: 'Instance type', value: type },
      ...(instance.isSpot ? [{ label: 'Bought as', value: 'spot' }] : []),
    ],
  };
  const refusal = anotherOwner(input.ref, instance.owner) ?? (await whyNot(access, input, instance));
  if (refusal !== undefined) return { ...nothing, live, refusal };
  if (state !== 'running') return { ...nothing, live, already: true, effect: `${id} is ${state} already.` };
  return {
    input,
    live,
    calls: [`StopInstances ${id} in ${part(input, 'region')}`],
    effect: `${id} (${type}) stops; its EBS volumes go on costing, and it can be started again.`,
    before: { state },
  };
}

/** Tags by which others mark instances that they would start or replace again. */
const KEEPERS: readonly (readonly [tag: string, keeper: (value: string) => string, instead: string])[] = [
  ['aws:autoscaling:groupName', (value) => `the Auto Scaling group ${value}`, 'Scale the group to zero'],
  ['karpenter.sh/nodepool', (value) => `the Karpenter node pool ${value}`, 'Scale the workloads on it'],
  [
    'karpenter.sh/provisioner-name',
    (value) => `the Karpenter provisioner ${value}`,
    'Scale the workloads on it',
  ],
  [
    'aws:elasticmapreduce:job-flow-id',
    (value) => `the EMR cluster ${value}`,
    'Terminate or shrink the cluster',
  ],
  ['aws:ec2:fleet-id', (value) => `the EC2 fleet ${value}`, 'Lower the capacity of the fleet'],
  ['aws:ec2spot:fleet-request-id', (value) => `the spot fleet ${value}`, 'Lower the capacity of the fleet'],
];

async function whyNot(
  access: ActionAccess,
  input: ActionInput,
  { id, state, tags, rootDevice, isSpot, spotRequest }: Ec2Instance,
): Promise<string | undefined> {
  for (const [tag, keeper, instead] of KEEPERS) {
    const value = tags[tag];
    if (value !== undefined)
      return `${id} belongs to ${keeper(value)}, which would replace it. ${instead} instead.`;
  }
  if (rootDevice === 'instance-store')
    return `${id} has its root on an instance store: it cannot be stopped, only terminated.`;
  if (state === 'stopped' || state === 'stopping') return undefined;
  if (state !== 'running') return `${id} is ${state}: only a running instance can be stopped.`;
  if (isSpot) {
    const kind = spotRequest === undefined ? undefined : await spotKind(access, input, spotRequest);
    if (kind !== 'persistent')
      return `${id} is a spot instance of a one-time request: it cannot be stopped, only terminated.`;
  }
  if (await isStopProtected(access, input))
    return `${id} is protected from being stopped (disableApiStop). Who set that can take it off.`;
  return undefined;
}

type Outcomes = Readonly<Record<'reached' | 'moving' | 'unchanged', readonly string[]>>;

function verdict(instance: Ec2Instance | undefined, id: string, outcomes: Outcomes): Verified {
  if (!instance) return { state: 'gone', outcome: 'elsewhere', said: `${id} does not exist any more.` };
  const { state } = instance;
  for (const outcome of ['reached', 'moving', 'unchanged'] as const)
    if (outcomes[outcome].includes(state)) return { state, outcome, said: `${id} is ${state}.` };
  return { state, outcome: 'elsewhere', said: `${id} is ${state}; somebody else changed it.` };
}
