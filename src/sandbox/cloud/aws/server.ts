/** Stand-in for AWS: one address for all its services, as any emulator has, over a state in memory. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call, Fault, StandIn, StandInOptions } from '../types.ts';
import { createAutoScaling, type Group, type GroupSeed, groupOf } from './autoscaling.ts';
import { createEc2, type Instance, type InstanceSeed, instanceOf } from './ec2.ts';
import { createEcs, type EcsService, type EcsServiceSeed, ecsServiceOf } from './ecs.ts';
import { createEks, groupBelow, type Nodegroup, type NodegroupSeed, nodegroupOf } from './eks.ts';
import { faultOf, type Incoming, type Protocol, protocols, type Written } from './protocols.ts';
import { createSageMaker, type SageMakerSeed } from './sagemaker.ts';
import { createSts } from './sts.ts';
import { AwsFault, type AwsRequest, type AwsService } from './types.ts';

export interface AwsResources {
  /** Account of whoever signs with a key of their own; absent: such a key sees all accounts. */
  readonly account?: string;
  readonly instances?: readonly InstanceSeed[];
  readonly groups?: readonly GroupSeed[];
  readonly ecsServices?: readonly EcsServiceSeed[];
  readonly nodegroups?: readonly NodegroupSeed[];
  readonly sageMaker?: SageMakerSeed;
}

/** What it holds now. Changing it is what somebody else does in the console. */
export interface AwsState {
  readonly instances: Instance[];
  readonly groups: Group[];
  readonly ecsServices: EcsService[];
  readonly nodegroups: Nodegroup[];
}

export type AwsStandIn = StandIn & { readonly state: AwsState };

const MOST_BYTES = 1_000_000;
const SIGNED = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/** Listens on this machine only, for plain `AWS_ENDPOINT_URL`. Any key will do, but a request must be signed. */
export async function createAwsStandIn(
  options: StandInOptions,
  resources: AwsResources,
): Promise<AwsStandIn> {
  const calls: Call[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const accounts = new Map<string, string>();
  const nodegroups = (resources.nodegroups ?? []).map(nodegroupOf);
  const state: AwsState = {
    instances: (resources.instances ?? []).map(instanceOf),
    groups: [...(resources.groups ?? []), ...nodegroups.map(groupBelow)].map(groupOf),
    ecsServices: (resources.ecsServices ?? []).map(ecsServiceOf),
    nodegroups,
  };
  const list: readonly AwsService[] = [
    createEc2(state.instances, options.lag),
    createAutoScaling(state.groups, options.lag),
    createEcs(state.ecsServices, options.lag),
    createEks(state.nodegroups, state.groups, options.lag),
    createSageMaker(resources.sageMaker ?? {}, options.lag),
    createSts((key, account) => accounts.set(key, account)),
  ];
  const services = new Map(list.map((service) => [service.id, service]));

  const takeFault = (operation: string, write: boolean) => {
    const found = faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.operation === undefined ? write : fault.operation === operation),
    );
    if (found) found.left--;
    return found?.fault.kind;
  };
  /** Undefined when the answer is to be lost. */
  const respond = (incoming: Incoming): Written | undefined => {
    const signed = SIGNED.exec(String(incoming.headers.authorization ?? ''));
    const [, key = '', region = '', id = ''] = signed ?? [];
    const service = services.get(id);
    const protocol = protocols[id];
    if (!signed || !service || !protocol) return unsigned(signed !== null, id);
    try {
      const request: AwsRequest = {
        ...protocol.read(incoming),
        region,
        account: accounts.get(key) ?? resources.account,
        now: options.now(),
      };
      return carryOut(service, protocol, request);
    } catch (error) {
      return protocol.refuse(asFault(error));
    }
  };
  const carryOut = (service: AwsService, protocol: Protocol, request: AwsRequest): Written | undefined => {
    const { operation, now } = request;
    const write = service.writes(operation);
    const kind = takeFault(operation, write);
    const written =
      kind === undefined || kind === 'lost'
        ? handle(service, protocol, request)
        : protocol.refuse(faultOf(kind, protocol, `${service.id}:${operation}`));
    calls.push({ at: now, operation, write, target: service.target(request), status: written.status });
    return kind === 'lost' ? undefined : written;
  };

  const server = createServer((request, response) => {
    serve(request, response, respond).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    calls,
    state,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    snapshot: () => Object.fromEntries(list.map((service) => [service.id, service.snapshot(options.now())])),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  respond: (incoming: Incoming) => Written | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too long');
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const written = respond({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    body,
  });
  if (!written) {
    request.socket.destroy();
    return;
  }
  response.writeHead(written.status, written.headers).end(written.body);
}

function handle(service: AwsService, protocol: Protocol, request: AwsRequest): Written {
  try {
    return protocol.answer(request.operation, service.handle(request));
  } catch (error) {
    return protocol.refuse(asFault(error));
  }
}

function asFault(error: unknown): AwsFault {
  return error instanceof AwsFault ? error : new AwsFault('InternalFailure', String(error), 500);
}

/** As AWS says it in JSON; the protocol is not known yet. */
function unsigned(isSigned: boolean, service: string): Written {
  const [code, message] = isSigned
    ? ['UnknownService', `This stand-in has no service "${service}".`]
    : ['MissingAuthenticationTokenException', 'Missing Authentication Token'];
  return {
    status: isSigned ? 404 : 403,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}
