/** Stops an instance of Vertex AI Workbench, and starts it again. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, LiveResource, ProviderAction, Verified } from '../types.ts';
import { callGoogle, unlessGone } from './call.ts';
import { inputOf, location, name, project, readParts } from './input.ts';
import { goneNow, gonePlan, times } from './words.ts';

const parts = z.object({ project, location, instance: name });
const STOPPED = ['STOPPING', 'STOPPED'];
const STARTED = ['STARTING', 'PROVISIONING', 'ACTIVE'];
const WHERE = ['projects whose notebooks may be stopped'];

const Notebook = z.object({
  state: z.string(),
  createTime: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  gceSetup: z
    .object({
      machineType: z.string().optional(),
      acceleratorConfigs: z
        .array(z.object({ type: z.string(), coreCount: z.coerce.number().default(1) }))
        .default([]),
    })
    .default({ acceleratorConfigs: [] }),
});
type Notebook = z.infer<typeof Notebook>;

export const workbenchStop: ProviderAction = {
  id: 'gcp.workbench-stop',
  about: {
    provider: 'gcp',
    kinds: ['gcp.workbench.instance'],
    title: 'Stop Workbench instance',
    verb: 'stop',
    past: 'stopped',
    consequence:
      'Kernels that run are lost, notebooks and files stay. Its machine is no longer billed; its disks go on costing.',
    risk: 'low',
    validStates: ['ACTIVE'],
    permissions: [
      { permission: 'notebooks.instances.get', for: 'plan', resources: WHERE },
      { permission: 'notebooks.instances.stop', for: 'run', resources: WHERE },
      { permission: 'notebooks.instances.start', for: 'undo', resources: WHERE },
    ],
    example:
      '//notebooks.googleapis.com/projects/acme-ml-dev/locations/europe-west4-b/instances/mira-notebook',
    savesPercent: 90,
  },
  input: inputOf('gcp.workbench.instance', parts),
  async plan(access, input) {
    const what = input.ref.name;
    const notebook = await read(access, input);
    if (!notebook) return gonePlan(input, `The Workbench instance ${what}`);
    const live = liveOf(notebook);
    const before = { state: notebook.state };
    if (STOPPED.includes(notebook.state)) {
      const effect = `Nothing: ${what} is ${notebook.state} already.`;
      return { input, live, calls: [], effect, already: true, before };
    }
    if (notebook.state !== 'ACTIVE') {
      const refusal = `${what} is ${notebook.state}: it can be stopped when it is ACTIVE.`;
      return { input, live, calls: [], effect: 'Nothing.', refusal, before };
    }
    const { project: owner, location: zone } = input.ref.parts;
    return {
      input,
      live,
      calls: [`notebooks.instances.stop ${what} in ${zone} (${owner})`],
      effect: `${what} is shut down and kernels that run are lost; files stay, and its disks go on costing.`,
      before,
    };
  },
  run: (access, { input }) => change(access, input, 'stop', STOPPED),
  async verify(access, { input }) {
    return verified(input, (await read(access, input))?.state, {
      reached: 'STOPPED',
      moving: ['STOPPING'],
      unchanged: 'ACTIVE',
    });
  },
  undo: {
    title: 'Start again',
    past: 'started again',
    hours: 72,
    run: (access, { input }) => change(access, input, 'start', STARTED),
    async verify(access, { input }) {
      return verified(input, (await read(access, input))?.state, {
        reached: 'ACTIVE',
        moving: ['STARTING', 'PROVISIONING'],
        unchanged: 'STOPPED',
      });
    },
  },
};

/** The API has no idempotency token: what is on its way already is not asked for again. */
async function change(
  access: ActionAccess,
  input: ActionInput,
  verb: 'stop' | 'start',
  underWay: readonly string[],
): Promise<void> {
  const notebook = await read(access, input);
  if (!notebook)
    throw new AppError('CONFLICT', `Google Cloud cannot ${verb} ${input.ref.name}: it is gone.`, {
      hint: 'It was deleted after it was planned.',
    });
  if (underWay.includes(notebook.state)) return;
  const { path, ...address } = addressOf(input);
  await callGoogle(access, {
    ...address,
    path: `${path}:${verb}`,
    permission: `notebooks.instances.${verb}`,
    task: `${verb} ${input.ref.name}`,
    write: true,
    answer: z.unknown(),
  });
}

function verified(
  { ref }: ActionInput,
  state: string | undefined,
  states: { readonly reached: string; readonly moving: readonly string[]; readonly unchanged: string },
): Verified {
  if (state === undefined) return goneNow(ref.name);
  if (state === states.reached) return { state, outcome: 'reached', said: `${ref.name} is ${state}.` };
  if (states.moving.includes(state)) return { state, outcome: 'moving', said: `${ref.name} is ${state}.` };
  if (state === states.unchanged)
    return { state, outcome: 'unchanged', said: `${ref.name} is still ${state}.` };
  return { state, outcome: 'elsewhere', said: `${ref.name} is ${state} now.` };
}

function read(access: ActionAccess, input: ActionInput): Promise<Notebook | undefined> {
  return unlessGone(
    callGoogle(access, {
      ...addressOf(input),
      permission: 'notebooks.instances.get',
      task: `read the state of ${input.ref.name}`,
      write: false,
      answer: Notebook,
    }),
  );
}

function addressOf(input: ActionInput) {
  const { project: owner, location: zone, instance } = readParts(parts, input);
  return {
    service: 'notebooks',
    location: zone,
    path: `projects/${encodeURIComponent(owner)}/locations/${zone}/instances/${encodeURIComponent(instance)}`,
  } as const;
}

function liveOf({ state, createTime, labels, gceSetup }: Notebook): LiveResource {
  return {
    state,
    ...(createTime !== undefined && { createdAt: new Date(createTime) }),
    tags: labels,
    details: [
      ...(gceSetup.machineType === undefined ? [] : [{ label: 'Machine type', value: gceSetup.machineType }]),
      ...gceSetup.acceleratorConfigs.map(({ type, coreCount }) => ({
        label: 'GPUs',
        value: times(coreCount, type),
      })),
    ],
  };
}
