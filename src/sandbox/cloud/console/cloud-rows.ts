/** What the stand-ins of Google Cloud, Azure and Kubernetes hold. */
import * as z from 'zod';
import { SOURCES } from '../../sample-org/sources.ts';
import type { CloudRow, Tone } from './types.ts';

const text = z.record(z.string(), z.string()).default({});
const GcpResource = z.looseObject({
  name: z.string().optional(),
  displayName: z.string().optional(),
  status: z.string().optional(),
  state: z.string().optional(),
  machineType: z.string().optional(),
  createTime: z.string().optional(),
  creationTimestamp: z.string().optional(),
  labels: text,
  deployedModels: z.array(z.looseObject({ displayName: z.string().optional() })).optional(),
  jobSpec: z
    .object({
      workerPoolSpecs: z.array(
        z.object({ machineSpec: z.looseObject({ machineType: z.string() }), replicaCount: z.string() }),
      ),
    })
    .optional(),
});
const GCP_TONES: Readonly<Record<string, Tone>> = {
  RUNNING: 'on',
  TERMINATED: 'off',
  JOB_STATE_RUNNING: 'on',
  JOB_STATE_SUCCEEDED: 'off',
  JOB_STATE_CANCELLED: 'off',
};

/** By the key under which the stand-in keeps them: "vertex PROJECT/PLACE/customJobs/ID". */
export function gcpRows(snapshot: unknown): CloudRow[] {
  const { operations, ...resources } = z.looseObject({ operations: z.array(z.unknown()) }).parse(snapshot);
  const changing = operations.map(String);
  return Object.entries(resources).flatMap(([key, value]) => {
    const one = GcpResource.parse(value);
    const [project = '', place = ''] = key.slice(key.indexOf(' ') + 1).split('/');
    const facts = gcpFacts(key, one, changing);
    if (!facts) return [];
    const since = one.createTime ?? one.creationTimestamp;
    return {
      vendor: 'Google Cloud',
      place: `${project} · ${place}`,
      tags: one.labels,
      ...(since !== undefined && { since }),
      ...facts,
    };
  });
}

function gcpFacts(
  key: string,
  one: z.infer<typeof GcpResource>,
  changing: readonly string[],
): Pick<CloudRow, 'kind' | 'name' | 'size' | 'state' | 'tone'> | undefined {
  const own = key.split('/').at(-1) ?? '';
  if (key.startsWith('compute ') && one.machineType !== undefined) {
    const state = one.status ?? 'RUNNING';
    const size = one.machineType.split('/').at(-1) ?? '';
    return {
      kind: 'Compute Engine instance',
      name: one.name ?? own,
      size,
      state,
      tone: GCP_TONES[state] ?? 'turning',
    };
  }
  const name = `${one.displayName ?? own} (${own})`;
  if (key.includes('/customJobs/')) {
    const state = one.state ?? '';
    const size = (one.jobSpec?.workerPoolSpecs ?? [])
      .map(
        ({ machineSpec, replicaCount }) =>
          (replicaCount === '1' ? '' : `${replicaCount} × `) + machineSpec.machineType,
      )
      .join(', ');
    return { kind: 'Vertex AI custom job', name, size, state, tone: GCP_TONES[state] ?? 'turning' };
  }
  if (!key.includes('/endpoints/')) return undefined;
  const models = one.deployedModels ?? [];
  const moving = changing.some((operation) => operation.includes(`/endpoints/${own}/`));
  return {
    kind: 'Vertex AI endpoint',
    name,
    size: '',
    state: `${models.length} deployed ${models.length === 1 ? 'model' : 'models'}${moving ? ', changing' : ''}`,
    tone: moving ? 'turning' : models.length > 0 ? 'on' : 'off',
  };
}

const Azure = z.object({
  resources: z.record(
    z.string(),
    z.looseObject({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      location: z.string().default(''),
      tags: text,
      sku: z.looseObject({ capacity: z.number().optional() }).optional(),
      properties: z.looseObject({
        timeCreated: z.string().optional(),
        createdOn: z.string().optional(),
        provisioningState: z.string().optional(),
        instanceType: z.string().optional(),
        hardwareProfile: z.object({ vmSize: z.string() }).optional(),
        properties: z.looseObject({ vmSize: z.string().optional(), state: z.string().optional() }).optional(),
      }),
    }),
  ),
  power: z.record(z.string(), z.object({ state: z.string() })),
});
const AZURE_TONES: Readonly<Record<string, Tone>> = {
  running: 'on',
  deallocated: 'off',
  stopped: 'off',
  Running: 'on',
  JobRunning: 'on',
  Stopped: 'off',
};

export function azureRows(snapshot: unknown): CloudRow[] {
  const { resources, power } = Azure.parse(snapshot);
  return Object.entries(resources).flatMap(([key, { id, name, type, location, tags, sku, properties }]) => {
    const [, , subscription = ''] = id.split('/');
    const known = Object.values(SOURCES.azure.accounts).find(({ id: own }) => own.endsWith(subscription));
    const since = properties.timeCreated ?? properties.createdOn;
    const row = (kind: string, size: string, state: string, tone = AZURE_TONES[state]): CloudRow => ({
      vendor: 'Azure',
      kind,
      name: kind === 'ML online deployment' ? `${id.split('/').at(-3)}/${name}` : name,
      place: `${known?.name ?? subscription} · ${location}`,
      size,
      state,
      tone: tone ?? 'turning',
      ...(since !== undefined && { since }),
      tags,
    });
    switch (type) {
      case 'Microsoft.Compute/virtualMachines':
        return row(
          'Virtual machine',
          properties.hardwareProfile?.vmSize ?? '',
          power[key]?.state ?? 'unknown',
        );
      case 'Microsoft.MachineLearningServices/workspaces/computes':
        return row(
          'ML compute',
          properties.properties?.vmSize ?? '',
          properties.properties?.state ?? 'cluster',
        );
      case 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments': {
        const settled = properties.provisioningState === 'Succeeded';
        const state = `${sku?.capacity ?? 0} × ${settled ? 'ready' : (properties.provisioningState ?? '')}`;
        return row('ML online deployment', properties.instanceType ?? '', state, settled ? 'on' : 'turning');
      }
      default:
        return [];
    }
  });
}

const KubernetesObject = z.object({
  kind: z.string(),
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    creationTimestamp: z.string(),
    labels: text,
  }),
  spec: z.looseObject({ replicas: z.number().optional(), suspend: z.boolean().optional() }),
  status: z.looseObject({ readyReplicas: z.number().optional() }),
});

export function kubernetesRows(snapshot: unknown, cluster: string): CloudRow[] {
  return Object.values(z.record(z.string(), KubernetesObject).parse(snapshot)).flatMap(
    ({ kind, metadata, spec, status }) => {
      if (kind === 'HorizontalPodAutoscaler') return [];
      const wanted = spec.replicas;
      const ready = status.readyReplicas ?? 0;
      const [state, tone] =
        wanted === undefined
          ? spec.suspend
            ? (['suspended', 'off'] as const)
            : (['active', 'on'] as const)
          : ([
              `${ready} of ${wanted} replicas`,
              ready !== wanted ? 'turning' : ready > 0 ? 'on' : 'off',
            ] as const);
      return {
        vendor: 'Kubernetes',
        kind,
        name: `${metadata.namespace}/${metadata.name}`,
        place: cluster,
        size: '',
        state,
        tone,
        since: metadata.creationTimestamp,
        tags: metadata.labels,
      };
    },
  );
}
