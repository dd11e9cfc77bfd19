/** EKS of the stand-in: managed node groups whose nodes follow the scaling configuration after a while. */
import type { Group, GroupSeed } from './autoscaling.ts';
import { AwsFault, type AwsRequest, type AwsService, isThere, textOf, unknownOperation } from './types.ts';

export interface NodegroupSeed {
  readonly cluster: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: Date;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly instanceTypes?: readonly string[];
  /** "ACTIVE" unless told. */
  readonly status?: NodegroupStatus;
  readonly tags?: Readonly<Record<string, string>>;
}

export type NodegroupStatus =
  | 'CREATING'
  | 'ACTIVE'
  | 'UPDATING'
  | 'DELETING'
  | 'CREATE_FAILED'
  | 'DELETE_FAILED'
  | 'DEGRADED';

export interface Nodegroup extends NodegroupSeed {
  status: NodegroupStatus;
  min: number;
  max: number;
  desired: number;
  /** When the update is over. */
  at?: number;
  /** Updates by their client's token: the same token is the same update. */
  readonly updates: Record<string, string>;
}

export function nodegroupOf(seed: NodegroupSeed): Nodegroup {
  return { ...seed, status: seed.status ?? 'ACTIVE', updates: {} };
}

/** The Auto Scaling group that holds the nodes of a node group. */
export function groupBelow(nodegroup: Nodegroup): GroupSeed {
  const { account, region, created, min, max, desired, cluster, name } = nodegroup;
  return {
    name: scalingGroupName(nodegroup),
    account,
    region,
    created,
    min,
    max,
    desired,
    tags: { 'eks:cluster-name': cluster, 'eks:nodegroup-name': name },
  };
}

function scalingGroupName({ cluster, name }: NodegroupSeed): string {
  return `eks-${cluster}-${name}`;
}

/** The list is its state; `below` are the Auto Scaling groups that it resizes. */
export function createEks(groups: Nodegroup[], below: readonly Group[], lag: number): AwsService {
  const settle = (now: number) => {
    for (const group of groups)
      if (group.at !== undefined && group.at <= now) {
        group.status = 'ACTIVE';
        delete group.at;
      }
  };
  const find = (request: AwsRequest): Nodegroup => {
    const [cluster, name] = [textOf(request.input, 'clusterName'), textOf(request.input, 'nodegroupName')];
    const found = groups.find((one) => one.cluster === cluster && one.name === name && isThere(request, one));
    if (found) return found;
    throw new AwsFault('ResourceNotFoundException', `No node group found for name: ${name}.`, 404);
  };
  return {
    id: 'eks',
    writes: (operation) => !/^(Describe|List)/.test(operation),
    target: ({ input }) => `${textOf(input, 'clusterName')}/${textOf(input, 'nodegroupName')}`,
    handle(request) {
      const { operation, input, now } = request;
      settle(now);
      switch (operation) {
        case 'DescribeNodegroup':
          return { nodegroup: described(find(request)) };
        case 'UpdateNodegroupConfig': {
          const group = find(request);
          const token = textOf(input, 'clientRequestToken');
          const known = group.updates[token];
          if (known === undefined) {
            if (group.status !== 'ACTIVE')
              throw new AwsFault(
                'ResourceInUseException',
                `Nodegroup cannot be updated as it is currently not in Active State`,
                409,
              );
            resize(group, input);
            const { min, max, desired } = group;
            const nodes = below.find((one) => one.name === scalingGroupName(group));
            if (nodes) Object.assign(nodes, { min, max, desired, at: now + lag });
            group.status = 'UPDATING';
            group.at = now + lag;
            group.updates[token] = `update-${Object.keys(group.updates).length + 1}`;
          }
          return { update: { id: group.updates[token], status: 'InProgress', type: 'ConfigUpdate' } };
        }
        default:
          throw unknownOperation(request);
      }
    },
    snapshot(now) {
      settle(now);
      return structuredClone(groups);
    },
  };
}

function resize(group: Nodegroup, input: AwsRequest['input']): void {
  const said = input.scalingConfig;
  const config = typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {};
  const size = (field: string, before: number) =>
    typeof config[field] === 'number' ? config[field] : before;
  const min = size('minSize', group.min);
  const max = size('maxSize', group.max);
  const desired = size('desiredSize', group.desired);
  if (max < 1) throw new AwsFault('InvalidParameterException', 'maxSize must be at least 1');
  if (min < 0 || min > max)
    throw new AwsFault('InvalidParameterException', "Minimum capacity can't be greater than maximum");
  if (desired < min || desired > max)
    throw new AwsFault(
      'InvalidParameterException',
      `Desired capacity ${desired} must be between ${min} and ${max}`,
    );
  Object.assign(group, { min, max, desired });
}

function described(group: Nodegroup) {
  const { cluster, name, account, region } = group;
  return {
    nodegroupName: name,
    nodegroupArn: `arn:aws:eks:${region}:${account}:nodegroup/${cluster}/${name}/9ebc1c2f-0000-4000-8000-000000000001`,
    clusterName: cluster,
    createdAt: group.created,
    status: group.status,
    capacityType: 'ON_DEMAND',
    scalingConfig: { minSize: group.min, maxSize: group.max, desiredSize: group.desired },
    instanceTypes: group.instanceTypes ?? ['g5.2xlarge'],
    resources: { autoScalingGroups: [{ name: scalingGroupName(group) }] },
    tags: group.tags ?? {},
  };
}
