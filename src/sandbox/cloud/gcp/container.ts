/** Kubernetes Engine v1: node pools that are resized, one change of a cluster at a time. */
import { groupKey } from './compute.ts';
import { Refusal } from './refusal.ts';
import type { Route, RouteRequest } from './route.ts';
import { type State, timeOf } from './state.ts';
import type { Json, NodePoolSeed } from './types.ts';

const CLUSTER = '^/v1/projects/(?<project>[^/]+)/locations/(?<location>[^/]+)/clusters/(?<cluster>[^/:]+)';
const POOL = `${CLUSTER}/nodePools/(?<pool>[^/:]+)`;

export function seedNodePool(state: State, seed: NodePoolSeed): void {
  const { project, location, cluster, name, nodes } = seed;
  const at = { project, location, cluster, pool: name };
  const zones = seed.zones ?? [location];
  state.resources.set(clusterKey(state, at), {
    name: cluster,
    location,
    status: 'RUNNING',
    resourceLabels: { ...seed.labels },
    createTime: timeOf(seed.createdAt?.getTime() ?? state.now()),
    ...(seed.autopilot && { autopilot: { enabled: true } }),
  });
  state.resources.set(poolKey(state, at), {
    name,
    config: {
      machineType: seed.machineType ?? 'n1-standard-8',
      ...(seed.accelerator && {
        accelerators: [
          { acceleratorType: seed.accelerator.type, acceleratorCount: String(seed.accelerator.count) },
        ],
      }),
    },
    initialNodeCount: nodes,
    locations: [...zones],
    instanceGroupUrls: zones.map(
      (zone) =>
        `https://www.googleapis.com/compute/v1/projects/${project}/zones/${zone}/instanceGroupManagers/${groupName(cluster, name)}`,
    ),
    ...(seed.autoscaling && { autoscaling: { ...seed.autoscaling } }),
    status: seed.status ?? 'RUNNING',
  });
  for (const zone of zones)
    state.resources.set(groupKey(state, { project, zone, name: groupName(cluster, name) }), {
      kind: 'compute#instanceGroupManager',
      name: groupName(cluster, name),
      targetSize: nodes,
      currentActions: { none: nodes, creating: 0, deleting: 0 },
      status: { isStable: true },
    });
}

export function containerRoutes(state: State): readonly Route[] {
  const read = (path: string, operation: string, answer: Route['answer']): Route => ({
    api: 'container',
    method: 'GET',
    path: new RegExp(`${path}$`),
    operation: `container.${operation}.get`,
    permission: operation === 'operations' ? 'container.operations.get' : 'container.clusters.get',
    write: false,
    answer,
  });
  const write = (method: string, answer: Route['answer']): Route => ({
    api: 'container',
    method: 'POST',
    path: new RegExp(`${POOL}:${method}$`),
    operation: `container.nodePools.${method}`,
    permission: 'container.clusters.update',
    write: true,
    answer,
  });
  return [
    read(CLUSTER, 'clusters', ({ at }) => known(state.resources.get(clusterKey(state, at)), at)),
    read(POOL, 'nodePools', ({ at }) => known(state.resources.get(poolKey(state, at)), at)),
    read(
      '^/v1/projects/(?<project>[^/]+)/locations/(?<location>[^/]+)/operations/(?<operation>[^/]+)',
      'operations',
      ({ at }) => known(state.operations.get(at.operation ?? ''), at),
    ),
    write('setSize', (request) => setSize(state, request)),
    write('setAutoscaling', (request) => setAutoscaling(state, request)),
  ];
}

function setSize(state: State, { at, body }: RouteRequest): Json {
  const pool = known(state.resources.get(poolKey(state, at)), at);
  refuseAutopilot(state, at);
  const count = Number(body.nodeCount ?? 0);
  if (!Number.isInteger(count) || count < 0) throw new Refusal(400, 'Invalid value for nodeCount.');
  const operation = begin(state, at, 'SET_NODE_POOL_SIZE', () => {
    pool.status = 'RUNNING';
    const scaling = pool.autoscaling as Json | undefined;
    // What the autoscaler does when its pool is made smaller than it may be.
    const wanted = scaling?.enabled === true ? Math.max(count, Number(scaling.minNodeCount ?? 0)) : count;
    for (const group of groupsOf(state, at, pool))
      Object.assign(group, {
        targetSize: wanted,
        currentActions: { none: wanted, creating: 0, deleting: 0 },
        status: { isStable: true },
      });
  });
  pool.status = 'RECONCILING';
  for (const group of groupsOf(state, at, pool))
    Object.assign(group, { targetSize: count, status: { isStable: false } });
  return operation;
}

function setAutoscaling(state: State, { at, body }: RouteRequest): Json {
  const pool = known(state.resources.get(poolKey(state, at)), at);
  refuseAutopilot(state, at);
  const wanted = (body.autoscaling ?? {}) as Json;
  return begin(state, at, 'SET_NODE_POOL_AUTOSCALING', () => {
    // Switched off, the limits are forgotten.
    if (wanted.enabled === true) pool.autoscaling = { ...wanted };
    else delete pool.autoscaling;
  });
}

function refuseAutopilot(state: State, at: RouteRequest['at']): void {
  if (state.resources.get(clusterKey(state, at))?.autopilot !== undefined)
    throw new Refusal(400, 'Autopilot clusters do not support mutating node pools.');
}

function begin(state: State, at: RouteRequest['at'], operationType: string, apply: () => void): Json {
  const cluster = `projects/${at.project}/locations/${at.location}/clusters/${at.cluster}`;
  const running = [...state.operations.values()].find(
    ({ targetLink, status }) =>
      String(targetLink).includes(`/clusters/${at.cluster}/nodePools/`) && status !== 'DONE',
  );
  if (running)
    throw new Refusal(
      400,
      `Cluster is running incompatible operation ${String(running.name)}.`,
      'FAILED_PRECONDITION',
    );
  const name = `operation-${state.now()}-${state.nextId()}`;
  const operation: Json = {
    name,
    operationType,
    status: 'RUNNING',
    location: at.location,
    startTime: timeOf(state.now()),
    targetLink: `https://container.googleapis.com/v1/${cluster}/nodePools/${at.pool}`,
  };
  state.operations.set(name, operation);
  state.later(() => {
    apply();
    Object.assign(operation, { status: 'DONE', endTime: timeOf(state.now()) });
  });
  return operation;
}

function groupsOf(state: State, at: RouteRequest['at'], pool: Json): Json[] {
  const name = groupName(at.cluster ?? '', String(pool.name));
  return (pool.locations as string[]).flatMap((zone): Json[] => {
    const group = state.resources.get(groupKey(state, { project: at.project ?? '', zone, name }));
    return group ? [group] : [];
  });
}

function known(found: Json | undefined, at: RouteRequest['at']): Json {
  if (found) return found;
  const { project, location, cluster, pool, operation } = at;
  const place = `projects/${project}/locations/${location}`;
  if (operation !== undefined) throw new Refusal(404, `Not found: ${place}/operations/${operation}.`);
  throw new Refusal(
    404,
    `Not found: ${place}/clusters/${cluster}${pool === undefined ? '' : `/nodePools/${pool}`}.`,
  );
}

function groupName(cluster: string, pool: string): string {
  return `gke-${cluster}-${pool}-grp`;
}

function clusterKey(state: State, { project = '', location, cluster }: RouteRequest['at']): string {
  return `cluster ${state.project(project)}/${location}/${cluster}`;
}

function poolKey(state: State, at: RouteRequest['at']): string {
  return `pool ${clusterKey(state, at)}/${at.pool}`;
}
