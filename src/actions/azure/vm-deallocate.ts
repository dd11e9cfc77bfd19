/** Deallocates a virtual machine, which ends its cost (powering it off would not), and starts it again. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { changeArm } from './arm.ts';
import { azureInput } from './input.ts';
import { type Machine, readMachine, vmRequest } from './vm.ts';
import { goneNow, gonePlan, plural } from './words.ts';

const DEALLOCATE = { verb: 'deallocate', permission: 'deallocate/action', action: 'deallocate' };
const START = { verb: 'start', permission: 'start/action', action: 'start' };
const OPERATIONS = 'Microsoft.Compute/locations/operations/read';
const VALID = ['running', 'stopped'];
const GONE = ['deallocated', 'deallocating'];
const WHERE = ['resource groups or subscriptions whose VMs may be stopped'];

export const vmDeallocate: ProviderAction = {
  id: 'azure.vm-deallocate',
  about: {
    provider: 'azure',
    kinds: ['azure.vm'],
    title: 'Deallocate virtual machine',
    verb: 'deallocate',
    past: 'deallocated',
    consequence:
      'It is shut down and its hardware given back: compute is no longer billed. Its disks, snapshots and static public addresses go on costing; the temporary disk is lost.',
    risk: 'medium',
    validStates: VALID,
    permissions: [
      { permission: 'Microsoft.Compute/virtualMachines/read', for: 'plan', resources: WHERE },
      { permission: 'Microsoft.Compute/virtualMachines/deallocate/action', for: 'run', resources: WHERE },
      { permission: OPERATIONS, for: 'run' },
      { permission: OPERATIONS, for: 'undo' },
      { permission: 'Microsoft.Compute/virtualMachines/start/action', for: 'undo', resources: WHERE },
    ],
    example:
      '/subscriptions/5b0f6c1e-7d32-4a19-9c84-2e61f0a7d358/resourceGroups/rg-search/providers/Microsoft.Compute/virtualMachines/ranker-train-1',
    savesPercent: 100,
  },
  input: azureInput(['azure.vm'], ['subscription', 'resourceGroup', 'name']),
  async plan(access, input) {
    const what = nameOf(input);
    const machine = await readMachine(access, input);
    if (!machine) return gonePlan(input, what);
    const { live, power } = machine;
    const before = { power };
    if (GONE.includes(power)) {
      const effect = `${what} is ${power} already.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    const refusal = refusalOf(machine, what);
    if (refusal) return { input, live, calls: [], effect: 'Nothing.', refusal, before };
    const { resourceGroup, subscription } = input.ref.parts;
    return {
      input,
      live,
      calls: [`POST virtualMachines/${input.ref.name}/deallocate in ${resourceGroup} (${subscription})`],
      effect: effectOf(machine, what),
      before,
    };
  },
  async run(access, { input }, key) {
    const machine = await readMachine(access, input);
    if (machine && GONE.includes(machine.power)) return;
    await changeArm(access, { ...vmRequest(input, DEALLOCATE), method: 'POST', operations: OPERATIONS, key });
  },
  async verify(access, planned) {
    const machine = await readMachine(access, planned.input);
    return verified(planned, machine, { reached: ['deallocated'], moving: ['deallocating'] });
  },
  undo: {
    title: 'Start again',
    past: 'started again',
    hours: 72,
    run: startAgain,
    async verify(access, planned) {
      const machine = await readMachine(access, planned.input);
      const stayed = { ...planned, before: { power: 'deallocated' } };
      return verified(stayed, machine, { reached: ['running'], moving: ['starting'] });
    },
  },
};

async function startAgain(access: ActionAccess, { input }: Planned, key: string): Promise<void> {
  const machine = await readMachine(access, input);
  if (machine && ['running', 'starting'].includes(machine.power)) return;
  if (machine?.power === 'deallocating')
    throw new AppError('CONFLICT', `${nameOf(input)} is still being deallocated and cannot be started yet.`, {
      hint: 'Try again in a minute.',
    });
  await changeArm(access, { ...vmRequest(input, START), method: 'POST', operations: OPERATIONS, key });
}

function verified(
  { input, before }: Planned,
  machine: Machine | undefined,
  { reached, moving }: { reached: readonly string[]; moving: readonly string[] },
): Verified {
  const what = nameOf(input);
  if (!machine) return goneNow(what);
  const { power, failure } = machine;
  if (reached.includes(power)) return { state: power, outcome: 'reached', said: `${what} is ${power}.` };
  if (moving.includes(power)) return { state: power, outcome: 'moving', said: `${what} is ${power}.` };
  const outcome = power === before.power ? 'unchanged' : 'elsewhere';
  const why = failure ? `: ${failure.replace(/\s+/g, ' ').slice(0, 300)}` : '.';
  const still = outcome === 'unchanged' ? `${what} is still ${power}` : `${what} is ${power} now`;
  return { state: power, outcome, said: `${still}${why}` };
}

function refusalOf({ power, scaleSet }: Machine, what: string): string | undefined {
  if (scaleSet)
    return `${what} belongs to the scale set ${scaleSet}, which looks after its machines itself: scale the set down instead.`;
  if (VALID.includes(power)) return undefined;
  return `${what} is ${power}: it can be deallocated when it is ${VALID.join(' or ')}.`;
}

function effectOf({ power, disks, spot }: Machine, what: string): string {
  const size = disks.gigabytes > 0 ? ` (${disks.gigabytes} GB)` : '';
  const rest =
    disks.count > 0 ? `${plural(disks.count, 'disk')}${size} go on costing` : 'its disks go on costing';
  const was =
    power === 'stopped' ? ' It is shut down inside but billed all the same; Undo would start it.' : '';
  const chance = spot ? ' It is a Spot machine: Azure may have no capacity when it is started again.' : '';
  return `${what} is shut down and no longer billed for compute; ${rest}.${was}${chance}`;
}

function nameOf({ ref }: ActionInput): string {
  return `VM ${ref.name}`;
}
