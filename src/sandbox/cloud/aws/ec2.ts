/** EC2 of the stand-in: instances that run, stop and start again after a while. */
import {
  AwsFault,
  type AwsRequest,
  type AwsService,
  isThere,
  listed,
  textOf,
  unknownOperation,
} from './types.ts';

export interface InstanceSeed {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly launched: Date;
  readonly tags?: Readonly<Record<string, string>>;
  /** "running" unless told. */
  readonly state?: InstanceState;
  readonly rootDevice?: 'ebs' | 'instance-store';
  /** Bought as spot, by a request of this kind. */
  readonly spot?: 'one-time' | 'persistent';
  readonly stopProtected?: boolean;
  /** AWS has none of its type free: it does not start again. */
  readonly noCapacity?: boolean;
}

export type InstanceState = keyof typeof CODES;
/** Codes of EC2's InstanceState. */
const CODES = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 };

export interface Instance extends InstanceSeed {
  state: InstanceState;
  launched: Date;
  /** What it is becoming, and when it is. */
  next?: { readonly state: InstanceState; readonly at: number };
}

const FAILS = 'IncorrectInstanceState';

export function instanceOf(seed: InstanceSeed): Instance {
  return { ...seed, state: seed.state ?? 'running' };
}

/** Changes take `lag` milliseconds. The list is its state: what is taken out of it is gone. */
export function createEc2(instances: Instance[], lag: number): AwsService {
  const settle = (now: number) => {
    for (const one of instances)
      if (one.next && one.next.at <= now) {
        one.state = one.next.state;
        delete one.next;
      }
  };
  const find = (request: AwsRequest, id: string): Instance => {
    const found = instances.find((one) => one.id === id && isThere(request, one));
    if (found) return found;
    throw new AwsFault('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  };
  const change = (request: AwsRequest, turn: (instance: Instance) => void) => {
    const chosen = listed(request.input, 'InstanceId').map((id) => find(request, id));
    return {
      instancesSet: chosen.map((one) => {
        const before = one.state;
        turn(one);
        return { instanceId: one.id, currentState: stateOf(one.state), previousState: stateOf(before) };
      }),
    };
  };
  return {
    id: 'ec2',
    writes: (operation) => !operation.startsWith('Describe'),
    target: ({ input }) => listed(input, 'InstanceId').join(', ') || textOf(input, 'InstanceId'),
    handle(request) {
      const { operation, input, now } = request;
      settle(now);
      switch (operation) {
        case 'DescribeInstances':
          return { reservationSet: listed(input, 'InstanceId').map((id) => described(find(request, id))) };
        case 'DescribeInstanceAttribute': {
          const one = find(request, textOf(input, 'InstanceId'));
          return { instanceId: one.id, disableApiStop: { value: one.stopProtected ?? false } };
        }
        case 'DescribeSpotInstanceRequests':
          return {
            spotInstanceRequestSet: instances
              .filter((one) => one.spot !== undefined && isThere(request, one))
              .filter((one) => listed(input, 'SpotInstanceRequestId').includes(spotId(one)))
              .map((one) => ({ spotInstanceRequestId: spotId(one), type: one.spot, instanceId: one.id })),
          };
        case 'StopInstances':
          return change(request, (one) => {
            if (one.stopProtected)
              throw new AwsFault(
                'OperationNotPermitted',
                `The instance '${one.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
              );
            if (one.spot === 'one-time' || one.rootDevice === 'instance-store')
              throw new AwsFault('UnsupportedOperation', `The instance '${one.id}' cannot be stopped.`);
            if (one.state === 'stopped' || one.state === 'stopping') return;
            if (one.state !== 'running')
              throw new AwsFault(
                FAILS,
                `This instance '${one.id}' is not in a state from which it can be stopped.`,
              );
            one.state = 'stopping';
            one.next = { state: 'stopped', at: now + lag };
          });
        case 'StartInstances':
          return change(request, (one) => {
            if (one.state === 'running' || one.state === 'pending') return;
            if (one.state !== 'stopped')
              throw new AwsFault(
                FAILS,
                `The instance '${one.id}' is not in a state from which it can be started.`,
              );
            if (one.noCapacity)
              throw new AwsFault(
                'InsufficientInstanceCapacity',
                `We currently do not have sufficient ${one.type} capacity in the Availability Zone you requested (${one.region}a).`,
                500,
              );
            one.state = 'pending';
            one.launched = new Date(now);
            one.next = { state: 'running', at: now + lag };
          });
        default:
          throw unknownOperation(request);
      }
    },
    snapshot(now) {
      settle(now);
      return structuredClone(instances);
    },
  };
}

function stateOf(name: InstanceState) {
  return { code: CODES[name], name };
}

function spotId({ id }: Instance): string {
  return id.replace(/^i-/, 'sir-');
}

function described(one: Instance) {
  return {
    reservationId: one.id.replace(/^i-/, 'r-'),
    ownerId: one.account,
    instancesSet: [
      {
        instanceId: one.id,
        instanceType: one.type,
        instanceState: stateOf(one.state),
        launchTime: one.launched,
        rootDeviceType: one.rootDevice ?? 'ebs',
        placement: { availabilityZone: `${one.region}a` },
        ...(one.spot && { instanceLifecycle: 'spot', spotInstanceRequestId: spotId(one) }),
        tagSet: Object.entries(one.tags ?? {}).map(([key, value]) => ({ key, value })),
      },
    ],
  };
}
