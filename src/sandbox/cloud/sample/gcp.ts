/** The sample organisation's Google Cloud: instances, Vertex jobs and endpoints that its bill says run. */
import { accountOf } from '../../sample-org/focus-row.ts';
import { gcpResourceId } from '../../sample-org/gcp-row.ts';
import { SOURCES } from '../../sample-org/sources.ts';
import type { GcpResources } from '../gcp/index.ts';
import type { Billed } from './billed.ts';

const SOURCE = SOURCES.gcp;
/** What the bill calls a machine, as Compute Engine does. */
const TYPES: Readonly<Record<string, string>> = {
  'A2 instance with one A100': 'a2-highgpu-1g',
  'N2 instance core': 'n2-standard-8',
};
const A100 = 'NVIDIA_TESLA_A100';

export function sampleGcp(billed: readonly Billed[]): GcpResources {
  const of = (kind: string) => billed.filter((one) => one.kind === kind);
  return {
    projects: Object.values(SOURCE.accounts).map(({ id, name }) => ({ id: name, number: id })),
    instances: of('instance').map((one) => ({
      ...placed(one),
      zone: `${SOURCE.region}-a`,
      name: one.name,
      machineType: TYPES[one.item] ?? one.item,
      ...(!one.runs && { status: 'TERMINATED' }),
    })),
    customJobs: of('custom-job').map((one) => {
      const machineType = typeOf(one);
      const count = Number(/(\d+)g$/.exec(machineType)?.[1] ?? 1);
      return {
        ...placed(one),
        location: SOURCE.region,
        id: idOf(one),
        displayName: one.name,
        machineType,
        accelerator: { type: A100, count },
        replicas: one.machines,
        state: one.runs ? 'JOB_STATE_RUNNING' : 'JOB_STATE_SUCCEEDED',
      };
    }),
    endpoints: of('endpoint')
      .filter(({ runs }) => runs)
      .map(endpoint),
  };
}

function placed({ line, tags, created }: Billed) {
  return { project: accountOf(SOURCE, line).name, labels: tags, createdAt: created };
}

/** The digits at the end of its full name on the bill. */
function idOf({ line, name }: Billed): string {
  return gcpResourceId(SOURCE, line, name).replace(/^.*\//, '');
}

function typeOf({ item }: Billed): string {
  return item.split(' ').at(-1) ?? item;
}

function endpoint(one: Billed): NonNullable<GcpResources['endpoints']>[number] {
  const project = accountOf(SOURCE, one.line);
  const gpu = typeOf(one).startsWith('g2') ? { acceleratorType: 'NVIDIA_L4', acceleratorCount: 1 } : {};
  return {
    ...placed(one),
    location: SOURCE.region,
    id: idOf(one),
    displayName: one.name,
    deployedModels: [
      {
        id: '1',
        model: `projects/${project.id}/locations/${SOURCE.region}/models/${one.name}`,
        displayName: one.name,
        dedicatedResources: {
          machineSpec: { machineType: typeOf(one), ...gpu },
          minReplicaCount: one.machines,
          maxReplicaCount: one.machines * 2,
        },
      },
    ],
    trafficSplit: { '1': 100 },
  };
}
