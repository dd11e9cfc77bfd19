/** The sample organisation's Azure: VMs, computes and online endpoints that its bill says run. */
import { azureResourceId } from '../../sample-org/azure-row.ts';
import { SOURCES } from '../../sample-org/sources.ts';
import type { AzureResources } from '../azure/index.ts';
import type { Billed } from './billed.ts';

const SOURCE = SOURCES.azure;
/** A scale set would start another one in its place. */
const IN_SCALE_SET = 'whisper-captions-pool-';

export function sampleAzure(billed: readonly Billed[]): AzureResources {
  const of = (kind: string) => billed.filter((one) => one.kind === kind);
  return {
    virtualMachines: of('vm').map((one) => ({
      ...placed(one),
      size: sizeOf(one),
      disks: [64, 256],
      power: one.runs ? 'running' : 'deallocated',
      ...(one.name.startsWith(IN_SCALE_SET) && { scaleSet: 'whisper-captions-pool' }),
    })),
    computes: of('aml-compute').map((one) => ({
      ...placed(one),
      workspace: workspaceOf(one),
      size: sizeOf(one),
      state: one.runs ? 'Running' : 'Stopped',
      createdBy: one.line.team ?? 'nobody',
    })),
    endpoints: of('aml-endpoint').map((one) => ({
      ...placed(one),
      workspace: workspaceOf(one),
      deployments: [{ name: 'blue', instanceType: sizeOf(one), instances: one.machines, traffic: 100 }],
    })),
  };
}

function placed(one: Billed) {
  const [, , subscription = '', , resourceGroup = ''] = pathOf(one);
  return {
    subscription,
    resourceGroup,
    name: one.name,
    location: SOURCE.region,
    tags: one.tags,
    createdAt: one.created.toISOString(),
  };
}

function pathOf({ line, name }: Billed): string[] {
  return azureResourceId(SOURCE, line, name).split('/');
}

function workspaceOf(one: Billed): string {
  return pathOf(one)[8] ?? '';
}

/** "NC24ads A100 v4" is Standard_NC24ads_A100_v4. */
function sizeOf({ item }: Billed): string {
  return `Standard_${item.replaceAll(' ', '_')}`;
}
