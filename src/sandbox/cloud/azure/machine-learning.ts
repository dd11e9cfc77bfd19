/** Computes of Azure Machine Learning workspaces: instances that are stopped and started, clusters. */
import { accepted, locked, notFound, type Route, refuse, resourceAt, under } from './route.ts';
import type { AzureState } from './state.ts';
import type { ComputeSeed } from './types.ts';

const PROVIDER = 'Microsoft.MachineLearningServices';
const TYPE = `${PROVIDER}/workspaces/computes`;

export function seedCompute(state: AzureState, seed: ComputeSeed): void {
  const { subscription, resourceGroup, workspace, name, location, nodes } = seed;
  const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${PROVIDER}/workspaces/${workspace}/computes/${name}`;
  const schedules = {
    computeStartStop: [{ id: 'mornings', action: 'Start', status: 'Enabled', triggerType: 'Cron' }],
  };
  state.resources.set(id.toLowerCase(), {
    id,
    name,
    type: TYPE,
    location,
    tags: { ...seed.tags },
    properties: {
      computeType: seed.type ?? (nodes ? 'AmlCompute' : 'ComputeInstance'),
      computeLocation: location,
      createdOn: seed.createdAt ?? '2026-02-03T09:30:00.000Z',
      provisioningState: 'Succeeded',
      provisioningErrors: null,
      properties: nodes
        ? {
            vmSize: seed.size,
            vmPriority: 'Dedicated',
            allocationState: 'Steady',
            currentNodeCount: nodes.now,
            targetNodeCount: nodes.now,
            scaleSettings: {
              minNodeCount: nodes.least,
              maxNodeCount: nodes.most,
              nodeIdleTimeBeforeScaleDown: 'PT120S',
            },
          }
        : {
            vmSize: seed.size,
            state: seed.state ?? 'Running',
            applicationSharingPolicy: 'Personal',
            ...(seed.createdBy && { createdBy: { userName: seed.createdBy } }),
            ...(seed.startedBySchedule && { schedules }),
          },
    },
  });
  if (seed.locked) state.locked.add(id.toLowerCase());
}

export const computeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: under(PROVIDER, 'workspaces/{workspace}/computes/{name}'),
    operation: `${TYPE}/read`,
    answer(state, request) {
      const compute = resourceAt(state, request.path);
      return compute ? { status: 200, body: compute } : notFound(request);
    },
  },
  change('stop', { from: ['Running', 'JobRunning'], during: 'Stopping', end: 'Stopped' }),
  change('start', { from: ['Stopped'], during: 'Starting', end: 'Running' }),
];

function change(
  verb: string,
  { from, during, end }: { from: readonly string[]; during: string; end: string },
): Route {
  return {
    method: 'POST',
    path: under(PROVIDER, `workspaces/{workspace}/computes/{name}/${verb}`),
    operation: `${TYPE}/${verb}/action`,
    answer(state, request, at) {
      const id = request.path.slice(0, request.path.lastIndexOf('/')).toLowerCase();
      const compute = state.resources.get(id);
      const own = compute?.properties.properties as { state?: string } | undefined;
      if (!compute || !own) return notFound(request);
      if (state.locked.has(id)) return locked(request);
      if (compute.properties.computeType !== 'ComputeInstance')
        return refuse(
          400,
          'BadRequest',
          `Compute of type ${compute.properties.computeType} cannot be asked to ${verb}.`,
        );
      if (!from.includes(own.state ?? ''))
        return refuse(
          409,
          'Conflict',
          `Compute ${compute.name} is in state ${own.state} and cannot be asked to ${verb}.`,
        );
      own.state = during;
      const operation = state.later(() => {
        own.state = end;
        return undefined;
      });
      const where = `/subscriptions/${at.subscription}/providers/${PROVIDER}/locations/${compute.location}/computeOperationsStatus`;
      return accepted(request, operation, where);
    },
  };
}
