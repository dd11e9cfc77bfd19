/** Scales an Auto Scaling group to no instances, and back to the sizes it had. */
import type { ActionAccess, ActionInput, Planned, ProviderAction } from '../types.ts';
import { otherAccount } from './account.ts';
import { nextGrowth, readGroup, resizeGroup, type ScalingGroup } from './asg-group.ts';
import { awsInput, part } from './input.ts';
import { backVerdict, isAtZero, wayBack, zeroVerdict } from './sizes.ts';

const GROUPS = ['arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*'];
const EMPTY = { min: 0, max: undefined, desired: 0 };

export const asgScaleToZero: ProviderAction = {
  id: 'aws.asg-scale-to-zero',
  about: {
    provider: 'aws',
    kinds: ['aws.autoscaling.group'],
    title: 'Scale Auto Scaling group to zero',
    verb: 'scale to zero',
    past: 'scaled to zero',
    consequence:
      'Minimum and desired capacity become 0 and all its instances are terminated, with the data on them. The maximum stays, so a scaling policy or a schedule may add instances again.',
    risk: 'high',
    validStates: ['in service'],
    permissions: [
      { permission: 'autoscaling:DescribeAutoScalingGroups', for: 'plan' },
      { permission: 'autoscaling:DescribeScheduledActions', for: 'plan' },
      { permission: 'autoscaling:UpdateAutoScalingGroup', for: 'run', resources: GROUPS, byTag: true },
      { permission: 'autoscaling:UpdateAutoScalingGroup', for: 'undo', resources: GROUPS, byTag: true },
    ],
    example:
      'arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:930d940e-891e-4781-a11a-7b0acd480f03:autoScalingGroupName/gpu-workers',
    savesPercent: 100,
  },
  input: awsInput('aws.autoscaling.group', ['group']),
  plan,
  run: (access, { input }) => resizeGroup(access, input, EMPTY),
  verify: async (access, { input, before }) =>
    zeroVerdict(await readGroup(access, input), before, wordsOf(input)),
  undo: {
    title: 'Scale back',
    past: 'scaled back',
    hours: 7 * 24,
    async run(access, { input, before }) {
      const size = wayBack(await readGroup(access, input), before, wordsOf(input));
      if (size) await resizeGroup(access, input, size);
    },
    verify: async (access, { input, before }) =>
      backVerdict(await readGroup(access, input), before, wordsOf(input)),
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const name = part(input, 'group');
  const nothing = { input, calls: [], effect: 'Nothing is called.', before: {} };
  const group = await readGroup(access, input);
  if (!group) return { ...nothing, refusal: `${name} does not exist any more in ${part(input, 'region')}.` };
  const { min, max, desired, running, types } = group;
  const live = {
    state: group.status ?? (isAtZero(group) ? 'empty' : 'in service'),
    ...(group.created && { createdAt: group.created }),
    tags: group.tags,
    details: [
      { label: 'Instances', value: `${running} (minimum ${min}, desired ${desired}, maximum ${max})` },
      ...(types.length > 0 ? [{ label: 'Instance type', value: types.join(', ') }] : []),
    ],
  };
  const refusal = otherAccount(input.ref, group.arn) ?? whyNot(name, group);
  if (refusal !== undefined) return { ...nothing, live, refusal };
  if (isAtZero(group))
    return { ...nothing, live, already: true, effect: `${name} is scaled to zero already.` };
  const growth = await nextGrowth(access, input);
  return {
    input,
    live,
    calls: [
      `UpdateAutoScalingGroup ${name} in ${part(input, 'region')}: MinSize ${min} → 0, DesiredCapacity ${desired} → 0`,
    ],
    effect: [
      `All ${running} instances of ${name} are terminated.`,
      ...(group.protectedCount > 0
        ? [`${group.protectedCount} of them are protected from scale-in and go on running.`]
        : []),
      ...GROWERS.filter(([tag]) => group.tags[tag] !== undefined).map(
        ([, grower]) => `${grower} adds instances again for what waits.`,
      ),
      ...(growth
        ? [
            `Its schedule "${growth.name}" adds instances again ${growth.at.toISOString().slice(0, 16).replace('T', ' at ')} UTC.`,
          ]
        : []),
    ].join(' '),
    before: { min, max, desired },
  };
}

/** Tags of those that look after a group and change what is desired. */
const GROWERS: readonly (readonly [tag: string, grower: string])[] = [
  ['AmazonECSManaged', 'The ECS capacity provider that manages it'],
  ['k8s.io/cluster-autoscaler/enabled', "Kubernetes' Cluster Autoscaler"],
];

function whyNot(name: string, { status, tags, suspended, running, protectedCount }: ScalingGroup) {
  if (status !== undefined) return `${name} is being deleted (${status}).`;
  const nodegroup = tags['eks:nodegroup-name'];
  if (nodegroup !== undefined)
    return `${name} is run by the EKS node group ${nodegroup}, which would set its size again. Scale the node group instead.`;
  const environment = tags['elasticbeanstalk:environment-name'];
  if (environment !== undefined)
    return `${name} is run by the Elastic Beanstalk environment ${environment}, which would set its size again. Change the environment instead.`;
  if (suspended.includes('Terminate'))
    return `${name} has its Terminate process suspended: its instances would go on running. Resume it first.`;
  if (running > 0 && protectedCount === running)
    return `All ${running} instances of ${name} are protected from scale-in and would go on running. Take the protection off first.`;
  return undefined;
}

function wordsOf(input: ActionInput) {
  return { name: part(input, 'group'), units: 'instances' };
}
