/** Compute Engine v1: instances that are stopped and started, the groups behind node pools, zone operations. */
import { Refusal } from './refusal.ts';
import type { Route, RouteRequest } from './route.ts';
import { digitsOf, type State, timeOf } from './state.ts';
import type { InstanceSeed, Json } from './types.ts';

const HOST = 'https://www.googleapis.com/compute/v1';
const ZONE = '^/compute/v1/projects/(?<project>[^/]+)/zones/(?<zone>[^/]+)';

export function seedInstance(state: State, seed: InstanceSeed): void {
  const place = `projects/${seed.project}/zones/${seed.zone}`;
  if (seed.scarce) state.scarce.add(`${HOST}/${place}/instances/${seed.name}`);
  const path = `${place}/instances/${seed.name}`;
  const disk = { kind: 'compute#attachedDisk', mode: 'READ_WRITE' };
  state.resources.set(key(state, seed.project, seed.zone, seed.name), {
    kind: 'compute#instance',
    id: seed.id ?? digitsOf(path),
    creationTimestamp: timeOf(seed.createdAt?.getTime() ?? state.now()),
    name: seed.name,
    status: seed.status ?? 'RUNNING',
    zone: `${HOST}/${place}`,
    machineType: `${HOST}/${place}/machineTypes/${seed.machineType ?? 'n1-standard-8'}`,
    labels: { ...seed.labels },
    metadata: {
      kind: 'compute#metadata',
      items: Object.entries(seed.metadata ?? {}).map(([name, value]) => ({ key: name, value })),
    },
    guestAccelerators: (seed.accelerators ?? []).map(({ type, count }) => ({
      acceleratorType: `${HOST}/${place}/acceleratorTypes/${type}`,
      acceleratorCount: count,
    })),
    disks: [
      { ...disk, type: 'PERSISTENT', boot: true, diskSizeGb: '200', autoDelete: true },
      ...Array.from({ length: seed.localSsds ?? 0 }, () => ({ ...disk, type: 'SCRATCH', diskSizeGb: '375' })),
    ],
    scheduling: { provisioningModel: seed.spot ? 'SPOT' : 'STANDARD', automaticRestart: !seed.spot },
    selfLink: `${HOST}/${path}`,
  });
}

export function computeRoutes(state: State): readonly Route[] {
  const instance = `${ZONE}/instances/(?<instance>[^/]+)`;
  return [
    {
      api: 'compute',
      method: 'GET',
      path: new RegExp(`${instance}$`),
      operation: 'compute.instances.get',
      permission: 'compute.instances.get',
      write: false,
      answer: ({ at }) => find(state, at),
    },
    change(state, 'stop', new RegExp(`${instance}/stop$`), ['STOPPING', 'TERMINATED'], ['RUNNING']),
    change(state, 'start', new RegExp(`${instance}/start$`), ['STAGING', 'RUNNING'], ['TERMINATED']),
    {
      api: 'compute',
      method: 'GET',
      path: new RegExp(`${ZONE}/operations/(?<name>[^/]+)$`),
      operation: 'compute.zoneOperations.get',
      permission: 'compute.zoneOperations.get',
      write: false,
      answer: ({ at }) => known(state.operations.get(at.name ?? ''), at),
    },
    {
      api: 'compute',
      method: 'GET',
      path: new RegExp(`${ZONE}/instanceGroupManagers/(?<name>[^/]+)$`),
      operation: 'compute.instanceGroupManagers.get',
      permission: 'compute.instanceGroupManagers.get',
      write: false,
      answer: ({ at }) => known(state.resources.get(groupKey(state, at)), at),
    },
  ];
}

function change(
  state: State,
  verb: 'stop' | 'start',
  path: RegExp,
  [through, to]: readonly [string, string],
  from: readonly string[],
): Route {
  return {
    api: 'compute',
    method: 'POST',
    path,
    operation: `compute.instances.${verb}`,
    permission: `compute.instances.${verb}`,
    write: true,
    answer(request) {
      const instance = find(state, request.at);
      const again = earlier(state, request);
      if (again) return again;
      const status = String(instance.status);
      if (status === to) return operate(state, verb, instance, request, () => undefined);
      if (!from.includes(status))
        throw new Refusal(400, `The resource '${pathOf(instance)}' is not ready`, 'resourceNotReady');
      instance.status = through;
      return operate(state, verb, instance, request, () => {
        const scarce = verb === 'start' && state.scarce.has(String(instance.selfLink));
        instance.status = scarce ? status : to;
        return scarce ? noCapacity(instance) : undefined;
      });
    },
  };
}

/** The operation that an earlier request with the same requestId made. */
function earlier(state: State, { query }: RouteRequest): Json | undefined {
  const requestId = query.get('requestId');
  if (requestId === null) return undefined;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(requestId) || /^[0-]+$/.test(requestId))
    throw new Refusal(400, "Invalid value for field 'requestId': it must be a UUID.");
  return [...state.operations.values()].find(({ clientOperationId }) => clientOperationId === requestId);
}

function noCapacity(instance: Json): Json {
  const zone = String(instance.zone).slice(HOST.length + 1);
  const message = `The zone '${zone}' does not have enough resources available to fulfill the request.`;
  return { errors: [{ code: 'ZONE_RESOURCE_POOL_EXHAUSTED', message }] };
}

/** `apply` gives the error with which the operation ends, if it does. */
function operate(
  state: State,
  verb: string,
  instance: Json,
  request: RouteRequest,
  apply: () => Json | undefined,
): Json {
  const name = `operation-${state.now()}-${state.nextId()}`;
  const operation: Json = {
    kind: 'compute#operation',
    name,
    operationType: verb,
    targetLink: instance.selfLink,
    targetId: instance.id,
    status: 'RUNNING',
    progress: 0,
    zone: instance.zone,
    insertTime: timeOf(state.now()),
    clientOperationId: request.query.get('requestId') ?? undefined,
    selfLink: `${String(instance.zone)}/operations/${name}`,
  };
  state.operations.set(name, operation);
  state.later(() => {
    const error = apply();
    const ended = { status: 'DONE', progress: 100, endTime: timeOf(state.now()) };
    Object.assign(operation, ended, error && { error });
  });
  return operation;
}

function find(state: State, at: RouteRequest['at']): Json {
  const { project = '', zone = '', instance = '' } = at;
  const named = state.resources.get(key(state, project, zone, instance));
  const byId = [...state.resources].find(
    ([name, { id }]) => id === instance && name.startsWith(key(state, project, zone, '')),
  )?.[1];
  return known(named ?? byId, at);
}

function known(found: Json | undefined, at: RouteRequest['at']): Json {
  if (found) return found;
  const { project, zone, instance, name } = at;
  throw new Refusal(
    404,
    `The resource 'projects/${project}/zones/${zone}/${instance === undefined ? `operations/${name}` : `instances/${instance}`}' was not found`,
  );
}

function key(state: State, project: string, zone: string, name: string): string {
  return `compute ${state.project(project)}/${zone}/${name}`;
}

/** Under which the group behind a node pool's zone is kept. */
export function groupKey(state: State, at: Readonly<Record<string, string>>): string {
  return `group ${state.project(at.project ?? '')}/${at.zone}/${at.name}`;
}

function pathOf(instance: Json): string {
  return String(instance.selfLink).slice(HOST.length + 1);
}
