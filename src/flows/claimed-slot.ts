/** Work that one process does once: claimed before, settled in the transaction of its result, tried again when it fails. */
import { AppError } from '../core/errors.ts';
import { claimRun, failRun, type RunKey } from '../store/job-runs.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Context } from './context.ts';

/** Longer than all looks at the clouds together; a process that dies holds it up for so long. */
const LEASE = 300_000;
const AGAIN = 60_000;

/** False when another process has it, it is done, or it waits for its next attempt. */
export async function claimSlot(context: Context, owner: string, key: RunKey): Promise<boolean> {
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const now = new Date(context.now());
    const until = new Date(now.getTime() + LEASE);
    return (await claimRun(tx, key, { by: owner, now, until })) !== undefined;
  });
}

/** It is tried again in a minute, or after `wait` milliseconds. */
export async function releaseSlot(
  context: Context,
  owner: string,
  key: RunKey,
  { error, wait = AGAIN }: { readonly error: unknown; readonly wait?: number },
): Promise<void> {
  const words = error instanceof AppError ? error.message : 'It failed inside Pennywatch; see its log.';
  await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const at = new Date(context.now());
    await failRun(tx, key, { by: owner, at, error: words, nextAttemptAt: new Date(at.getTime() + wait) });
  });
}
