/** Lets one writer after the other into the database, across connections and processes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../core/errors.ts';
import type { StoreTransaction } from './open.ts';

/** How long writers wait for each other, and how often they look, in milliseconds. */
const PATIENCE = 300_000;
const LOOK_EVERY = 20;

/**
 * Waits for other writers and keeps them out until the transaction ends. To be called first: SQLite refuses at
 * once, however long it may wait, when a transaction that has read wants to write what another has changed since.
 * Throws CONFLICT when the others do not finish within `patience` milliseconds.
 */
export async function lockForWriting(tx: StoreTransaction, patience = PATIENCE): Promise<void> {
  await whenFree(() => tx.$executeRawUnsafe('DELETE FROM "Meta" WHERE false'), patience);
}

/** Runs a single write, again and again while another connection writes, without blocking the thread. */
export async function whenFree<T>(write: () => Promise<T>, patience = PATIENCE): Promise<T> {
  const since = performance.now();
  for (;;)
    try {
      return await write();
    } catch (cause) {
      if (!isBusy(cause)) throw cause;
      if (performance.now() - since > patience)
        throw new AppError(
          'CONFLICT',
          'The database is busy: another import or allocation is writing to it.',
          {
            hint: 'Try again when it is done. Nothing was changed.',
            cause,
          },
        );
      await sleep(LOOK_EVERY);
    }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && /timed out|locked|busy/i.test(cause.message);
}
