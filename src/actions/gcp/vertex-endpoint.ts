/** An endpoint of Vertex AI as it is now: its deployed models, its traffic, and what is being changed about it. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput } from '../types.ts';
import { callGoogle, unlessGone } from './call.ts';
import { inputOf, location, name, project, readParts } from './input.ts';
import { waitFor } from './wait.ts';

const parts = z.object({ project, location, endpoint: name });
export const endpointInput = inputOf('gcp.vertex.endpoint', parts);

/** Every field is kept, as deploying again needs them all. */
export const DeployedModel = z.looseObject({
  id: z.string(),
  model: z.string(),
  displayName: z.string().optional(),
  createTime: z.string().optional(),
  modelVersionId: z.string().optional(),
  dedicatedResources: z
    .looseObject({
      machineSpec: z
        .looseObject({
          machineType: z.string().optional(),
          acceleratorType: z.string().optional(),
          acceleratorCount: z.number().optional(),
        })
        .optional(),
      minReplicaCount: z.number().optional(),
      maxReplicaCount: z.number().optional(),
    })
    .optional(),
});
export type DeployedModel = z.infer<typeof DeployedModel>;

/** Share of the traffic in percent, by the id of the deployed model. */
export const TrafficSplit = z.record(z.string(), z.number());
export type TrafficSplit = z.infer<typeof TrafficSplit>;

const Endpoint = z.object({
  displayName: z.string().default(''),
  createTime: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  deployedModels: z.array(DeployedModel).default([]),
  trafficSplit: TrafficSplit.default({}),
});
export type Endpoint = z.infer<typeof Endpoint>;

const Operation = z.object({
  name: z
    .string()
    .regex(/^projects\/[^/?#]+\/locations\/[^/?#]+\/(endpoints\/[^/?#]+\/)?operations\/[^/?#]+$/),
  done: z.boolean().default(false),
  metadata: z
    .object({
      '@type': z.string().default(''),
      genericMetadata: z.object({ createTime: z.string().default('') }).default({ createTime: '' }),
    })
    .default({ '@type': '', genericMetadata: { createTime: '' } }),
  error: z.object({ message: z.string().default('no reason given') }).optional(),
});
type Operation = z.infer<typeof Operation>;
const Operations = z.object({
  operations: z.array(Operation).default([]),
  nextPageToken: z.string().default(''),
});
/** Finished operations are listed for some days. */
const MOST_PAGES = 5;

export type Change = 'undeployModel' | 'deployModel';

/** Undefined when it does not exist. */
export function readEndpoint(access: ActionAccess, input: ActionInput): Promise<Endpoint | undefined> {
  return unlessGone(
    callGoogle(access, {
      ...addressOf(input),
      permission: 'aiplatform.endpoints.get',
      task: `read the state of the endpoint ${input.ref.name}`,
      write: false,
      answer: Endpoint,
    }),
  );
}

export interface Changes {
  /** What is being done at this moment; the endpoint itself does not show it. */
  readonly pending?: Change;
  /** " (its last change failed: …)", or nothing: ends a sentence. */
  readonly failure: string;
}

/** What is under way, or why the newest change failed, from the endpoint's operations (500 at most). */
export async function readChanges(access: ActionAccess, input: ActionInput): Promise<Changes> {
  const operations = (await listOperations(access, input)).toSorted((a, b) =>
    b.metadata.genericMetadata.createTime.localeCompare(a.metadata.genericMetadata.createTime),
  );
  const running = operations.filter(({ done }) => !done).map(({ metadata }) => metadata['@type']);
  const message = operations[0]?.error?.message.replace(/\s+/g, ' ').slice(0, 300).replace(/\.$/, '');
  const failure = message === undefined ? '' : ` (its last change failed: ${message})`;
  if (running.some((type) => type.includes('UndeployModel'))) return { pending: 'undeployModel', failure };
  if (running.some((type) => type.includes('DeployModel'))) return { pending: 'deployModel', failure };
  return { failure };
}

/** Until nothing is being deployed or undeployed. Throws UPSTREAM, as `uncertain`, when that takes too long. */
export async function awaitQuiet(access: ActionAccess, input: ActionInput, limit: number): Promise<void> {
  const quiet = await waitFor(access, limit, async () =>
    (await readChanges(access, input)).pending === undefined ? true : undefined,
  );
  if (quiet === undefined) throw tooLong(input);
}

async function listOperations(access: ActionAccess, input: ActionInput): Promise<readonly Operation[]> {
  const { path, ...address } = addressOf(input);
  const all: Operation[] = [];
  let pageToken = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const { operations, nextPageToken } = await callGoogle(access, {
      ...address,
      path: `${path}/operations`,
      query: { pageSize: '100', ...(pageToken !== '' && { pageToken }) },
      permission: 'aiplatform.operations.list',
      task: `list the operations on the endpoint ${input.ref.name}`,
      write: false,
      answer: Operations,
    });
    all.push(...operations);
    pageToken = nextPageToken;
    if (pageToken === '') break;
  }
  return all;
}

/** Starts one change. Resolves to its operation, for awaitChange. */
export function changeEndpoint(
  access: ActionAccess,
  input: ActionInput,
  change: Change,
  body: Readonly<Record<string, unknown>>,
): Promise<Operation> {
  const { path, ...address } = addressOf(input);
  const verb = change === 'undeployModel' ? 'undeploy' : 'deploy';
  return callGoogle(access, {
    ...address,
    path: `${path}:${change}`,
    permission: `aiplatform.endpoints.${verb}`,
    task: `${verb} a model of the endpoint ${input.ref.name}`,
    write: true,
    body,
    answer: Operation,
  });
}

/**
 * Until the operation is over, `limit` milliseconds at most: an endpoint takes one change at a time. Throws UPSTREAM
 * when it failed or, as `uncertain`, when it is not over by then.
 */
export async function awaitChange(
  access: ActionAccess,
  input: ActionInput,
  { name: operation }: Operation,
  limit: number,
): Promise<void> {
  const { ref } = input;
  const done = await waitFor(access, limit, async () => {
    const now = await callGoogle(access, {
      service: 'aiplatform',
      location: addressOf(input).location,
      path: operation,
      permission: 'aiplatform.endpoints.get',
      task: `read the operation on the endpoint ${ref.name}`,
      write: false,
      answer: Operation,
    });
    return now.done ? now : undefined;
  });
  if (done?.error)
    throw new AppError(
      'UPSTREAM',
      `Google Cloud could not change ${ref.name}: ${done.error.message.slice(0, 300).replace(/\.$/, '')}.`,
      {
        hint: 'Look at the endpoint in the Google Cloud console: a part of its models may be changed already.',
      },
    );
  if (!done) throw tooLong(input);
}

function tooLong({ ref }: ActionInput): AppError {
  return new AppError('UPSTREAM', `The change of ${ref.name} takes longer than expected.`, {
    hint: 'A part of its models may be changed already; the real state is read again before anything else is tried.',
    uncertain: true,
  });
}

function addressOf(input: ActionInput) {
  const { project: owner, location: region, endpoint } = readParts(parts, input);
  return {
    service: 'aiplatform',
    location: region,
    path: `projects/${encodeURIComponent(owner)}/locations/${region}/endpoints/${encodeURIComponent(endpoint)}`,
  } as const;
}
