/** A stand-in of a Kubernetes API server: Deployments, StatefulSets, Jobs, CronJobs, autoscalers. */
import { openStandIn, type WireAnswer, type WireRequest } from '../http-stand-in.ts';
import type { StandIn, StandInOptions } from '../types.ts';
import { patch, scaleOf } from './patch.ts';
import { seedCluster } from './seed.ts';
import { type ClusterState, createState } from './state.ts';
import { forbidden, notFound, type Place, refuse, tooMany } from './status.ts';
import type { KubernetesObject, KubernetesResources } from './types.ts';

export type { KubernetesResources } from './types.ts';

export interface KubernetesStandIn extends StandIn {
  /** "deployments/search/ranker-v3", to be changed as somebody with kubectl would; undefined when it is gone. */
  object(id: string): KubernetesObject | undefined;
  remove(id: string): void;
}

const PATH =
  /^\/apis\/(?<group>apps|batch|autoscaling)\/v[12]\/namespaces\/(?<namespace>[^/]+)\/(?<plural>deployments|statefulsets|jobs|cronjobs|horizontalpodautoscalers)(?:\/(?<name>[^/]+))?(?:\/(?<sub>scale))?\/?$/;

/** Listens on 127.0.0.1 unless told otherwise. `calls` are named by verb, group and resource: "patch apps deployments/scale". */
export async function createKubernetesStandIn(
  options: StandInOptions,
  resources: KubernetesResources,
): Promise<KubernetesStandIn> {
  const state = createState(options);
  seedCluster(state, resources);
  const { token } = resources;
  const standIn = await openStandIn(options, {
    find(request) {
      state.settle();
      const place = placeOf(request);
      const verb = place && verbOf(request.method, place);
      if (!place || !verb) return undefined;
      const { group, plural, sub, namespace, name } = place;
      return {
        operation: `${verb} ${group} ${plural}${sub ? `/${sub}` : ''}`,
        write: verb === 'patch',
        target: name ? `${namespace}/${name}` : namespace,
        answer: () =>
          token !== undefined && request.headers.authorization !== `Bearer ${token}`
            ? refuse(401, 'Unauthorized', 'Unauthorized')
            : respond(state, place, request),
      };
    },
    unknown: () => refuse(404, 'NotFound', 'the server could not find the requested resource'),
    refuse(kind, _call, request) {
      if (kind === 'throttled') return tooMany();
      const place = placeOf(request);
      const verb = place && verbOf(request.method, place);
      if (kind === 'denied' && place && verb) return forbidden(verb, place);
      return refuse(500, 'InternalError', 'Internal error occurred: etcdserver: request timed out');
    },
    snapshot() {
      state.settle();
      return Object.fromEntries(state.objects);
    },
  });
  return {
    ...standIn,
    object(id) {
      state.settle();
      return state.objects.get(id);
    },
    remove: (id) => void state.objects.delete(id),
  };
}

function respond(state: ClusterState, place: Place, request: WireRequest): WireAnswer {
  const { plural, namespace, name, sub } = place;
  const under = `${plural}/${namespace}/`;
  if (name === undefined) {
    const items = [...state.objects].filter(([id]) => id.startsWith(under)).map(([, object]) => object);
    const [apiVersion, kind] = LISTS[plural] ?? ['v1', 'List'];
    return { status: 200, body: { apiVersion, kind, metadata: {}, items } };
  }
  const object = state.objects.get(`${under}${name}`);
  if (!object) return notFound(place);
  if (request.method === 'PATCH') return patch(state, object, place, request);
  return { status: 200, body: sub === 'scale' ? scaleOf(object) : object };
}

const LISTS: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  deployments: ['apps/v1', 'DeploymentList'],
  statefulsets: ['apps/v1', 'StatefulSetList'],
  jobs: ['batch/v1', 'JobList'],
  cronjobs: ['batch/v1', 'CronJobList'],
  horizontalpodautoscalers: ['autoscaling/v2', 'HorizontalPodAutoscalerList'],
};

function placeOf({ path }: WireRequest): Place | undefined {
  const { group, namespace, plural, name, sub } = PATH.exec(path)?.groups ?? {};
  if (!group || !namespace || !plural) return undefined;
  return {
    group,
    plural,
    namespace: decodeURIComponent(namespace),
    ...(name && { name: decodeURIComponent(name) }),
    ...(sub && { sub }),
  };
}

function verbOf(method: string, { name }: Place): 'get' | 'list' | 'patch' | undefined {
  if (method === 'GET') return name === undefined ? 'list' : 'get';
  return method === 'PATCH' && name !== undefined ? 'patch' : undefined;
}
