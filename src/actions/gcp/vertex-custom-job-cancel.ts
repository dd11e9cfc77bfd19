/** Cancels a custom job of Vertex AI, for good. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, LiveResource, ProviderAction } from '../types.ts';
import { callGoogle, unlessGone } from './call.ts';
import { inputOf, location, name, project, readParts } from './input.ts';
import { goneNow, gonePlan, lastPart, times } from './words.ts';

const parts = z.object({ project, location, job: name });
const VALID = ['JOB_STATE_RUNNING', 'JOB_STATE_PENDING', 'JOB_STATE_QUEUED'];
const UNDER_WAY = ['JOB_STATE_CANCELLING', 'JOB_STATE_CANCELLED'];
const ENDED = [
  'JOB_STATE_SUCCEEDED',
  'JOB_STATE_FAILED',
  'JOB_STATE_EXPIRED',
  'JOB_STATE_PARTIALLY_SUCCEEDED',
];

const MachineSpec = z.object({
  machineType: z.string().default('machine of unknown type'),
  acceleratorType: z.string().optional(),
  acceleratorCount: z.number().optional(),
});
const CustomJob = z.object({
  displayName: z.string().default(''),
  state: z.string(),
  createTime: z.string().optional(),
  startTime: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  jobSpec: z
    .object({
      workerPoolSpecs: z
        .array(z.object({ machineSpec: MachineSpec.optional(), replicaCount: z.coerce.number().default(1) }))
        .default([]),
    })
    .default({ workerPoolSpecs: [] }),
});
type CustomJob = z.infer<typeof CustomJob>;

export const vertexCustomJobCancel: ProviderAction = {
  id: 'gcp.vertex-custom-job-cancel',
  about: {
    provider: 'gcp',
    kinds: ['gcp.vertex.custom-job'],
    title: 'Cancel Vertex AI custom job',
    verb: 'cancel',
    past: 'cancelled',
    consequence:
      'Its machines are given back and it stops costing. What it has not saved is lost, and it cannot be resumed: only a new job can start from its checkpoint.',
    risk: 'high',
    validStates: VALID,
    permissions: [
      {
        permission: 'aiplatform.customJobs.get',
        for: 'plan',
        resources: ['projects whose jobs may be cancelled'],
      },
      {
        permission: 'aiplatform.customJobs.cancel',
        for: 'run',
        resources: ['projects whose jobs may be cancelled'],
      },
    ],
    example:
      '//aiplatform.googleapis.com/projects/acme-ml-dev/locations/europe-west4/customJobs/5280417369102847561',
    savesPercent: 100,
  },
  input: inputOf('gcp.vertex.custom-job', parts),
  async plan(access, input) {
    const what = input.ref.name;
    const job = await read(access, input);
    if (!job) return gonePlan(input, `The job ${what}`);
    const live = liveOf(job);
    if (UNDER_WAY.includes(job.state)) {
      const effect = `Nothing: ${what} is ${job.state} already.`;
      return { input, live, calls: [], effect, already: true, before: {} };
    }
    if (!VALID.includes(job.state)) {
      const refusal = ENDED.includes(job.state)
        ? `${what} has ended by itself (${job.state}): nothing of it is running.`
        : `${what} is ${job.state}: it can be cancelled when it is running or waits for its machines.`;
      return { input, live, calls: [], effect: 'Nothing.', refusal, before: {} };
    }
    const { project: owner, location: region } = input.ref.parts;
    return {
      input,
      live,
      calls: [`aiplatform.customJobs.cancel ${input.ref.parts.job} in ${region} (${owner})`],
      effect: `${what} is cancelled and its machines are given back; what it has not saved is lost, and it cannot be resumed.`,
      before: { state: job.state },
    };
  },
  async run(access, { input }) {
    const job = await read(access, input);
    if (job && UNDER_WAY.includes(job.state)) return;
    if (!job || ENDED.includes(job.state))
      throw new AppError(
        'CONFLICT',
        `${input.ref.name} was not cancelled: it ${job ? `has ended (${job.state})` : 'is gone'}.`,
        { hint: 'It changed after it was planned; nothing of it is running.' },
      );
    const { path, ...address } = addressOf(input);
    await callGoogle(access, {
      ...address,
      path: `${path}:cancel`,
      permission: 'aiplatform.customJobs.cancel',
      task: `cancel the job ${input.ref.name}`,
      write: true,
      answer: z.unknown(),
    });
  },
  async verify(access, { input }) {
    const what = input.ref.name;
    const state = (await read(access, input))?.state;
    if (state === undefined) return goneNow(what);
    if (state === 'JOB_STATE_CANCELLED') return { state, outcome: 'reached', said: `${what} is cancelled.` };
    if (state === 'JOB_STATE_CANCELLING')
      return { state, outcome: 'moving', said: `${what} is being cancelled.` };
    if (VALID.includes(state)) return { state, outcome: 'unchanged', said: `${what} is still ${state}.` };
    return { state, outcome: 'elsewhere', said: `${what} is ${state}, which is not our doing.` };
  },
};

function read(access: ActionAccess, input: ActionInput): Promise<CustomJob | undefined> {
  return unlessGone(
    callGoogle(access, {
      ...addressOf(input),
      permission: 'aiplatform.customJobs.get',
      task: `read the state of the job ${input.ref.name}`,
      write: false,
      answer: CustomJob,
    }),
  );
}

function addressOf(input: ActionInput) {
  const { project: owner, location: region, job } = readParts(parts, input);
  return {
    service: 'aiplatform',
    location: region,
    path: `projects/${encodeURIComponent(owner)}/locations/${region}/customJobs/${encodeURIComponent(job)}`,
  } as const;
}

function liveOf({ state, displayName, createTime, startTime, labels, jobSpec }: CustomJob): LiveResource {
  return {
    state,
    ...(createTime !== undefined && { createdAt: new Date(createTime) }),
    tags: labels,
    details: [
      ...(displayName === '' ? [] : [{ label: 'Display name', value: displayName }]),
      ...jobSpec.workerPoolSpecs.flatMap(({ machineSpec, replicaCount }) =>
        machineSpec
          ? [
              {
                label: 'Machines',
                value: `${times(replicaCount, machineSpec.machineType)}${machineSpec.acceleratorType === undefined ? '' : ` with ${times(machineSpec.acceleratorCount ?? 1, lastPart(machineSpec.acceleratorType))}`}`,
              },
            ]
          : [],
      ),
      ...(startTime === undefined ? [] : [{ label: 'Running since', value: startTime }]),
    ],
  };
}
