/** Virtual machines: their power, deallocate and start. */
import { accepted, locked, notFound, type Route, refuse, resourceAt, under } from './route.ts';
import type { AzureState } from './state.ts';
import type { ArmResource, VirtualMachineSeed } from './types.ts';

const PROVIDER = 'Microsoft.Compute';
const TYPE = `${PROVIDER}/virtualMachines`;

export function seedMachine(state: AzureState, seed: VirtualMachineSeed): void {
  const { subscription, resourceGroup, name, location } = seed;
  const group = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${PROVIDER}`;
  const id = `${group}/virtualMachines/${name}`;
  const [system = 64, ...data] = seed.disks ?? [];
  state.resources.set(id.toLowerCase(), {
    id,
    name,
    type: TYPE,
    location,
    tags: { ...seed.tags },
    properties: {
      hardwareProfile: { vmSize: seed.size },
      provisioningState: 'Succeeded',
      timeCreated: seed.createdAt ?? '2026-01-12T08:00:00.000Z',
      storageProfile: {
        osDisk: { osType: 'Linux', name: `${name}_OsDisk`, createOption: 'FromImage', diskSizeGB: system },
        dataDisks: data.map((diskSizeGB, lun) => ({ lun, name: `${name}_Data${lun}`, diskSizeGB })),
      },
      ...(seed.spot && { priority: 'Spot', evictionPolicy: 'Deallocate', billingProfile: { maxPrice: -1 } }),
      ...(seed.scaleSet && {
        virtualMachineScaleSet: { id: `${group}/virtualMachineScaleSets/${seed.scaleSet}` },
      }),
    },
  });
  state.power.set(id.toLowerCase(), { state: seed.power ?? 'running' });
  if (seed.locked) state.locked.add(id.toLowerCase());
  if (seed.noCapacity) state.noCapacity.add(id.toLowerCase());
}

export const machineRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: under(PROVIDER, 'virtualMachines/{name}'),
    operation: `${TYPE}/read`,
    answer(state, request) {
      const machine = resourceAt(state, request.path);
      if (!machine) return notFound(request);
      const view = request.query.get('$expand') === 'instanceView';
      return { status: 200, body: view ? withView(state, machine) : machine };
    },
  },
  change('deallocate', { busy: 'starting', during: 'deallocating', end: 'deallocated' }),
  change('start', { busy: 'deallocating', during: 'starting', end: 'running' }),
];

function change(verb: string, { busy, during, end }: { busy: string; during: string; end: string }): Route {
  return {
    method: 'POST',
    path: under(PROVIDER, `virtualMachines/{name}/${verb}`),
    operation: `${TYPE}/${verb}/action`,
    answer(state, request, at) {
      const id = request.path.slice(0, request.path.lastIndexOf('/')).toLowerCase();
      const machine = state.resources.get(id);
      const power = state.power.get(id);
      if (!machine || !power) return notFound(request);
      if (state.locked.has(id)) return locked(request);
      if (power.state === busy)
        return refuse(
          409,
          'Conflict',
          `The request failed due to conflict with a concurrent request: VM is ${busy}.`,
        );
      if (power.state === end) return { status: 200 };
      const was = power.state;
      power.state = during;
      delete power.failure;
      const operation = state.later(() => {
        const failure = end === 'running' && state.noCapacity.has(id) ? NO_CAPACITY : undefined;
        power.state = failure ? was : end;
        if (failure) power.failure = failure;
        return failure;
      });
      const where = `/subscriptions/${at.subscription}/providers/${PROVIDER}/locations/${machine.location}/operations`;
      return accepted(request, operation, where);
    },
  };
}

const NO_CAPACITY = {
  code: 'AllocationFailed',
  message:
    'Allocation failed. We do not have sufficient capacity for the requested VM size in this region. Read more about improving likelihood of allocation success at https://aka.ms/allocation-guidance',
};

function withView(state: AzureState, machine: ArmResource): ArmResource {
  const power = state.power.get(machine.id.toLowerCase());
  const { failure } = power ?? {};
  const name = power?.state ?? 'unknown';
  const provisioning = failure
    ? { code: `ProvisioningState/failed/${failure.code}`, level: 'Error', message: failure.message }
    : { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' };
  const statuses = [provisioning, { code: `PowerState/${name}`, level: 'Info', displayStatus: `VM ${name}` }];
  return { ...machine, properties: { ...machine.properties, instanceView: { statuses } } };
}
