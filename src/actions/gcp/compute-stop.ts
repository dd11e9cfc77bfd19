/** Stops an instance of Compute Engine, and starts it again. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, Planned, ProviderAction, Verified } from '../types.ts';
import {
  changeInstance,
  type Instance,
  instanceInput,
  liveInstance,
  readInstance,
} from './compute-instance.ts';
import { goneNow, gonePlan, lastPart } from './words.ts';

const WHERE = ['projects whose instances may be stopped; a condition on resource.name narrows it'];

export const computeStop: ProviderAction = {
  id: 'gcp.compute-stop',
  about: {
    provider: 'gcp',
    kinds: ['gcp.compute.instance'],
    title: 'Stop Compute Engine instance',
    verb: 'stop',
    past: 'stopped',
    consequence:
      'It is shut down: its machine and GPUs are no longer billed. Its disks and reserved addresses go on costing, and an ephemeral address changes.',
    risk: 'medium',
    validStates: ['RUNNING'],
    permissions: [
      { permission: 'compute.instances.get', for: 'plan', resources: WHERE },
      { permission: 'compute.instances.stop', for: 'run', resources: WHERE },
      { permission: 'compute.zoneOperations.get', for: 'run' },
      { permission: 'compute.instances.start', for: 'undo', resources: WHERE },
    ],
    example: '//compute.googleapis.com/projects/acme-ml-dev/zones/europe-west4-a/instances/bert-train-1',
    savesPercent: 95,
  },
  input: instanceInput,
  async plan(access, input) {
    const what = input.ref.name;
    const instance = await readInstance(access, input);
    if (!instance) return gonePlan(input, what);
    const live = liveInstance(instance);
    const before = { id: instance.id, status: instance.status };
    if (['TERMINATED', 'STOPPING', 'PENDING_STOP'].includes(instance.status)) {
      const effect = `Nothing: ${what} is ${instance.status} already.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    const refusal = whyNot(instance, what);
    if (refusal !== undefined) return { input, live, calls: [], effect: 'Nothing.', refusal, before };
    const { project, zone } = input.ref.parts;
    return {
      input,
      live,
      calls: [`compute.instances.stop ${what} in ${zone} (${project})`],
      effect: effectOf(instance, what),
      before,
    };
  },
  async run(access, { input }, key) {
    const failure = await changeInstance(access, input, 'stop', key);
    if (failure !== undefined) throw failed(input.ref.name, 'stop', failure);
  },
  async verify(access, planned) {
    return verified(await readInstance(access, planned.input), planned, {
      reached: ['TERMINATED'],
      moving: ['STOPPING', 'PENDING_STOP'],
      unchanged: 'RUNNING',
    });
  },
  undo: {
    title: 'Start again',
    past: 'started again',
    hours: 72,
    run: startAgain,
    async verify(access, planned) {
      return verified(await readInstance(access, planned.input), planned, {
        reached: ['RUNNING'],
        moving: ['PROVISIONING', 'STAGING', 'REPAIRING'],
        unchanged: 'TERMINATED',
      });
    },
  },
};

async function startAgain(access: ActionAccess, { input }: Planned, key: string): Promise<void> {
  const failure = await changeInstance(access, input, 'start', key);
  if (failure !== undefined) throw failed(input.ref.name, 'start', failure);
}

function failed(what: string, verb: string, failure: string): AppError {
  return new AppError('UPSTREAM', `Google Cloud could not ${verb} ${what}: ${failure.replace(/\.$/, '')}.`, {
    hint: /EXHAUSTED|does not have enough resources|stockout/i.test(failure)
      ? 'The zone has no such machine to give at the moment: try again later.'
      : 'Look at the instance in the Google Cloud console, then try again.',
  });
}

function verified(
  instance: Instance | undefined,
  { input, before }: Planned,
  states: {
    readonly reached: readonly string[];
    readonly moving: readonly string[];
    readonly unchanged: string;
  },
): Verified {
  const what = input.ref.name;
  if (!instance) return goneNow(what);
  const { id, status: state } = instance;
  if (id !== before.id)
    return {
      state,
      outcome: 'elsewhere',
      said: `${what} is another instance now, made under the same name.`,
    };
  if (states.reached.includes(state)) return { state, outcome: 'reached', said: `${what} is ${state}.` };
  if (states.moving.includes(state)) return { state, outcome: 'moving', said: `${what} is ${state}.` };
  if (state === states.unchanged) return { state, outcome: 'unchanged', said: `${what} is still ${state}.` };
  return { state, outcome: 'elsewhere', said: `${what} is ${state} now.` };
}

function whyNot(instance: Instance, what: string): string | undefined {
  const { status, disks, labels } = instance;
  const pool = labels['goog-k8s-node-pool-name'];
  if (pool !== undefined)
    return `${what} is a node of the pool ${pool} of a Kubernetes cluster, which would start another: resize the pool instead.`;
  const cluster = labels['goog-dataproc-cluster-name'];
  if (cluster !== undefined)
    return `${what} belongs to the Dataproc cluster ${cluster}, which does not work without it: stop the cluster instead.`;
  const maker = instance.metadata.items.find(({ key }) => key === 'created-by')?.value ?? '';
  if (maker.includes('/instanceGroupManagers/'))
    return `${what} belongs to the managed instance group ${lastPart(maker)}, which would start it again: scale the group down instead.`;
  if (disks.some(({ type }) => type === 'SCRATCH'))
    return `${what} has local SSDs, and what is on them would be lost: save it and stop it in the console.`;
  return status === 'RUNNING' ? undefined : `${what} is ${status}: it can be stopped when it is RUNNING.`;
}

function effectOf(
  { disks, scheduling, guestAccelerators, resourcePolicies }: Instance,
  what: string,
): string {
  const gigabytes = disks.reduce((sum, { diskSizeGb }) => sum + Number(diskSizeGb ?? 0), 0);
  const rest = gigabytes > 0 ? `its disks (${gigabytes} GB) go on costing` : 'its disks go on costing';
  const scarce = scheduling.provisioningModel === 'SPOT' || guestAccelerators.length > 0;
  const chance = scarce ? ' The zone may have no such machine left when it is started again.' : '';
  const policy = resourcePolicies.length > 0 ? ' A schedule attached to it may start it again.' : '';
  return `${what} is shut down and no longer billed for its machine; ${rest}.${chance}${policy}`;
}
