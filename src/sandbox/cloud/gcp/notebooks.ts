/** Notebooks v2: Workbench instances that are stopped and started. */
import { Refusal } from './refusal.ts';
import type { Route, RouteRequest } from './route.ts';
import { type State, timeOf } from './state.ts';
import type { Json, NotebookSeed } from './types.ts';

const INSTANCE = '^/v2/projects/(?<project>[^/]+)/locations/(?<location>[^/]+)/instances/(?<instance>[^/:]+)';

export function seedNotebook(state: State, seed: NotebookSeed): void {
  state.resources.set(key(state, seed.project, seed.location, seed.name), {
    name: `projects/${seed.project}/locations/${seed.location}/instances/${seed.name}`,
    state: seed.state ?? 'ACTIVE',
    healthState: 'HEALTHY',
    createTime: timeOf(seed.createdAt?.getTime() ?? state.now()),
    labels: { ...seed.labels },
    gceSetup: {
      machineType: seed.machineType ?? 'n1-standard-8',
      ...(seed.accelerator && {
        acceleratorConfigs: [{ type: seed.accelerator.type, coreCount: String(seed.accelerator.count) }],
      }),
      bootDisk: { diskSizeGb: '150', diskType: 'PD_BALANCED' },
      dataDisks: [{ diskSizeGb: '500', diskType: 'PD_BALANCED' }],
    },
  });
}

export function notebookRoutes(state: State): readonly Route[] {
  const change = (verb: 'stop' | 'start', from: string, through: string, to: string): Route => ({
    api: 'notebooks',
    method: 'POST',
    path: new RegExp(`${INSTANCE}:${verb}$`),
    operation: `notebooks.instances.${verb}`,
    permission: `notebooks.instances.${verb}`,
    write: true,
    answer({ at }) {
      const instance = find(state, at);
      if (instance.state !== from)
        throw new Refusal(
          400,
          `Instance ${String(instance.name)} must be in state ${from} to ${verb}; it is ${String(instance.state)}.`,
          'FAILED_PRECONDITION',
        );
      instance.state = through;
      const operation = begin(state, instance, verb);
      state.later(() => {
        instance.state = to;
        Object.assign(operation, { done: true, response: { name: instance.name } });
      });
      return operation;
    },
  });
  return [
    {
      api: 'notebooks',
      method: 'GET',
      path: new RegExp(`${INSTANCE}$`),
      operation: 'notebooks.instances.get',
      permission: 'notebooks.instances.get',
      write: false,
      answer: ({ at }) => find(state, at),
    },
    change('stop', 'ACTIVE', 'STOPPING', 'STOPPED'),
    change('start', 'STOPPED', 'STARTING', 'ACTIVE'),
  ];
}

function begin(state: State, instance: Json, verb: string): Json {
  const place = String(instance.name).split('/').slice(0, 4).join('/');
  const name = `${place}/operations/operation-${state.now()}-${state.nextId()}`;
  const operation: Json = {
    name,
    metadata: {
      '@type': 'type.googleapis.com/google.cloud.notebooks.v2.OperationMetadata',
      createTime: timeOf(state.now()),
      target: instance.name,
      verb,
    },
    done: false,
  };
  state.operations.set(name, operation);
  return operation;
}

function find(state: State, { project = '', location = '', instance = '' }: RouteRequest['at']): Json {
  const found = state.resources.get(key(state, project, location, instance));
  if (found) return found;
  throw new Refusal(
    404,
    `Resource 'projects/${project}/locations/${location}/instances/${instance}' was not found`,
  );
}

function key(state: State, project: string, location: string, name: string): string {
  return `notebook ${state.project(project)}/${location}/${name}`;
}
