/** A compute of an Azure Machine Learning workspace: an instance that somebody works on, or a cluster. */
import { z } from 'zod';
import type { ActionAccess, ActionInput, LiveResource } from '../types.ts';
import { pathOf, readArm } from './arm.ts';
import { partOf } from './input.ts';
import type { ArmRequest } from './send.ts';
import { dateOf } from './words.ts';

const WORKSPACES = 'Microsoft.MachineLearningServices/workspaces';

const schedule = z.object({ action: z.string().optional(), status: z.string().optional() });
const schema = z.object({
  location: z.string().catch(''),
  tags: z.record(z.string(), z.string()).catch({}),
  properties: z.object({
    computeType: z.string().catch('unknown'),
    createdOn: z.string().optional(),
    provisioningErrors: z
      .array(z.object({ error: z.object({ message: z.string().optional() }).optional() }))
      .nullish()
      .catch([]),
    properties: z
      .object({
        vmSize: z.string().optional(),
        state: z.string().optional(),
        idleTimeBeforeShutdown: z.string().nullish(),
        schedules: z.object({ computeStartStop: z.array(schedule).nullish() }).nullish(),
        scaleSettings: z
          .object({ minNodeCount: z.number().optional(), maxNodeCount: z.number().optional() })
          .nullish(),
        currentNodeCount: z.number().optional(),
        personalComputeInstanceSettings: z
          .object({ assignedUser: z.object({ objectId: z.string().optional() }).optional() })
          .nullish(),
        createdBy: z.object({ userName: z.string().nullish() }).nullish(),
      })
      .nullish(),
  }),
});

export interface Compute {
  /** "ComputeInstance", "AmlCompute", "Kubernetes" … */
  readonly type: string;
  /** Of an instance: "Running", "Stopped" …; of a cluster how many nodes it has. */
  readonly state: string;
  /** Of a cluster: nodes that it keeps even when idle. */
  readonly leastNodes: number;
  /** Whether a schedule of its own starts it. */
  readonly startedBySchedule: boolean;
  /** Why it failed last, in Azure's words. */
  readonly failure?: string;
  readonly live: LiveResource;
}

export function computeRequest(
  input: ActionInput,
  { verb, permission, action }: { verb: string; permission: string; action?: string },
): ArmRequest {
  const path = pathOf(
    partOf(input, 'subscription'),
    partOf(input, 'resourceGroup'),
    'Microsoft.MachineLearningServices',
    'workspaces',
    partOf(input, 'workspace'),
    'computes',
    partOf(input, 'name'),
    ...(action ? [action] : []),
  );
  return {
    path,
    version: '2024-10-01',
    doing: `${verb} compute ${input.ref.name}`,
    permission: `${WORKSPACES}/computes/${permission}`,
  };
}

/** Undefined when it is gone. Throws UPSTREAM. */
export async function readCompute(access: ActionAccess, input: ActionInput): Promise<Compute | undefined> {
  const body = await readArm(access, computeRequest(input, { verb: 'look at', permission: 'read' }));
  return body === undefined ? undefined : computeOf(schema.parse(body));
}

function computeOf({ location, tags, properties }: z.output<typeof schema>): Compute {
  const own = properties.properties;
  const nodes = own?.currentNodeCount;
  const state = own?.state ?? (nodes === undefined ? 'Unknown' : `${nodes} nodes`);
  const failure = properties.provisioningErrors?.find(({ error }) => error?.message)?.error?.message;
  const createdAt = dateOf(properties.createdOn);
  const starts = own?.schedules?.computeStartStop ?? [];
  const user = own?.createdBy?.userName;
  const idle = own?.idleTimeBeforeShutdown;
  return {
    type: properties.computeType,
    state,
    leastNodes: own?.scaleSettings?.minNodeCount ?? 0,
    startedBySchedule: starts.some(({ action, status }) => action === 'Start' && status !== 'Disabled'),
    ...(failure && { failure }),
    live: {
      state,
      ...(createdAt && { createdAt }),
      tags,
      details: [
        { label: 'Size', value: own?.vmSize ?? 'unknown' },
        { label: 'Type', value: properties.computeType },
        { label: 'Region', value: location },
        ...(user ? [{ label: 'Created by', value: user }] : []),
        ...(idle ? [{ label: 'Stops when idle for', value: idle }] : []),
      ],
    },
  };
}
