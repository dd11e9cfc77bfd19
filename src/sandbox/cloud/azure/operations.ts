/** How far an operation is that was accepted, at each of the addresses that the services name. */
import { notFound, pattern, type Route } from './route.ts';

const PLACES = [
  ['Microsoft.Compute', 'operations'],
  ['Microsoft.ContainerService', 'operations'],
  ['Microsoft.MachineLearningServices', 'computeOperationsStatus'],
  ['Microsoft.MachineLearningServices', 'mfeOperationsStatus'],
] as const;

export const operationRoutes: readonly Route[] = PLACES.map(([provider, kind]) => ({
  method: 'GET',
  path: pattern(`/subscriptions/{subscription}/providers/${provider}/locations/{location}/${kind}/{name}`),
  operation: `${provider}/locations/${kind}/read`,
  answer(state, request, { name = '' }) {
    const operation = state.operations.get(name);
    if (!operation) return notFound(request);
    const { id, startedAt, endedAt, status, error } = operation;
    return {
      status: 200,
      body: {
        name: id,
        status,
        startTime: new Date(startedAt).toISOString(),
        ...(endedAt !== undefined && { endTime: new Date(endedAt).toISOString() }),
        ...(error && { error }),
      },
    };
  },
}));
