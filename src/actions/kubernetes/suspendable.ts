/** Jobs and CronJobs seen as one: suspended or not, and how many pods or runs are under way. */
import type { V1CronJob, V1Job, V1ObjectMeta } from '@kubernetes/client-node';
import type { ActionAccess, ActionInput, LiveResource } from '../types.ts';
import { type CallFacts, read, write } from './call.ts';
import { connect } from './connect.ts';
import { placeOf, podDetails, tagsOf } from './words.ts';

export type SuspendableKind = 'job' | 'cronjob';

export interface Suspendable {
  readonly suspended: boolean;
  /** Pods of a job, runs of a CronJob that are under way. */
  readonly active: number;
  /** "Complete" or "Failed": a job that is over. */
  readonly finished?: string;
  /** Who decides when it runs, if not Kubernetes itself: "Kueue". */
  readonly manager?: string;
  readonly metadata: V1ObjectMeta;
  readonly live: LiveResource;
}

/** The permission and the sentence of a change. */
export function changeFacts(input: ActionInput, kind: SuspendableKind, suspend: boolean): CallFacts {
  const { namespace, name } = placeOf(input);
  return {
    doing: `${suspend ? 'suspend' : 'resume'} ${kind} ${name}`,
    permission: `patch batch ${kind}s`,
    namespace,
  };
}

/** Undefined when it is gone. Throws UPSTREAM. */
export async function readSuspendable(
  access: ActionAccess,
  input: ActionInput,
  kind: SuspendableKind,
): Promise<Suspendable | undefined> {
  const { batch } = await connect(access);
  const place = placeOf(input);
  const facts = {
    doing: `look at ${kind} ${place.name}`,
    permission: `get batch ${kind}s`,
    namespace: place.namespace,
  };
  if (kind === 'cronjob') {
    const found = await read(access, facts, () => batch.readNamespacedCronJob(place));
    return found && cronJobOf(found);
  }
  const found = await read(access, facts, () => batch.readNamespacedJob(place));
  return found && jobOf(found);
}

/** False when somebody changed it since it was read. Throws UPSTREAM. */
export async function setSuspend(
  access: ActionAccess,
  input: ActionInput,
  kind: SuspendableKind,
  { suspend, resourceVersion }: { suspend: boolean; resourceVersion: string | undefined },
): Promise<boolean> {
  const { batch } = await connect(access);
  const request = { ...placeOf(input), body: { metadata: { resourceVersion }, spec: { suspend } } };
  return write(access, changeFacts(input, kind, suspend), () =>
    kind === 'cronjob' ? batch.patchNamespacedCronJob(request) : batch.patchNamespacedJob(request),
  );
}

function jobOf({ metadata = {}, spec, status }: V1Job): Suspendable {
  const active = status?.active ?? 0;
  // Pods that are ending still run, and still cost.
  const ending = status?.terminating ?? 0;
  const finished = status?.conditions?.find(
    (one) => ['Complete', 'Failed'].includes(one.type) && one.status === 'True',
  )?.type;
  const suspended = spec?.suspend ?? false;
  const manager = managerOf(metadata, spec?.managedBy);
  const state = finished ?? (suspended ? 'Suspended' : active > 0 ? 'Active' : 'Waiting');
  return {
    suspended,
    active: active + ending,
    ...(finished && { finished }),
    ...(manager && { manager }),
    metadata,
    live: liveOf(metadata, state, [
      {
        label: 'Pods',
        value: `${active} active, ${status?.succeeded ?? 0} succeeded, ${status?.failed ?? 0} failed`,
      },
      ...podDetails(spec?.template.spec),
    ]),
  };
}

function cronJobOf({ metadata = {}, spec, status }: V1CronJob): Suspendable {
  const active = status?.active?.length ?? 0;
  const suspended = spec?.suspend ?? false;
  return {
    suspended,
    active,
    metadata,
    live: liveOf(metadata, suspended ? 'Suspended' : 'Active', [
      {
        label: 'Schedule',
        value: `${spec?.schedule ?? 'unknown'}${spec?.timeZone ? ` (${spec.timeZone})` : ''}`,
      },
      { label: 'Running now', value: String(active) },
      ...podDetails(spec?.jobTemplate.spec?.template.spec),
    ]),
  };
}

function liveOf(metadata: V1ObjectMeta, state: string, details: LiveResource['details']): LiveResource {
  const { creationTimestamp, namespace = '' } = metadata;
  return {
    state,
    ...(creationTimestamp && { createdAt: new Date(creationTimestamp) }),
    tags: tagsOf(metadata),
    details: [...details, { label: 'Namespace', value: namespace }],
  };
}

function managerOf({ labels = {} }: V1ObjectMeta, managedBy: string | undefined): string | undefined {
  if (labels['kueue.x-k8s.io/queue-name']) return 'Kueue';
  return managedBy === 'kubernetes.io/job-controller' ? undefined : managedBy;
}
