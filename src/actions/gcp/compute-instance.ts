/** An instance of Compute Engine as it is now, and the calls about it. */
import * as z from 'zod';
import type { ActionAccess, ActionInput, LiveResource } from '../types.ts';
import { callGoogle, unlessGone } from './call.ts';
import { inputOf, location, name, project, readParts } from './input.ts';
import { requestIdOf } from './request-id.ts';
import { waitFor } from './wait.ts';
import { lastPart, times } from './words.ts';

const parts = z.object({ project, zone: location, instance: name });
export const instanceInput = inputOf('gcp.compute.instance', parts);

const Instance = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  machineType: z.string().default(''),
  creationTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  metadata: z
    .object({ items: z.array(z.object({ key: z.string(), value: z.string().default('') })).default([]) })
    .default({ items: [] }),
  guestAccelerators: z
    .array(z.object({ acceleratorType: z.string(), acceleratorCount: z.number() }))
    .default([]),
  disks: z.array(z.object({ type: z.string().optional(), diskSizeGb: z.string().optional() })).default([]),
  scheduling: z.object({ provisioningModel: z.string().optional() }).default({}),
  resourcePolicies: z.array(z.string()).default([]),
});
export type Instance = z.infer<typeof Instance>;

const Operation = z.object({
  name: z.string(),
  status: z.string(),
  error: z
    .object({ errors: z.array(z.object({ code: z.string().optional(), message: z.string().optional() })) })
    .optional(),
});

/** How long an operation is watched for an early failure, such as no capacity for a start. */
const WATCH = 8_000;

/** Undefined when it does not exist. */
export function readInstance(access: ActionAccess, input: ActionInput): Promise<Instance | undefined> {
  return unlessGone(
    callGoogle(access, {
      ...addressOf(input),
      permission: 'compute.instances.get',
      task: `read the state of ${input.ref.name}`,
      write: false,
      answer: Instance,
    }),
  );
}

/**
 * Asks once for the same key, and watches the operation for a while. Resolves to what it failed with, if it did in that
 * time.
 */
export async function changeInstance(
  access: ActionAccess,
  input: ActionInput,
  verb: 'stop' | 'start',
  key: string,
): Promise<string | undefined> {
  const { path, ...address } = addressOf(input);
  const operation = await callGoogle(access, {
    ...address,
    path: `${path}/${verb}`,
    query: { requestId: requestIdOf(key, verb) },
    permission: `compute.instances.${verb}`,
    task: `${verb} ${input.ref.name}`,
    write: true,
    answer: Operation,
  });
  return watch(access, input, operation.name);
}

async function watch(
  access: ActionAccess,
  input: ActionInput,
  operation: string,
): Promise<string | undefined> {
  const at = readParts(parts, input);
  const look = async () => {
    const { status, error } = await callGoogle(access, {
      service: 'compute',
      location: at.zone,
      path: `projects/${encodeURIComponent(at.project)}/zones/${at.zone}/operations/${encodeURIComponent(operation)}`,
      permission: 'compute.zoneOperations.get',
      task: `read the operation on ${input.ref.name}`,
      write: false,
      answer: Operation,
    });
    if (status !== 'DONE') return undefined;
    return { failure: error?.errors.map(({ code, message }) => message ?? code ?? '').join('; ') };
  };
  try {
    return (await waitFor(access, WATCH, look))?.failure;
  } catch (error) {
    // It was accepted all the same; what became of it is read from the instance.
    access.log('The operation cannot be watched', { resource: input.ref.resourceId, why: String(error) });
    return undefined;
  }
}

/** As people see it. */
export function liveInstance(instance: Instance): LiveResource {
  const { creationTimestamp, guestAccelerators, disks } = instance;
  const gigabytes = disks.reduce((sum, { diskSizeGb }) => sum + Number(diskSizeGb ?? 0), 0);
  return {
    state: instance.status,
    ...(creationTimestamp !== undefined && { createdAt: new Date(creationTimestamp) }),
    tags: instance.labels,
    details: [
      { label: 'Machine type', value: lastPart(instance.machineType) },
      ...guestAccelerators.map(({ acceleratorType, acceleratorCount }) => ({
        label: 'GPUs',
        value: times(acceleratorCount, acceleratorType),
      })),
      ...(instance.scheduling.provisioningModel === 'SPOT' ? [{ label: 'Provisioning', value: 'Spot' }] : []),
      { label: 'Disks', value: `${disks.length}${gigabytes > 0 ? `, ${gigabytes} GB` : ''}` },
    ],
  };
}

function addressOf(input: ActionInput) {
  const { project: owner, zone, instance } = readParts(parts, input);
  return {
    service: 'compute',
    location: zone,
    path: `projects/${encodeURIComponent(owner)}/zones/${zone}/instances/${encodeURIComponent(instance)}`,
  } as const;
}
