/** How polling each live source stands: whose turn it is, what is covered, and how the last poll went. */
import type { Day } from '../core/day.ts';
import type { Store, StoreTransaction } from './open.ts';
import { lockForWriting, whenFree } from './write-lock.ts';

export interface SourceState {
  readonly name: string;
  readonly runningBy?: string;
  readonly runningUntil?: Date;
  readonly runningSince?: Date;
  readonly cursor?: string;
  /** The store has these days, both included, without a gap. */
  readonly coveredFrom?: Day;
  readonly coveredThrough?: Day;
  readonly backfillTo?: Day;
  readonly lastEndedAt?: Date;
  readonly lastSuccessAt?: Date;
  /** What went wrong at the last poll; absent when it went well. */
  readonly error?: string;
  readonly failures: number;
  readonly failingSince?: Date;
  readonly nextAttemptAt?: Date;
}

export async function readSourceState(store: StoreTransaction, name: string): Promise<SourceState> {
  return toState(name, await store.sourceState.findUnique({ where: { name } }));
}

/** States of all sources that were ever polled. */
export async function readSourceStates(store: StoreTransaction): Promise<SourceState[]> {
  const rows = await store.sourceState.findMany({ orderBy: { name: 'asc' } });
  return rows.map((row) => toState(row.name, row));
}

type Row = NonNullable<Awaited<ReturnType<StoreTransaction['sourceState']['findUnique']>>>;

function toState(name: string, row: Row | null): SourceState {
  if (!row) return { name, failures: 0 };
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return { name, failures: 0, ...Object.fromEntries(known) };
}

export interface Lease {
  /** Which process asks. */
  readonly by: string;
  readonly now: Date;
  /** Others may poll after this, should the process die without a word. */
  readonly until: Date;
}

/** Takes the source's turn unless a live process has it; resolves to who has it in that case. */
export async function takeLease(
  store: Store,
  name: string,
  lease: Lease,
  isAlive: (owner: string) => boolean,
): Promise<{ readonly heldBy?: string; readonly since?: Date }> {
  return store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const { runningBy, runningUntil, runningSince } = await readSourceState(tx, name);
    if (runningBy && runningUntil && runningUntil > lease.now && isAlive(runningBy))
      return { heldBy: runningBy, since: runningSince };
    const held = {
      runningBy: lease.by,
      runningUntil: lease.until,
      runningSince: lease.now,
      lastStartedAt: lease.now,
    };
    await tx.sourceState.upsert({ where: { name }, create: { name, ...held }, update: held });
    return {};
  });
}

/** Resolves to false when another process has taken the turn. */
export async function renewLease(store: Store, name: string, lease: Lease): Promise<boolean> {
  return whenFree(() => extendLease(store, name, lease));
}

/** The same inside a transaction: nobody takes the turn until it ends. */
export async function extendLease(tx: StoreTransaction, name: string, lease: Lease): Promise<boolean> {
  const { count } = await tx.sourceState.updateMany({
    where: { name, runningBy: lease.by },
    data: { runningUntil: lease.until },
  });
  return count > 0;
}

/** What a window or a batch changes; absent values stay. */
export interface Progress {
  readonly cursor?: string;
  readonly coveredFrom?: Day;
  readonly coveredThrough?: Day;
  readonly backfillTo?: Day;
}

export async function saveProgress(tx: StoreTransaction, name: string, progress: Progress): Promise<void> {
  await tx.sourceState.update({ where: { name }, data: progress });
}

/** How a poll ended. */
export interface PollEnd {
  /** Whose turn it was. */
  readonly by: string;
  readonly at: Date;
  readonly nextAttemptAt: Date;
  readonly warnings: readonly string[];
  /** Absent: nothing went wrong. */
  readonly failure?: {
    readonly error: string;
    readonly hint?: string;
    /** Whether it is one more failure in a row. */
    readonly counts: boolean;
    /** The newest days came all the same: failures before are over. */
    readonly newestDone: boolean;
  };
}

/** Ends a poll and gives the lease back; what another process has taken since stays as it is. */
export async function endPoll(tx: StoreTransaction, name: string, end: PollEnd): Promise<SourceState> {
  const { by, at, nextAttemptAt, warnings, failure } = end;
  const before = await readSourceState(tx, name);
  if (before.runningBy !== by) return before;
  const over = { failures: 0, failingSince: null, lastSuccessAt: at };
  const counted = failure?.counts
    ? { failures: before.failures + 1, failingSince: before.failingSince ?? at }
    : {};
  const outcome = !failure
    ? { error: null, hint: null, ...over }
    : { error: failure.error, hint: failure.hint ?? null, ...(failure.newestDone ? over : counted) };
  const row = await tx.sourceState.update({
    where: { name },
    data: { ...IDLE, lastEndedAt: at, nextAttemptAt, warnings: JSON.stringify(warnings), ...outcome },
  });
  return toState(name, row);
}

const IDLE = { runningBy: null, runningUntil: null, runningSince: null };

/** Gives the lease back after days that somebody asked for by hand: how polling itself stands is not touched. */
export async function endAsked(tx: StoreTransaction, name: string, by: string): Promise<SourceState> {
  await tx.sourceState.updateMany({ where: { name, runningBy: by }, data: IDLE });
  return readSourceState(tx, name);
}
