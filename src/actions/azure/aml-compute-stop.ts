/** Stops a compute instance of an Azure Machine Learning workspace, and starts it again. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { type Compute, computeRequest, readCompute } from './aml-compute.ts';
import { changeArm } from './arm.ts';
import { azureInput } from './input.ts';
import { goneNow, gonePlan } from './words.ts';

const STOP = { verb: 'stop', permission: 'stop/action', action: 'stop' };
const START = { verb: 'start', permission: 'start/action', action: 'start' };
const VALID = ['Running', 'JobRunning'];
const WHERE = ['workspaces whose compute instances may be stopped'];

export const amlComputeStop: ProviderAction = {
  id: 'azure.aml-compute-stop',
  about: {
    provider: 'azure',
    kinds: ['azure.aml.compute'],
    title: 'Stop compute instance',
    verb: 'stop',
    past: 'stopped',
    consequence:
      'Notebooks, terminals and jobs on it end; what is in memory is lost, files are kept. Compute is no longer billed; its disk and load balancer go on costing a little.',
    risk: 'medium',
    validStates: VALID,
    permissions: [
      {
        permission: 'Microsoft.MachineLearningServices/workspaces/computes/read',
        for: 'plan',
        resources: WHERE,
      },
      {
        permission: 'Microsoft.MachineLearningServices/workspaces/computes/stop/action',
        for: 'run',
        resources: WHERE,
      },
      {
        permission: 'Microsoft.MachineLearningServices/workspaces/computes/start/action',
        for: 'undo',
        resources: WHERE,
      },
    ],
    example:
      '/subscriptions/e2937d05-6ab8-4c71-8f1e-4d05b9c36a12/resourceGroups/rg-search/providers/Microsoft.MachineLearningServices/workspaces/wrenfield-ml/computes/ci-mira',
    savesPercent: 95,
  },
  input: azureInput(['azure.aml.compute'], ['subscription', 'resourceGroup', 'workspace', 'name']),
  async plan(access, input) {
    const what = nameOf(input);
    const compute = await readCompute(access, input);
    if (!compute) return gonePlan(input, what);
    const { live, state, type } = compute;
    const before = { state };
    if (type === 'ComputeInstance' && ['Stopped', 'Stopping'].includes(state)) {
      const effect = `${what} is ${state.toLowerCase()} already.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    const refusal = refusalOf(compute, what);
    if (refusal) return { input, live, calls: [], effect: 'Nothing.', refusal, before };
    const { workspace, subscription } = input.ref.parts;
    return {
      input,
      live,
      calls: [`POST workspaces/${workspace}/computes/${input.ref.name}/stop (${subscription})`],
      effect: effectOf(compute, what),
      before,
    };
  },
  async run(access, { input }, key) {
    const compute = await readCompute(access, input);
    if (compute && ['Stopped', 'Stopping'].includes(compute.state)) return;
    await changeArm(access, { ...computeRequest(input, STOP), method: 'POST', key });
  },
  async verify(access, planned) {
    const compute = await readCompute(access, planned.input);
    return verified(planned, compute, { reached: ['Stopped'], moving: ['Stopping'] });
  },
  undo: {
    title: 'Start again',
    past: 'started again',
    hours: 72,
    run: startAgain,
    async verify(access, planned) {
      const compute = await readCompute(access, planned.input);
      const stayed = { ...planned, before: { state: 'Stopped' } };
      return verified(stayed, compute, {
        reached: VALID,
        moving: ['Starting', 'SettingUp', 'UserSettingUp', 'Restarting'],
      });
    },
  },
};

async function startAgain(access: ActionAccess, { input }: Planned, key: string): Promise<void> {
  const compute = await readCompute(access, input);
  if (compute && [...VALID, 'Starting', 'SettingUp', 'UserSettingUp'].includes(compute.state)) return;
  if (compute?.state === 'Stopping')
    throw new AppError('CONFLICT', `${nameOf(input)} is still stopping and cannot be started yet.`, {
      hint: 'Try again in a minute.',
    });
  await changeArm(access, { ...computeRequest(input, START), method: 'POST', key });
}

function refusalOf({ type, state, leastNodes }: Compute, what: string): string | undefined {
  if (type === 'AmlCompute') {
    const kept =
      leastNodes > 0
        ? `It keeps ${leastNodes} even when idle: set its least number of nodes to 0 in the studio.`
        : 'What it costs now is a job that runs: cancel that job in the studio.';
    return `${what} is a cluster (${state}), which scales down by itself when no job needs it. ${kept}`;
  }
  if (type !== 'ComputeInstance')
    return `${what} is a compute of type ${type}: only compute instances can be stopped here.`;
  if (VALID.includes(state)) return undefined;
  return `${what} is ${state}: it can be stopped when it is ${VALID.join(' or ')}.`;
}

function effectOf({ state, startedBySchedule }: Compute, what: string): string {
  const job = state === 'JobRunning' ? ' A job runs on it and is lost.' : '';
  const again = startedBySchedule ? ' Its own schedule will start it again.' : '';
  return `${what} is stopped and no longer billed for compute; its files are kept.${job}${again}`;
}

function verified(
  { input, before }: Planned,
  compute: Compute | undefined,
  { reached, moving }: { reached: readonly string[]; moving: readonly string[] },
): Verified {
  const what = nameOf(input);
  if (!compute) return goneNow(what);
  const { state, failure } = compute;
  const is = `${what} is ${state}`;
  if (reached.includes(state)) return { state, outcome: 'reached', said: `${is}.` };
  if (moving.includes(state)) return { state, outcome: 'moving', said: `${is}.` };
  const why = failure ? `: ${failure.replace(/\s+/g, ' ').slice(0, 300)}` : '.';
  if (state === before.state) return { state, outcome: 'unchanged', said: `${what} is still ${state}${why}` };
  return { state, outcome: 'elsewhere', said: `${is} now${why}` };
}

function nameOf({ ref }: ActionInput): string {
  return `Compute ${ref.name}`;
}
