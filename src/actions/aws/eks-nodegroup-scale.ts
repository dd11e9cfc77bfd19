/** Scales an EKS managed node group to no nodes, and back to the sizes it had. */
import type { ActionAccess, ActionInput, Planned, ProviderAction } from '../types.ts';
import { otherAccount } from './account.ts';
import { readNodegroup, resizeNodegroup } from './eks-nodegroup.ts';
import { awsInput, part } from './input.ts';
import { backVerdict, isAtZero, wayBack, zeroVerdict } from './sizes.ts';

const NODEGROUPS = ['arn:aws:eks:*:*:nodegroup/*/*/*'];

export const eksNodegroupScale: ProviderAction = {
  id: 'aws.eks-nodegroup-scale',
  about: {
    provider: 'aws',
    kinds: ['aws.eks.nodegroup'],
    title: 'Scale EKS node group to zero',
    verb: 'scale to zero',
    past: 'scaled to zero',
    consequence:
      'Minimum and desired size become 0: its nodes are drained and terminated, and pods that fit nowhere else wait. The maximum stays, so the Cluster Autoscaler, if there is one, adds nodes again for pods that wait; the control plane goes on costing.',
    risk: 'high',
    validStates: ['ACTIVE'],
    permissions: [
      { permission: 'eks:DescribeNodegroup', for: 'plan', resources: NODEGROUPS },
      { permission: 'autoscaling:DescribeAutoScalingGroups', for: 'plan' },
      { permission: 'eks:UpdateNodegroupConfig', for: 'run', resources: NODEGROUPS, byTag: true },
      { permission: 'eks:UpdateNodegroupConfig', for: 'undo', resources: NODEGROUPS, byTag: true },
    ],
    example: 'arn:aws:eks:us-east-1:111122223333:nodegroup/ml/gpu-nodes/9ebc1c2f-7c1b-4a2e-8d1f-0c7d1f1e2a3b',
    savesPercent: 100,
  },
  input: awsInput('aws.eks.nodegroup', ['cluster', 'nodegroup']),
  plan,
  async run(access, { input }, key) {
    const nodegroup = await readNodegroup(access, input);
    // EKS refuses a second update while the first is under way, even if it is the same.
    if (nodegroup && isAtZero(nodegroup)) return;
    await resizeNodegroup(access, input, { min: 0, max: undefined, desired: 0 }, key);
  },
  verify: async (access, { input, before }) =>
    zeroVerdict(await readNodegroup(access, input), before, wordsOf(input)),
  undo: {
    title: 'Scale back',
    past: 'scaled back',
    hours: 7 * 24,
    async run(access, { input, before }, key) {
      const size = wayBack(await readNodegroup(access, input), before, wordsOf(input));
      if (size) await resizeNodegroup(access, input, size, key);
    },
    verify: async (access, { input, before }) =>
      backVerdict(await readNodegroup(access, input), before, wordsOf(input)),
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const name = part(input, 'nodegroup');
  const nothing = { input, calls: [], effect: 'Nothing is called.', before: {} };
  const nodegroup = await readNodegroup(access, input);
  if (!nodegroup)
    return {
      ...nothing,
      refusal: `${name} does not exist any more in the cluster ${part(input, 'cluster')}.`,
    };
  const { status, min, max, desired, running, created, tags, types } = nodegroup;
  const live = {
    state: status,
    ...(created && { createdAt: created }),
    tags,
    details: [
      { label: 'Nodes', value: `${running} (minimum ${min}, desired ${desired}, maximum ${max})` },
      { label: 'Cluster', value: part(input, 'cluster') },
      ...(types.length > 0 ? [{ label: 'Instance type', value: types.join(', ') }] : []),
    ],
  };
  const other = otherAccount(input.ref, nodegroup.arn);
  if (other !== undefined) return { ...nothing, live, refusal: other };
  if (status === 'DELETING') return { ...nothing, live, refusal: `${name} is being deleted.` };
  if (isAtZero(nodegroup))
    return { ...nothing, live, already: true, effect: `${name} is scaled to zero already.` };
  if (status !== 'ACTIVE')
    return {
      ...nothing,
      live,
      refusal: `${name} is ${status}: EKS changes only a node group that is ACTIVE.`,
    };
  return {
    input,
    live,
    calls: [
      `UpdateNodegroupConfig ${name} of ${part(input, 'cluster')} in ${part(input, 'region')}: minSize ${min} → 0, desiredSize ${desired} → 0`,
    ],
    effect: `All ${running} nodes of ${name} are drained and terminated; pods that fit nowhere else wait.`,
    before: { min, max, desired },
  };
}

function wordsOf(input: ActionInput) {
  return { name: part(input, 'nodegroup'), units: 'nodes' };
}
