/** Auto Scaling groups: reading one with what would grow it again, and setting its size. */
import type { ActionAccess, ActionInput } from '../types.ts';
import { callAws, unlessGone } from './call.ts';
import { connectAutoScaling } from './connect.ts';
import { part } from './input.ts';
import type { Size } from './sizes.ts';

export interface ScalingGroup extends Size {
  readonly min: number;
  readonly max: number;
  readonly arn: string | undefined;
  /** Only set while it is being deleted. */
  readonly status: string | undefined;
  readonly created: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly types: readonly string[];
  /** Instances that scaling in leaves alone. */
  readonly protectedCount: number;
  readonly suspended: readonly string[];
}

/** Undefined when there is none of that name. */
export async function readGroup(access: ActionAccess, input: ActionInput): Promise<ScalingGroup | undefined> {
  return (await readGroups(access, part(input, 'region'), [part(input, 'group')]))[0];
}

/** Those that exist. */
export async function readGroups(
  access: ActionAccess,
  region: string,
  names: readonly string[],
): Promise<readonly ScalingGroup[]> {
  const { sdk, client } = await connectAutoScaling(access, region);
  const about = reading('DescribeAutoScalingGroups', `read the state of ${names.join(', ')}`);
  try {
    const answer = await unlessGone(
      callAws(access, about, (abortSignal) =>
        client.send(new sdk.DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [...names] }), {
          abortSignal,
        }),
      ),
    );
    return (answer?.AutoScalingGroups ?? []).map((group) => {
      const instances = group.Instances ?? [];
      return {
        min: group.MinSize ?? 0,
        max: group.MaxSize ?? 0,
        desired: group.DesiredCapacity ?? 0,
        running: instances.length,
        arn: group.AutoScalingGroupARN,
        status: group.Status,
        created: group.CreatedTime,
        tags: Object.fromEntries((group.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
        types: [...new Set(instances.flatMap(({ InstanceType }) => InstanceType ?? []))],
        protectedCount: instances.filter(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn).length,
        suspended: (group.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []),
      };
    });
  } finally {
    client.destroy();
  }
}

/** The next scheduled action that would give it instances again; undefined when there is none. */
export async function nextGrowth(access: ActionAccess, input: ActionInput) {
  const group = part(input, 'group');
  const { sdk, client } = await connectAutoScaling(access, part(input, 'region'));
  try {
    const { ScheduledUpdateGroupActions: scheduled = [] } = await callAws(
      access,
      reading('DescribeScheduledActions', `read the schedule of ${group}`),
      (abortSignal) =>
        client.send(new sdk.DescribeScheduledActionsCommand({ AutoScalingGroupName: group }), {
          abortSignal,
        }),
    );
    return scheduled
      .filter(({ DesiredCapacity = 0, MinSize = 0 }) => Math.max(DesiredCapacity, MinSize) > 0)
      .flatMap(({ ScheduledActionName: name = '', StartTime: at }) => (at ? [{ name, at }] : []))
      .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  } finally {
    client.destroy();
  }
}

/** Sets the sizes given, all in one call. */
export async function resizeGroup(
  access: ActionAccess,
  input: ActionInput,
  size: { readonly min: number | undefined; readonly max: number | undefined; readonly desired: number },
): Promise<void> {
  const group = part(input, 'group');
  const { sdk, client } = await connectAutoScaling(access, part(input, 'region'));
  const operation = 'UpdateAutoScalingGroup';
  const task = `scale ${group} to ${size.desired}`;
  try {
    await callAws(
      access,
      { permission: `autoscaling:${operation}`, operation, task, write: true },
      (abortSignal) =>
        client.send(
          new sdk.UpdateAutoScalingGroupCommand({
            AutoScalingGroupName: group,
            MinSize: size.min,
            MaxSize: size.max,
            DesiredCapacity: size.desired,
          }),
          { abortSignal },
        ),
    );
  } finally {
    client.destroy();
  }
}

function reading(operation: string, task: string) {
  return { permission: `autoscaling:${operation}`, operation, task, write: false };
}
