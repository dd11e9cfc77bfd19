/** Deployments and StatefulSets seen as one: a number of replicas, and what else would change it. */
import type { V1Deployment, V1ObjectMeta, V1PodSpec, V1StatefulSet } from '@kubernetes/client-node';
import type { ActionAccess, ActionInput, LiveResource } from '../types.ts';
import { type CallFacts, read, write } from './call.ts';
import { connect } from './connect.ts';
import { placeOf, podDetails, tagsOf } from './words.ts';

export type ScalableKind = 'deployment' | 'statefulset';

export interface Scalable {
  /** As it is wanted. */
  readonly replicas: number;
  /** Pods that are there. */
  readonly pods: number;
  readonly ready: number;
  /** Whether the controller has seen the number that is wanted. */
  readonly observed: boolean;
  readonly metadata: V1ObjectMeta;
  readonly live: LiveResource;
}

/** Something that sets the number of replicas by itself. */
export interface Autoscaler {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** KEDA scales from none by itself; a plain autoscaler rests at none. */
  readonly wakes: boolean;
}

export function factsOf(input: ActionInput, doing: string, permission: string): CallFacts {
  return { doing, permission, namespace: placeOf(input).namespace };
}

/** Undefined when it is gone. Throws UPSTREAM. */
export async function readScalable(
  access: ActionAccess,
  input: ActionInput,
  kind: ScalableKind,
): Promise<Scalable | undefined> {
  const { apps } = await connect(access);
  const facts = factsOf(input, `look at ${kind} ${input.ref.name}`, `get apps ${kind}s`);
  const found = await read(access, facts, (): Promise<V1Deployment | V1StatefulSet> => {
    return kind === 'deployment'
      ? apps.readNamespacedDeployment(placeOf(input))
      : apps.readNamespacedStatefulSet(placeOf(input));
  });
  return found && scalableOf(found);
}

/** False when somebody changed it since it was read. Throws UPSTREAM. */
export async function scale(
  access: ActionAccess,
  input: ActionInput,
  kind: ScalableKind,
  { replicas, resourceVersion }: { replicas: number; resourceVersion: string | undefined },
): Promise<boolean> {
  const { apps } = await connect(access);
  const facts = factsOf(input, `scale ${kind} ${input.ref.name} to ${replicas}`, `patch apps ${kind}s/scale`);
  const request = { ...placeOf(input), body: { metadata: { resourceVersion }, spec: { replicas } } };
  return write(access, facts, () =>
    kind === 'deployment'
      ? apps.patchNamespacedDeploymentScale(request)
      : apps.patchNamespacedStatefulSetScale(request),
  );
}

/** Autoscalers of the namespace that are about this one. Throws UPSTREAM. */
export async function readAutoscaler(
  access: ActionAccess,
  input: ActionInput,
  kind: ScalableKind,
): Promise<Autoscaler | undefined> {
  const { autoscaling } = await connect(access);
  const { namespace, name } = placeOf(input);
  const facts = factsOf(
    input,
    `look at the autoscalers of namespace ${namespace}`,
    'list autoscaling horizontalpodautoscalers',
  );
  const list = await read(access, facts, () =>
    autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace }),
  );
  const found = list?.items.find(({ spec }) => {
    const target = spec?.scaleTargetRef;
    return target?.kind.toLowerCase() === kind && target.name === name;
  });
  if (!found) return undefined;
  const { metadata, spec } = found;
  const keda = metadata?.ownerReferences?.some((owner) => owner.kind === 'ScaledObject') ?? false;
  const least = spec?.minReplicas ?? 1;
  return {
    name: metadata?.name ?? 'autoscaler',
    least,
    most: spec?.maxReplicas ?? least,
    wakes: keda || least === 0,
  };
}

function scalableOf({ metadata = {}, spec, status }: V1Deployment | V1StatefulSet): Scalable {
  const replicas = spec?.replicas ?? 1;
  const { creationTimestamp } = metadata;
  const ready = status?.readyReplicas ?? 0;
  const template: V1PodSpec | undefined = spec?.template.spec;
  return {
    replicas,
    pods: status?.replicas ?? 0,
    ready,
    observed: (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0),
    metadata,
    live: {
      state: replicas === 0 ? 'scaled to zero' : 'running',
      ...(creationTimestamp && { createdAt: new Date(creationTimestamp) }),
      tags: tagsOf(metadata),
      details: [
        { label: 'Replicas', value: `${replicas}, ${ready} ready` },
        ...podDetails(template),
        { label: 'Namespace', value: metadata.namespace ?? '' },
      ],
    },
  };
}
