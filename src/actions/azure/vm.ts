/** A virtual machine as Azure has it: power, disks, who manages it. */
import { z } from 'zod';
import type { ActionAccess, ActionInput, LiveResource } from '../types.ts';
import { pathOf, readArm } from './arm.ts';
import { partOf } from './input.ts';
import type { ArmRequest } from './send.ts';
import { dateOf } from './words.ts';

const disk = z.object({ diskSizeGB: z.number().optional() });
const status = z.object({ code: z.string(), message: z.string().optional() });
const schema = z.object({
  location: z.string().catch(''),
  tags: z.record(z.string(), z.string()).catch({}),
  managedBy: z.string().optional(),
  properties: z.object({
    hardwareProfile: z.object({ vmSize: z.string().catch('unknown') }).optional(),
    priority: z.string().optional(),
    timeCreated: z.string().optional(),
    virtualMachineScaleSet: z.object({ id: z.string() }).optional(),
    storageProfile: z.object({ osDisk: disk.optional(), dataDisks: z.array(disk).catch([]) }).optional(),
    instanceView: z.object({ statuses: z.array(status).catch([]) }).optional(),
  }),
});
type VirtualMachine = z.output<typeof schema>;

export interface Machine {
  /** "running", "stopped", "deallocated" …; "unknown" when Azure does not say. */
  readonly power: string;
  /** Why its last operation failed, in Azure's words. */
  readonly failure?: string;
  /** Name of the scale set that has it. */
  readonly scaleSet?: string;
  readonly spot: boolean;
  readonly disks: { readonly count: number; readonly gigabytes: number };
  readonly live: LiveResource;
}

export function vmRequest(
  input: ActionInput,
  { verb, permission, action }: { verb: string; permission: string; action?: string },
): ArmRequest {
  const path = pathOf(
    partOf(input, 'subscription'),
    partOf(input, 'resourceGroup'),
    'Microsoft.Compute',
    'virtualMachines',
    partOf(input, 'name'),
    ...(action ? [action] : []),
  );
  return {
    path,
    version: '2024-07-01',
    doing: `${verb} VM ${input.ref.name}`,
    permission: `Microsoft.Compute/virtualMachines/${permission}`,
  };
}

/** Undefined when it is gone. Throws UPSTREAM. */
export async function readMachine(access: ActionAccess, input: ActionInput): Promise<Machine | undefined> {
  const request = vmRequest(input, { verb: 'look at', permission: 'read' });
  const body = await readArm(access, { ...request, query: { $expand: 'instanceView' } });
  return body === undefined ? undefined : machineOf(schema.parse(body));
}

function machineOf({ tags, location, managedBy, properties }: VirtualMachine): Machine {
  const statuses = properties.instanceView?.statuses ?? [];
  const power = statuses.find(({ code }) => /^PowerState\//i.test(code))?.code.slice('PowerState/'.length);
  const failed = statuses.find(({ code }) => /^ProvisioningState\/failed/i.test(code));
  const { osDisk, dataDisks = [] } = properties.storageProfile ?? {};
  const disks = [...(osDisk ? [osDisk] : []), ...dataDisks];
  const gigabytes = disks.reduce((sum, { diskSizeGB }) => sum + (diskSizeGB ?? 0), 0);
  const scaleSet = (properties.virtualMachineScaleSet?.id ?? managedBy)?.split('/').at(-1);
  const createdAt = dateOf(properties.timeCreated);
  const spot = properties.priority === 'Spot';
  const state = power ?? 'unknown';
  return {
    power: state,
    ...(failed && { failure: failed.message ?? failed.code }),
    ...(scaleSet && { scaleSet }),
    spot,
    disks: { count: disks.length, gigabytes },
    live: {
      state,
      ...(createdAt && { createdAt }),
      tags,
      details: [
        { label: 'Size', value: properties.hardwareProfile?.vmSize ?? 'unknown' },
        { label: 'Region', value: location },
        { label: 'Disks', value: `${disks.length}${gigabytes > 0 ? `, ${gigabytes} GB` : ''}` },
        ...(spot ? [{ label: 'Priority', value: 'Spot' }] : []),
      ],
    },
  };
}
