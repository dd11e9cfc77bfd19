/** Merge patches of objects and of their scale, and what controllers make of them. */
import type { WireAnswer, WireRequest } from '../http-stand-in.ts';
import { scaledStatus } from './seed.ts';
import type { ClusterState } from './state.ts';
import { conflict, type Place, refuse } from './status.ts';
import type { KubernetesObject } from './types.ts';

const PATCHES = ['application/merge-patch+json', 'application/strategic-merge-patch+json'];

interface Asked {
  readonly metadata?: { readonly resourceVersion?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
}

export function patch(
  state: ClusterState,
  object: KubernetesObject,
  place: Place,
  { headers, body }: WireRequest,
): WireAnswer {
  const type = headers['content-type']?.split(';')[0] ?? '';
  if (!PATCHES.includes(type))
    return refuse(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${PATCHES.join(', ')}`,
    );
  const { metadata, spec = {} } = (typeof body === 'object' && body !== null ? body : {}) as Asked;
  const version = metadata?.resourceVersion;
  if (version !== undefined && version !== object.metadata.resourceVersion) return conflict(place);
  const { replicas } = spec;
  if (replicas !== undefined && (!Number.isInteger(replicas) || Number(replicas) < 0))
    return refuse(
      422,
      'Invalid',
      `${object.kind} "${place.name}" is invalid: spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`,
      place,
    );
  const changed = Object.entries(spec).some(([key, value]) => object.spec[key] !== value);
  if (changed) {
    Object.assign(object.spec, spec);
    object.metadata.generation++;
    state.touch(object);
    state.later(() => follow(state, object));
  }
  return { status: 200, body: place.sub === 'scale' ? scaleOf(object) : object };
}

export function scaleOf({ metadata, spec, status }: KubernetesObject): unknown {
  const { namespace, name, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { namespace, name, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: { replicas: status.replicas ?? 0, selector: `app=${name}` },
  };
}

/** What the object's controller does with it. */
function follow(state: ClusterState, object: KubernetesObject): void {
  const { kind, spec } = object;
  if (kind === 'Deployment' || kind === 'StatefulSet') object.status = scaledStatus(object);
  if (kind === 'Job') {
    const { active: _ended, ...rest } = object.status;
    object.status = spec.suspend
      ? { ...rest, conditions: [{ type: 'Suspended', status: 'True', reason: 'JobSuspended' }] }
      : {
          ...rest,
          active: spec.parallelism,
          conditions: [{ type: 'Suspended', status: 'False', reason: 'JobResumed' }],
        };
  }
  state.touch(object);
}
