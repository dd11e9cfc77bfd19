/** Objects as a cluster would have them once they run. */
import type { ClusterState } from './state.ts';
import type { KubernetesObject, KubernetesResources } from './types.ts';

type Seed = NonNullable<KubernetesResources['deployments' | 'jobs' | 'cronjobs' | 'autoscalers']>[number];

export function seedCluster(state: ClusterState, resources: KubernetesResources): void {
  for (const seed of resources.deployments ?? []) addScalable(state, 'Deployment', seed);
  for (const seed of resources.statefulsets ?? []) addScalable(state, 'StatefulSet', seed);
  for (const seed of resources.jobs ?? []) {
    const { pods = 1, suspended = false, finished } = seed;
    const condition = finished ?? (suspended ? 'Suspended' : undefined);
    add(state, 'batch/v1', 'Job', seed, {
      spec: {
        parallelism: pods,
        completions: pods,
        backoffLimit: 6,
        suspend: suspended,
        template: podOf(seed),
      },
      status: {
        ...(!finished && !suspended && { active: pods, startTime: createdAt(seed) }),
        ...(finished === 'Complete' && { succeeded: pods }),
        ...(finished === 'Failed' && { failed: pods }),
        conditions: condition ? [{ type: condition, status: 'True' }] : [],
      },
    });
  }
  for (const seed of resources.cronjobs ?? []) {
    const active = (seed.running ?? []).map((name) => ({ apiVersion: 'batch/v1', kind: 'Job', name }));
    add(state, 'batch/v1', 'CronJob', seed, {
      spec: {
        schedule: seed.schedule,
        concurrencyPolicy: 'Allow',
        suspend: seed.suspended ?? false,
        jobTemplate: { spec: { template: podOf(seed) } },
      },
      status: active.length > 0 ? { active } : {},
    });
  }
  for (const seed of resources.autoscalers ?? []) {
    const { kind, name } = seed.target;
    add(state, 'autoscaling/v2', 'HorizontalPodAutoscaler', seed, {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
        minReplicas: seed.least,
        maxReplicas: seed.most,
      },
      status: { currentReplicas: seed.least, desiredReplicas: seed.least },
    });
  }
}

function addScalable(
  state: ClusterState,
  kind: 'Deployment' | 'StatefulSet',
  seed: NonNullable<KubernetesResources['deployments']>[number],
): void {
  const { replicas, name } = seed;
  const object = add(state, 'apps/v1', kind, seed, {
    spec: { replicas, selector: { matchLabels: { app: name } }, template: podOf(seed) },
    status: {},
  });
  object.status = scaledStatus(object);
}

/** What the controller writes when it has brought the number about. */
export function scaledStatus({ metadata, spec }: KubernetesObject): Record<string, unknown> {
  const { replicas } = spec;
  return {
    observedGeneration: metadata.generation,
    ...(replicas !== 0 && {
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
    }),
  };
}

export function pluralOf(kind: string): string {
  return `${kind.toLowerCase()}s`;
}

function add(
  state: ClusterState,
  apiVersion: string,
  kind: string,
  seed: Seed,
  { spec, status }: Pick<KubernetesObject, 'spec' | 'status'>,
): KubernetesObject {
  const { namespace, name, labels, annotations, owner } = seed;
  const reference = owner && { apiVersion: 'v1', ...owner, uid: state.nextUid(), controller: true };
  const object: KubernetesObject = {
    apiVersion,
    kind,
    metadata: {
      namespace,
      name,
      uid: state.nextUid(),
      resourceVersion: '0',
      generation: 1,
      creationTimestamp: createdAt(seed),
      labels: { ...labels },
      annotations: { ...annotations },
      ...(reference && { ownerReferences: [reference] }),
    },
    spec,
    status,
  };
  state.touch(object);
  state.objects.set(`${pluralOf(kind)}/${namespace}/${name}`, object);
  return object;
}

function createdAt({ createdAt: date }: Seed): string {
  return date ?? '2026-04-08T10:15:00Z';
}

function podOf({ name, image = 'registry.wrenfield.example/model-server:1.9', gpus = 0 }: Seed) {
  const requests = { cpu: '4', memory: '16Gi', ...(gpus > 0 && { 'nvidia.com/gpu': String(gpus) }) };
  return {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'main', image, resources: { requests } }] },
  };
}
