/** Long-running operations as Vertex AI and Workbench name and show them. */
import { Refusal } from './refusal.ts';
import type { Route } from './route.ts';
import { digitsOf, type State, timeOf } from './state.ts';
import type { Json } from './types.ts';

const TYPES = 'type.googleapis.com/google.cloud.aiplatform.v1';

export function seedLocation({ project, location }: { project: string; location: string }): string {
  return `projects/${project}/locations/${location}`;
}

/** One at a time for an endpoint; the change happens when it is done. */
export function withOperation(
  state: State,
  parent: Json,
  type: string,
  apply: () => void,
  failure?: string,
): Json {
  const prefix = `${String(parent.name)}/operations/`;
  const running = [...state.operations.values()].find(
    ({ name, done }) => String(name).startsWith(prefix) && done !== true,
  );
  if (running)
    throw new Refusal(
      400,
      `There are other operations running on the Endpoint "${String(parent.name)}": ${String(running.name)}.`,
      'FAILED_PRECONDITION',
    );
  const name = `${prefix}${digitsOf(`${prefix}${state.now()}.${state.nextId()}`)}`;
  const at = timeOf(state.now());
  const operation: Json = {
    name,
    metadata: { '@type': `${TYPES}.${type}`, genericMetadata: { createTime: at, updateTime: at } },
  };
  state.operations.set(name, operation);
  state.later(() => {
    if (failure !== undefined) {
      Object.assign(operation, { done: true, error: { code: 8, message: failure } });
      return;
    }
    apply();
    const response = { '@type': `${TYPES}.${type.replace('OperationMetadata', 'Response')}` };
    Object.assign(operation, { done: true, response });
  });
  return operation;
}

export function vertexOperationRoutes(state: State): readonly Route[] {
  const parent = '^/v1/(?<parent>projects/[^/]+/locations/[^/]+/endpoints/[^/]+)/operations';
  return [
    {
      api: 'aiplatform',
      method: 'GET',
      path: new RegExp(`${parent}/(?<id>[^/]+)$`),
      operation: 'aiplatform.operations.get',
      permission: 'aiplatform.endpoints.get',
      write: false,
      answer({ at }) {
        const found = list(state, at.parent ?? '').find(({ name }) => String(name).endsWith(`/${at.id}`));
        if (!found) throw new Refusal(404, `The operation ${at.id} does not exist.`);
        return found;
      },
    },
    {
      api: 'aiplatform',
      method: 'GET',
      path: new RegExp(`${parent}$`),
      operation: 'aiplatform.operations.list',
      permission: 'aiplatform.operations.list',
      write: false,
      answer: ({ at }) => ({ operations: list(state, at.parent ?? '') }),
    },
  ];
}

function list(state: State, parent: string): Json[] {
  const [, project = '', , location, , endpoint] = parent.split('/');
  return [...state.operations.values()].filter(({ name }) => {
    const [, owner = '', , place, , of] = String(name).split('/');
    return state.project(owner) === state.project(project) && place === location && of === endpoint;
  });
}
