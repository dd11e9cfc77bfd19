/** EC2 instances: reading one, stopping and starting it. */
import type { Instance } from '@aws-sdk/client-ec2';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput } from '../types.ts';
import { callAws, unlessGone } from './call.ts';
import { connectEc2 } from './connect.ts';
import { part } from './input.ts';

export interface Ec2Instance {
  readonly id: string;
  /** EC2's own word: pending, running, shutting-down, terminated, stopping, stopped. */
  readonly state: string;
  readonly type: string;
  readonly launched: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly rootDevice: string;
  /** Account that owns it. */
  readonly owner: string | undefined;
  /** Its spot request, if it was bought so. */
  readonly spotRequest: string | undefined;
  readonly isSpot: boolean;
}

/** Undefined when there is none of that id. */
export async function readInstance(
  access: ActionAccess,
  input: ActionInput,
): Promise<Ec2Instance | undefined> {
  const id = part(input, 'instanceId');
  const { sdk, client } = await connectEc2(access, part(input, 'region'));
  try {
    const answer = await unlessGone(
      callAws(access, reading('DescribeInstances', `read the state of ${id}`), (abortSignal) =>
        client.send(new sdk.DescribeInstancesCommand({ InstanceIds: [id] }), { abortSignal }),
      ),
    );
    for (const reservation of answer?.Reservations ?? [])
      for (const instance of reservation.Instances ?? [])
        if (instance.InstanceId === id) return instanceOf(id, instance, reservation.OwnerId);
    return undefined;
  } finally {
    client.destroy();
  }
}

/** Whether EC2 would refuse to stop it, by its attribute disableApiStop. */
export async function isStopProtected(access: ActionAccess, input: ActionInput): Promise<boolean> {
  const id = part(input, 'instanceId');
  const { sdk, client } = await connectEc2(access, part(input, 'region'));
  try {
    const answer = await callAws(
      access,
      reading('DescribeInstanceAttribute', `read whether ${id} is protected from being stopped`),
      (abortSignal) =>
        client.send(
          new sdk.DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'disableApiStop' }),
          { abortSignal },
        ),
    );
    return answer.DisableApiStop?.Value === true;
  } catch (error) {
    // Emulators may not know the attribute; who has it refuses StopInstances itself.
    if (
      error instanceof AppError &&
      /^(InvalidParameter|InvalidAction|Unsupported)/.test(String(error.cause))
    )
      return false;
    throw error;
  } finally {
    client.destroy();
  }
}

/** "one-time" or "persistent"; undefined when the request is not known any more. */
export async function spotKind(access: ActionAccess, input: ActionInput, request: string) {
  const { sdk, client } = await connectEc2(access, part(input, 'region'));
  try {
    const answer = await unlessGone(
      callAws(
        access,
        reading('DescribeSpotInstanceRequests', `read the spot request ${request}`),
        (abortSignal) =>
          client.send(new sdk.DescribeSpotInstanceRequestsCommand({ SpotInstanceRequestIds: [request] }), {
            abortSignal,
          }),
      ),
    );
    return answer?.SpotInstanceRequests?.[0]?.Type;
  } finally {
    client.destroy();
  }
}

/** Stops or starts; what is on its way there already is left alone by EC2 itself. */
export async function turn(access: ActionAccess, input: ActionInput, to: 'stop' | 'start'): Promise<void> {
  const id = part(input, 'instanceId');
  const operation = to === 'stop' ? 'StopInstances' : 'StartInstances';
  const { sdk, client } = await connectEc2(access, part(input, 'region'));
  const about = { permission: `ec2:${operation}`, operation, task: `${to} ${id}`, write: true };
  try {
    await callAws(access, about, async (abortSignal) => {
      if (to === 'stop')
        await client.send(new sdk.StopInstancesCommand({ InstanceIds: [id] }), { abortSignal });
      else await client.send(new sdk.StartInstancesCommand({ InstanceIds: [id] }), { abortSignal });
    });
  } finally {
    client.destroy();
  }
}

function reading(operation: string, task: string) {
  return { permission: `ec2:${operation}`, operation, task, write: false };
}

function instanceOf(id: string, instance: Instance, owner: string | undefined): Ec2Instance {
  return {
    id,
    state: instance.State?.Name ?? 'unknown',
    type: instance.InstanceType ?? 'of unknown type',
    launched: instance.LaunchTime,
    tags: Object.fromEntries((instance.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    rootDevice: instance.RootDeviceType ?? 'ebs',
    owner,
    spotRequest: instance.SpotInstanceRequestId,
    isSpot: instance.InstanceLifecycle === 'spot',
  };
}
