/** Vertex AI v1: custom jobs that are cancelled, endpoints whose models are undeployed and deployed again. */
import { Refusal } from './refusal.ts';
import type { Route, RouteRequest } from './route.ts';
import { type State, timeOf } from './state.ts';
import type { CustomJobSeed, EndpointSeed, Json } from './types.ts';
import { seedLocation, withOperation } from './vertex-operations.ts';

const PLACE = '^/v1/projects/(?<project>[^/]+)/locations/(?<location>[^/]+)';
const NO_QUOTA = 'The following quotas are exceeded: CustomModelServingL4GPUsPerProjectPerRegion';
const ENDED = ['JOB_STATE_SUCCEEDED', 'JOB_STATE_FAILED', 'JOB_STATE_CANCELLED', 'JOB_STATE_EXPIRED'];

export function seedCustomJob(state: State, seed: CustomJobSeed): void {
  const name = `${seedLocation(seed)}/customJobs/${seed.id}`;
  const started = timeOf(seed.createdAt?.getTime() ?? state.now());
  state.resources.set(key(state, { ...seed }, 'customJobs', seed.id), {
    name,
    displayName: seed.displayName,
    jobSpec: {
      workerPoolSpecs: [
        {
          machineSpec: {
            machineType: seed.machineType ?? 'a2-highgpu-1g',
            ...(seed.accelerator && {
              acceleratorType: seed.accelerator.type,
              acceleratorCount: seed.accelerator.count,
            }),
          },
          replicaCount: String(seed.replicas ?? 1),
        },
      ],
    },
    state: seed.state ?? 'JOB_STATE_RUNNING',
    createTime: started,
    startTime: started,
    labels: { ...seed.labels },
  });
}

export function seedEndpoint(state: State, seed: EndpointSeed): void {
  const createTime = timeOf(seed.createdAt?.getTime() ?? state.now());
  if (seed.scarce) state.scarce.add(`${seedLocation(seed)}/endpoints/${seed.id}`);
  state.resources.set(key(state, { ...seed }, 'endpoints', seed.id), {
    name: `${seedLocation(seed)}/endpoints/${seed.id}`,
    displayName: seed.displayName,
    deployedModels: seed.deployedModels.map((model) => ({ createTime, ...model })),
    ...(seed.trafficSplit && { trafficSplit: { ...seed.trafficSplit } }),
    labels: { ...seed.labels },
    createTime,
  });
}

export function vertexRoutes(state: State): readonly Route[] {
  const read = (path: string, collection: 'customJobs' | 'endpoints'): Route => ({
    api: 'aiplatform',
    method: 'GET',
    path: new RegExp(`${PLACE}${path}$`),
    operation: `aiplatform.${collection}.get`,
    permission: `aiplatform.${collection}.get`,
    write: false,
    answer: ({ at }) => find(state, at, collection),
  });
  const write = (
    method: string,
    permission: string,
    collection: string,
    answer: (request: RouteRequest) => Json,
  ): Route => ({
    api: 'aiplatform',
    method: 'POST',
    path: new RegExp(`${PLACE}/${collection}/(?<id>[^/:]+):${method}$`),
    operation: `aiplatform.${collection}.${method}`,
    permission: `aiplatform.${collection}.${permission}`,
    write: true,
    answer,
  });
  return [
    read('/customJobs/(?<id>[^/:]+)', 'customJobs'),
    write('cancel', 'cancel', 'customJobs', ({ at }) => cancel(state, find(state, at, 'customJobs'))),
    read('/endpoints/(?<id>[^/:]+)', 'endpoints'),
    write('undeployModel', 'undeploy', 'endpoints', ({ at, body }) =>
      undeploy(state, find(state, at, 'endpoints'), body),
    ),
    write('deployModel', 'deploy', 'endpoints', ({ at, body }) =>
      deploy(state, find(state, at, 'endpoints'), body),
    ),
  ];
}

function cancel(state: State, job: Json): Json {
  if (ENDED.includes(String(job.state)))
    throw new Refusal(400, `${String(job.name)} is in state ${String(job.state)}.`, 'FAILED_PRECONDITION');
  if (job.state === 'JOB_STATE_CANCELLING') return {};
  job.state = 'JOB_STATE_CANCELLING';
  state.later(() => {
    Object.assign(job, { state: 'JOB_STATE_CANCELLED', endTime: timeOf(state.now()) });
  });
  return {};
}

function undeploy(state: State, endpoint: Json, body: Json): Json {
  const id = String(body.deployedModelId ?? '');
  const models = modelsOf(endpoint);
  if (!models.some((model) => model.id === id)) throw new Refusal(404, `There is no DeployedModel ${id}.`);
  const split = (body.trafficSplit ?? endpoint.trafficSplit ?? {}) as Record<string, number>;
  if (models.length > 1 && (split[id] ?? 0) > 0)
    throw new Refusal(
      400,
      `DeployedModel ${id} has traffic assigned to it: ${split[id]} %.`,
      'FAILED_PRECONDITION',
    );
  return withOperation(state, endpoint, 'UndeployModelOperationMetadata', () => {
    endpoint.deployedModels = modelsOf(endpoint).filter((model) => model.id !== id);
    if (modelsOf(endpoint).length === 0) delete endpoint.trafficSplit;
    else if (body.trafficSplit !== undefined) endpoint.trafficSplit = split;
  });
}

function deploy(state: State, endpoint: Json, body: Json): Json {
  const model = { ...(body.deployedModel as Json | undefined) };
  if (typeof model.model !== 'string') throw new Refusal(400, 'deployedModel.model is required.');
  const id = String(model.id ?? state.nextId());
  if (!/^\d{1,10}$/.test(id)) throw new Refusal(400, `Invalid DeployedModel id: ${id}.`);
  if (modelsOf(endpoint).some((one) => one.id === id))
    throw new Refusal(409, `DeployedModel ${id} already exists in the endpoint.`);
  const [name, version] = model.model.split('@');
  const split = body.trafficSplit as Record<string, number> | undefined;
  const named = Object.fromEntries(
    Object.entries(split ?? {}).map(([key_, share]) => [key_ === '0' ? id : key_, share]),
  );
  const sum = Object.values(named).reduce((total, share) => total + share, 0);
  if (split && Object.keys(split).length > 0 && sum !== 100)
    throw new Refusal(400, `The traffic split adds up to ${sum}, not to 100.`);
  const failure = state.scarce.has(String(endpoint.name)) ? NO_QUOTA : undefined;
  const apply = () => {
    const deployed = { ...model, id, model: name, createTime: timeOf(state.now()) };
    endpoint.deployedModels = [
      ...modelsOf(endpoint),
      version === undefined ? deployed : { ...deployed, modelVersionId: version },
    ];
    if (sum > 0) endpoint.trafficSplit = named;
  };
  return withOperation(state, endpoint, 'DeployModelOperationMetadata', apply, failure);
}

function modelsOf(endpoint: Json): Json[] {
  return endpoint.deployedModels as Json[];
}

function find(state: State, at: RouteRequest['at'], collection: string): Json {
  const found = state.resources.get(key(state, at, collection, at.id ?? ''));
  if (found) return found;
  const kind = collection === 'endpoints' ? 'Endpoint' : 'CustomJob';
  throw new Refusal(
    404,
    `The ${kind} does not exist: projects/${at.project}/locations/${at.location}/${collection}/${at.id}.`,
  );
}

function key(
  state: State,
  { project = '', location = '' }: Readonly<Partial<Record<'project' | 'location', string>>>,
  collection: string,
  id: string,
): string {
  return `vertex ${state.project(project)}/${location}/${collection}/${id}`;
}
