/** AKS clusters and their node pools. */
import { accepted, locked, notFound, pattern, type Route, refuse, resourceAt, under } from './route.ts';
import type { AzureState } from './state.ts';
import type { ClusterSeed } from './types.ts';

const PROVIDER = 'Microsoft.ContainerService';
const TYPE = `${PROVIDER}/managedClusters`;

export function seedCluster(state: AzureState, seed: ClusterSeed): void {
  const { subscription, resourceGroup, name, location, stopped } = seed;
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${TYPE}/${name}`;
  const powerState = { code: stopped ? 'Stopped' : 'Running' };
  state.resources.set(id.toLowerCase(), {
    id,
    name,
    type: TYPE,
    location,
    tags: { ...seed.tags },
    properties: {
      provisioningState: 'Succeeded',
      powerState,
      kubernetesVersion: '1.33.2',
      nodeResourceGroup: seed.nodeResourceGroup ?? `MC_${resourceGroup}_${name}_${location}`,
    },
  });
  for (const pool of seed.pools) {
    const own = `${id}/agentPools/${pool.name}`;
    const { autoscaler } = pool;
    state.resources.set(own.toLowerCase(), {
      id: own,
      name: pool.name,
      type: `${TYPE}/agentPools`,
      properties: {
        eTag: state.nextTag(),
        count: pool.count,
        vmSize: pool.size,
        osDiskSizeGB: 128,
        osType: 'Linux',
        type: 'VirtualMachineScaleSets',
        mode: pool.mode ?? 'User',
        enableAutoScaling: autoscaler !== undefined,
        ...(autoscaler && { minCount: autoscaler.least, maxCount: autoscaler.most }),
        ...(pool.spot && { scaleSetPriority: 'Spot', scaleSetEvictionPolicy: 'Delete', spotMaxPrice: -1 }),
        provisioningState: 'Succeeded',
        powerState: { ...powerState },
        orchestratorVersion: '1.33.2',
        currentOrchestratorVersion: '1.33.2',
        nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202610.19.0',
        tags: { ...pool.tags },
      },
    });
    if (seed.locked) state.locked.add(own.toLowerCase());
  }
}

export const clusterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: pattern(`/subscriptions/{subscription}/providers/${TYPE}`),
    operation: `${TYPE}/read`,
    answer(state, _request, { subscription = '' }) {
      const under = `/subscriptions/${subscription}/`.toLowerCase();
      const value = [...state.resources]
        .filter(([id, { type }]) => id.startsWith(under) && type === TYPE)
        .map(([, cluster]) => cluster);
      return { status: 200, body: { value } };
    },
  },
  {
    method: 'GET',
    path: under(PROVIDER, 'managedClusters/{name}'),
    operation: `${TYPE}/read`,
    answer(state, request) {
      const cluster = resourceAt(state, request.path);
      return cluster ? { status: 200, body: cluster } : notFound(request);
    },
  },
  {
    method: 'GET',
    path: under(PROVIDER, 'managedClusters/{cluster}/agentPools/{name}'),
    operation: `${TYPE}/agentPools/read`,
    answer(state, request) {
      const pool = resourceAt(state, request.path);
      return pool ? { status: 200, body: pool } : notFound(request);
    },
  },
  {
    method: 'PUT',
    path: under(PROVIDER, 'managedClusters/{cluster}/agentPools/{name}'),
    operation: `${TYPE}/agentPools/write`,
    answer(state, request, at) {
      const pool = resourceAt(state, request.path);
      if (!pool) return notFound(request);
      if (state.locked.has(request.path.toLowerCase())) return locked(request);
      const { properties } = pool;
      const asked = { ...(request.body as { properties?: Record<string, unknown> } | undefined)?.properties };
      const refused = invalid(properties, asked, request.headers['if-match']);
      if (refused) return refused;
      const {
        eTag: _tag,
        provisioningState: _state,
        minCount: _least,
        maxCount: _most,
        ...kept
      } = properties;
      pool.properties = { ...kept, ...asked, eTag: state.nextTag(), provisioningState: 'Scaling' };
      const operation = state.later(() => {
        pool.properties.provisioningState = 'Succeeded';
        return undefined;
      });
      const location = resourceAt(state, request.path.replace(/\/agentPools\/[^/]+$/i, ''))?.location;
      const where = `/subscriptions/${at.subscription}/providers/${PROVIDER}/locations/${location}/operations`;
      return accepted(request, operation, where, pool);
    },
  },
];

/** What Azure checks before it takes a pool. */
function invalid(
  now: Readonly<Record<string, unknown>>,
  asked: Readonly<Record<string, unknown>>,
  ifMatch: string | undefined,
) {
  if (ifMatch !== undefined && ifMatch !== now.eTag)
    return refuse(
      412,
      'PreconditionFailed',
      `Etag provided in if-match header ${ifMatch} does not match etag of resource ${now.eTag}.`,
    );
  if (now.provisioningState !== 'Succeeded')
    return refuse(
      409,
      'OperationNotAllowed',
      `Operation is not allowed because there's an in progress ${now.provisioningState} operation on the agent pool.`,
    );
  if (typeof asked.count !== 'number' || asked.count < 0)
    return refuse(400, 'InvalidParameter', 'The value of parameter agentPoolProfile.count is invalid.');
  if (now.mode === 'System' && asked.count === 0)
    return refuse(
      400,
      'InvalidParameter',
      'The value of parameter agentPoolProfile.count is invalid: a system pool needs at least 1 node.',
    );
  if (asked.enableAutoScaling !== true && (asked.minCount !== undefined || asked.maxCount !== undefined))
    return refuse(
      400,
      'InvalidParameter',
      'The value of parameter agentPoolProfile.minCount is invalid: auto scaling is not enabled.',
    );
  return undefined;
}
