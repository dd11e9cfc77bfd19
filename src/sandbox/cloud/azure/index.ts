/** A stand-in of Azure Resource Manager: VMs, Machine Learning computes and endpoints, AKS node pools. */
import { openStandIn, type WireAnswer, type WireRequest } from '../http-stand-in.ts';
import type { StandIn, StandInOptions } from '../types.ts';
import { computeRoutes, seedCompute } from './machine-learning.ts';
import { clusterRoutes, seedCluster } from './managed-clusters.ts';
import { endpointRoutes, seedAutoscale, seedEndpoint } from './online-endpoints.ts';
import { operationRoutes } from './operations.ts';
import { notFound, type Route, refuse } from './route.ts';
import { createState } from './state.ts';
import type { ArmResource, AzureResources } from './types.ts';
import { machineRoutes, seedMachine } from './virtual-machines.ts';

export type { AzureResources } from './types.ts';

export interface AzureStandIn extends StandIn {
  /** A resource as it is now, to be changed as somebody in the portal would; undefined when it is gone. */
  resource(id: string): ArmResource | undefined;
  /** Sets what the instance view of a VM says. */
  setPower(id: string, power: string): void;
  /** Deletes it with everything below it. */
  remove(id: string): void;
}

const ROUTES: readonly Route[] = [
  ...machineRoutes,
  ...computeRoutes,
  ...endpointRoutes,
  ...clusterRoutes,
  ...operationRoutes,
];

/** Listens on 127.0.0.1 unless told otherwise. Tokens are not looked at. `calls` are named as roles name them. */
export async function createAzureStandIn(
  options: StandInOptions,
  resources: AzureResources,
): Promise<AzureStandIn> {
  const state = createState(options);
  for (const seed of resources.virtualMachines ?? []) seedMachine(state, seed);
  for (const seed of resources.computes ?? []) seedCompute(state, seed);
  for (const seed of resources.endpoints ?? []) seedEndpoint(state, seed);
  for (const seed of resources.autoscale ?? []) seedAutoscale(state, seed);
  for (const seed of resources.clusters ?? []) seedCluster(state, seed);

  const standIn = await openStandIn(options, {
    find(request) {
      state.settle();
      for (const route of ROUTES) {
        const match = route.method === request.method ? route.path.exec(request.path) : null;
        if (!match) continue;
        return {
          operation: route.operation,
          write: route.method !== 'GET',
          target: decodeURIComponent(match.groups?.name ?? request.path),
          answer: () => versioned(request) ?? route.answer(state, decoded(request), { ...match.groups }),
        };
      }
      return undefined;
    },
    unknown: notFound,
    refuse(kind, { operation }, { path }) {
      if (kind === 'denied')
        return refuse(
          403,
          'AuthorizationFailed',
          `The client '4f6e6b5a-0000-4000-8000-70656e6e7977' with object id '4f6e6b5a-0000-4000-8000-70656e6e7977' does not have authorization to perform action '${operation}' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
        );
      if (kind === 'broken') return refuse(500, 'InternalServerError', 'An internal server error occurred.');
      const answer = refuse(
        429,
        'TooManyRequests',
        'The request is being throttled as the limit has been reached for operation type.',
      );
      return { ...answer, headers: { ...answer.headers, 'retry-after': '5' } };
    },
    snapshot() {
      state.settle();
      return { resources: Object.fromEntries(state.resources), power: Object.fromEntries(state.power) };
    },
  });
  return {
    ...standIn,
    resource(id) {
      state.settle();
      return state.resources.get(id.toLowerCase());
    },
    setPower: (id, power) => void state.power.set(id.toLowerCase(), { state: power }),
    remove(id) {
      const own = id.toLowerCase();
      for (const key of state.resources.keys())
        if (key === own || key.startsWith(`${own}/`)) state.resources.delete(key);
    },
  };
}

function versioned({ query }: WireRequest): WireAnswer | undefined {
  if (query.get('api-version')) return undefined;
  const message = 'The api-version query parameter (?api-version=) is required for all requests.';
  return refuse(400, 'MissingApiVersionParameter', message);
}

function decoded(request: WireRequest): WireRequest {
  return { ...request, path: decodeURIComponent(request.path) };
}
