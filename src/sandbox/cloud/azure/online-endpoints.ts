/** Online endpoints of Azure Machine Learning with their deployments, and autoscale settings of Azure Monitor. */
import { accepted, locked, notFound, type Route, refuse, resourceAt, under } from './route.ts';
import type { AzureState } from './state.ts';
import type { AutoscaleSeed, EndpointSeed } from './types.ts';

const PROVIDER = 'Microsoft.MachineLearningServices';
const TYPE = `${PROVIDER}/workspaces/onlineEndpoints`;

export function seedEndpoint(state: AzureState, seed: EndpointSeed): void {
  const { subscription, resourceGroup, workspace, name, location } = seed;
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${PROVIDER}/workspaces/${workspace}/onlineEndpoints/${name}`;
  const traffic = seed.deployments.map((one) => [one.name, one.traffic ?? 0] as const);
  state.resources.set(id.toLowerCase(), {
    id,
    name,
    type: TYPE,
    location,
    kind: 'Managed',
    tags: { ...seed.tags },
    systemData: { createdAt: seed.createdAt ?? '2026-03-17T14:00:00.000Z' },
    properties: {
      authMode: 'AMLToken',
      provisioningState: 'Succeeded',
      traffic: Object.fromEntries(traffic),
    },
  });
  for (const { name: deployment, instanceType, instances, scalesItself } of seed.deployments) {
    const own = `${id}/deployments/${deployment}`;
    state.resources.set(own.toLowerCase(), {
      id: own,
      name: deployment,
      type: `${TYPE}/deployments`,
      location,
      kind: scalesItself ? 'Kubernetes' : 'Managed',
      sku: { name: 'Default', capacity: instances },
      properties: {
        endpointComputeType: scalesItself ? 'Kubernetes' : 'Managed',
        instanceType,
        provisioningState: 'Succeeded',
        scaleSettings: { scaleType: scalesItself ? 'TargetUtilization' : 'Default' },
      },
    });
    if (seed.locked) state.locked.add(own.toLowerCase());
  }
}

export function seedAutoscale(state: AzureState, seed: AutoscaleSeed): void {
  const { subscription, resourceGroup, name, location, target, least, most } = seed;
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Insights/autoscaleSettings/${name}`;
  const capacity = { minimum: String(least), maximum: String(most), default: String(least) };
  state.resources.set(id.toLowerCase(), {
    id,
    name,
    type: 'Microsoft.Insights/autoscaleSettings',
    location,
    properties: {
      enabled: true,
      targetResourceUri: target,
      profiles: [{ name: 'usual', capacity, rules: [] }],
    },
  });
}

export const endpointRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: under(PROVIDER, 'workspaces/{workspace}/onlineEndpoints/{name}'),
    operation: `${TYPE}/read`,
    answer(state, request) {
      const endpoint = resourceAt(state, request.path);
      return endpoint ? { status: 200, body: endpoint } : notFound(request);
    },
  },
  {
    method: 'GET',
    path: under(PROVIDER, 'workspaces/{workspace}/onlineEndpoints/{name}/deployments'),
    operation: `${TYPE}/deployments/read`,
    answer(state, request) {
      const endpoint = request.path.slice(0, request.path.lastIndexOf('/'));
      if (!resourceAt(state, endpoint)) return notFound(request);
      return { status: 200, body: { value: listUnder(state, `${request.path}/`) } };
    },
  },
  {
    method: 'PATCH',
    path: under(PROVIDER, 'workspaces/{workspace}/onlineEndpoints/{endpoint}/deployments/{name}'),
    operation: `${TYPE}/deployments/write`,
    answer(state, request, at) {
      const deployment = resourceAt(state, request.path);
      if (!deployment) return notFound(request);
      if (state.locked.has(request.path.toLowerCase())) return locked(request);
      const { sku } = (request.body ?? {}) as { sku?: { capacity?: unknown } };
      const capacity = sku?.capacity;
      if (typeof capacity !== 'number' || capacity < 1)
        return refuse(400, 'BadArgument', 'The instance count must be at least 1.');
      const { properties } = deployment;
      if (properties.provisioningState === 'Updating')
        return refuse(409, 'Conflict', `Deployment ${deployment.name} is being updated already.`);
      deployment.sku = { name: 'Default', capacity };
      properties.provisioningState = 'Updating';
      const operation = state.later(() => {
        properties.provisioningState = 'Succeeded';
        return undefined;
      });
      const where = `/subscriptions/${at.subscription}/providers/${PROVIDER}/locations/${deployment.location}/mfeOperationsStatus`;
      return accepted(request, operation, where);
    },
  },
  {
    method: 'GET',
    path: under('Microsoft.Insights', 'autoscaleSettings'),
    operation: 'Microsoft.Insights/autoscaleSettings/read',
    answer: (state, { path }) => ({ status: 200, body: { value: listUnder(state, `${path}/`) } }),
  },
];

function listUnder(state: AzureState, path: string) {
  return [...state.resources].filter(([id]) => id.startsWith(path.toLowerCase())).map(([, one]) => one);
}
