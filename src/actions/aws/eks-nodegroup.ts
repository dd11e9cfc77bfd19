/** EKS managed node groups: reading one with the nodes it really has, and setting its size. */
import { createHash } from 'node:crypto';
import type { ActionAccess, ActionInput } from '../types.ts';
import { readGroups } from './asg-group.ts';
import { callAws, unlessGone } from './call.ts';
import { connectEks } from './connect.ts';
import { part } from './input.ts';
import type { Size } from './sizes.ts';

export interface Nodegroup extends Size {
  readonly min: number;
  readonly max: number;
  readonly arn: string | undefined;
  /** EKS's own word: ACTIVE, UPDATING, DELETING, DEGRADED … */
  readonly status: string;
  readonly created: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly types: readonly string[];
}

/** Undefined when there is none of that name. How many nodes run is what its Auto Scaling groups say. */
export async function readNodegroup(
  access: ActionAccess,
  input: ActionInput,
): Promise<Nodegroup | undefined> {
  const region = part(input, 'region');
  const nodegroup = await describe(access, input);
  if (!nodegroup) return undefined;
  const { scalingConfig } = nodegroup;
  const names = (nodegroup.resources?.autoScalingGroups ?? []).flatMap(({ name }) => name ?? []);
  const below = names.length > 0 ? await readGroups(access, region, names) : [];
  return {
    min: scalingConfig?.minSize ?? 0,
    max: scalingConfig?.maxSize ?? 0,
    desired: scalingConfig?.desiredSize ?? 0,
    running: below.reduce((sum, { running }) => sum + running, 0),
    arn: nodegroup.nodegroupArn,
    status: nodegroup.status ?? 'unknown',
    created: nodegroup.createdAt,
    tags: nodegroup.tags ?? {},
    types: nodegroup.instanceTypes ?? [],
  };
}

/** The same key is the same update, however often it is asked for. */
export async function resizeNodegroup(
  access: ActionAccess,
  input: ActionInput,
  size: { readonly min: number | undefined; readonly max: number | undefined; readonly desired: number },
  key: string,
): Promise<void> {
  const nodegroupName = part(input, 'nodegroup');
  const { sdk, client } = await connectEks(access, part(input, 'region'));
  const operation = 'UpdateNodegroupConfig';
  const task = `scale ${nodegroupName} to ${size.desired}`;
  try {
    await callAws(access, { permission: `eks:${operation}`, operation, task, write: true }, (abortSignal) =>
      client.send(
        new sdk.UpdateNodegroupConfigCommand({
          clusterName: part(input, 'cluster'),
          nodegroupName,
          scalingConfig: { minSize: size.min, maxSize: size.max, desiredSize: size.desired },
          clientRequestToken: createHash('sha256').update(key).digest('hex'),
        }),
        { abortSignal },
      ),
    );
  } finally {
    client.destroy();
  }
}

async function describe(access: ActionAccess, input: ActionInput) {
  const nodegroupName = part(input, 'nodegroup');
  const { sdk, client } = await connectEks(access, part(input, 'region'));
  const operation = 'DescribeNodegroup';
  const about = {
    permission: `eks:${operation}`,
    operation,
    task: `read the state of ${nodegroupName}`,
    write: false,
  };
  try {
    const answer = await unlessGone(
      callAws(access, about, (abortSignal) =>
        client.send(
          new sdk.DescribeNodegroupCommand({ clusterName: part(input, 'cluster'), nodegroupName }),
          { abortSignal },
        ),
      ),
    );
    return answer?.nodegroup;
  } finally {
    client.destroy();
  }
}
