/** Auto Scaling of the stand-in: groups whose instances follow what is desired after a while. */
import {
  AwsFault,
  type AwsRequest,
  type AwsService,
  isThere,
  listed,
  textOf,
  unknownOperation,
} from './types.ts';

export interface GroupSeed {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly created: Date;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** Scheduled actions that change its size. */
  readonly scheduled?: readonly { readonly name: string; readonly start: Date; readonly desired: number }[];
  readonly uuid?: string;
  /** Says that it is being deleted. */
  readonly status?: string;
  readonly suspended?: readonly string[];
  /** How many of its instances are protected from scale-in. */
  readonly protectedCount?: number;
}

export interface Group extends Omit<GroupSeed, 'min' | 'max' | 'desired'> {
  min: number;
  max: number;
  desired: number;
  /** Instances in service. */
  running: number;
  /** When they are as many as desired. */
  at?: number;
}

export function groupOf(seed: GroupSeed): Group {
  return { ...seed, running: seed.desired };
}

/** The list is its state. */
export function createAutoScaling(groups: Group[], lag: number): AwsService {
  const settle = (now: number) => {
    for (const group of groups)
      if (group.at !== undefined && group.at <= now) {
        group.running = group.desired;
        delete group.at;
      }
  };
  const find = (request: AwsRequest, name: string) =>
    groups.find((group) => group.name === name && isThere(request, group));
  return {
    id: 'autoscaling',
    writes: (operation) => !operation.startsWith('Describe'),
    target: ({ input }) =>
      textOf(input, 'AutoScalingGroupName') || listed(input, 'AutoScalingGroupNames').join(', '),
    handle(request) {
      const { operation, input, now } = request;
      settle(now);
      switch (operation) {
        case 'DescribeAutoScalingGroups':
          return {
            AutoScalingGroups: listed(input, 'AutoScalingGroupNames').flatMap((name) => {
              const group = find(request, name);
              return group ? [described(group)] : [];
            }),
          };
        case 'DescribeScheduledActions':
          return {
            ScheduledUpdateGroupActions: (
              find(request, textOf(input, 'AutoScalingGroupName'))?.scheduled ?? []
            ).map(({ name, start, desired }) => ({
              ScheduledActionName: name,
              StartTime: start,
              DesiredCapacity: desired,
            })),
          };
        case 'UpdateAutoScalingGroup': {
          const name = textOf(input, 'AutoScalingGroupName');
          const group = find(request, name);
          if (!group)
            throw new AwsFault(
              'ValidationError',
              `AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`,
            );
          resize(group, input, now + lag);
          return {};
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

function resize(group: Group, input: AwsRequest['input'], at: number): void {
  const size = (field: string, before: number) => {
    const said = textOf(input, field);
    return said === '' ? before : Number(said);
  };
  const [min, max, desired] = [
    size('MinSize', group.min),
    size('MaxSize', group.max),
    size('DesiredCapacity', group.desired),
  ];
  if (min > max)
    throw new AwsFault(
      'ValidationError',
      `Max bound, ${max}, must be greater than or equal to min bound, ${min}`,
    );
  if (desired < min || desired > max)
    throw new AwsFault(
      'ValidationError',
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
  Object.assign(group, { min, max, desired });
  if (desired === group.running) delete group.at;
  else group.at ??= at;
}

function described(group: Group) {
  const { name, account, region } = group;
  const uuid = group.uuid ?? '5c5a3b1e-0000-4000-8000-000000000001';
  return {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${uuid}:autoScalingGroupName/${name}`,
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: [`${region}a`],
    HealthCheckType: 'EC2',
    CreatedTime: group.created,
    Status: group.status,
    SuspendedProcesses: (group.suspended ?? []).map((ProcessName) => ({ ProcessName })),
    Instances: Array.from({ length: group.running }, (_, index) => ({
      InstanceId: `i-${String(index).padStart(17, '0')}`,
      InstanceType: 'g5.2xlarge',
      AvailabilityZone: `${region}a`,
      LifecycleState: group.desired < group.running && index >= group.desired ? 'Terminating' : 'InService',
      HealthStatus: 'Healthy',
      ProtectedFromScaleIn: index < (group.protectedCount ?? 0),
    })),
    Tags: Object.entries(group.tags ?? {}).map(([Key, Value]) => ({
      Key,
      Value,
      ResourceId: name,
      ResourceType: 'auto-scaling-group',
      PropagateAtLaunch: true,
    })),
  };
}
