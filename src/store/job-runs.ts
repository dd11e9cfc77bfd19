/** One row per run of a job and slot: whoever writes it first runs it, and nobody runs it twice. */
import type { Store, StoreTransaction } from './open.ts';

export interface RunKey {
  readonly job: string;
  /** Which slot of the schedule, e.g. "slack:C0SEARCH team:search weekly 2026-11-16". */
  readonly slot: string;
}

export type RunStatus = 'running' | 'done' | 'failed' | 'given-up';

export interface JobRun extends RunKey {
  readonly status: RunStatus;
  readonly attempts: number;
  readonly startedAt: Date;
  readonly finishedAt?: Date;
  readonly nextAttemptAt?: Date;
  readonly error?: string;
}

export interface Claim {
  /** Which process asks. */
  readonly by: string;
  readonly now: Date;
  /** The claim falls to others after this, should the process die. */
  readonly until: Date;
}

/**
 * Claims a slot, in a transaction that holds the write lock. Resolves to how often it was tried, this time included;
 * undefined when it is done, given up, waits for a later attempt, or another process has it.
 */
export async function claimRun(tx: StoreTransaction, key: RunKey, claim: Claim): Promise<number | undefined> {
  const held = { claimedBy: claim.by, claimedUntil: claim.until };
  const known = await tx.jobRun.findUnique({ where: { job_slot: key } });
  if (!known) {
    await tx.jobRun.create({
      data: { ...key, ...held, status: 'running', attempts: 1, startedAt: claim.now },
    });
    return 1;
  }
  const free =
    (known.status === 'failed' && (known.nextAttemptAt ?? claim.now) <= claim.now) ||
    (known.status === 'running' && known.claimedUntil <= claim.now);
  if (!free) return undefined;
  const attempts = known.attempts + 1;
  await tx.jobRun.update({
    where: { id: known.id },
    data: { ...held, status: 'running', attempts, startedAt: claim.now, finishedAt: null },
  });
  return attempts;
}

/** Marks a run as done; to be called in the transaction that writes its result. */
export async function finishRun(tx: StoreTransaction, key: RunKey, at: Date): Promise<void> {
  await tx.jobRun.update({
    where: { job_slot: key },
    data: { status: 'done', finishedAt: at, nextAttemptAt: null, error: null },
  });
}

/**
 * Marks a run as failed, to be tried again at `nextAttemptAt`; without one it is given up. Says nothing about a run
 * that has fallen to another process since.
 */
export async function failRun(
  tx: StoreTransaction,
  key: RunKey,
  failure: { readonly by: string; readonly at: Date; readonly error: string; readonly nextAttemptAt?: Date },
): Promise<void> {
  const { by, at, error, nextAttemptAt } = failure;
  await tx.jobRun.updateMany({
    where: { ...key, claimedBy: by, status: 'running' },
    data: {
      status: nextAttemptAt ? 'failed' : 'given-up',
      finishedAt: at,
      error,
      nextAttemptAt: nextAttemptAt ?? null,
    },
  });
}

/** Which of these slots are done or given up: nobody needs to claim them. */
export async function finishedSlots(
  store: Store,
  job: string,
  slots: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await store.$queryRawUnsafe<{ slot: string }[]>(
    `SELECT "slot" slot FROM "JobRun" WHERE "job" = ? AND "status" IN ('done', 'given-up')
       AND "slot" IN (SELECT value FROM json_each(?))`,
    job,
    JSON.stringify(slots),
  );
  return new Set(rows.map(({ slot }) => slot));
}

/** Runs that went wrong and were not repeated with success, newest first. */
export async function troubledRuns(store: Store, since: Date): Promise<JobRun[]> {
  const rows = await store.jobRun.findMany({
    where: { status: { in: ['failed', 'given-up'] }, startedAt: { gte: since } },
    orderBy: { startedAt: 'desc' },
    take: 50,
  });
  return rows.map(({ job, slot, status, attempts, startedAt, finishedAt, nextAttemptAt, error }) => ({
    job,
    slot,
    status: status === 'failed' ? 'failed' : 'given-up',
    attempts,
    startedAt,
    ...(finishedAt && { finishedAt }),
    ...(nextAttemptAt && { nextAttemptAt }),
    ...(error && { error }),
  }));
}

/** Removes runs that ended before `before`; slots that old never come up again. */
export async function forgetRuns(store: Store, before: Date): Promise<void> {
  await store.jobRun.deleteMany({ where: { finishedAt: { lt: before } } });
}
