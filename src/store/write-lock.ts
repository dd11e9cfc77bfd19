/** Lets one writer after the other into the database, across processes. */
import { AppError } from '../core/errors.ts';
import type { StoreTransaction } from './open.ts';

/** Each attempt waits as long as the connection's own timeout. */
const ATTEMPTS = 10;

/**
 * Waits for other writers and keeps them out until the transaction ends. To be called first: SQLite refuses at
 * once, however long it may wait, when a transaction that has read wants to write what another has changed since.
 * Throws CONFLICT when the others do not finish.
 */
export async function lockForWriting(tx: StoreTransaction): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await tx.$executeRawUnsafe('DELETE FROM "Meta" WHERE false');
      return;
    } catch (cause) {
      if (attempt < ATTEMPTS && cause instanceof Error && /timed out|locked|busy/i.test(cause.message))
        continue;
      throw new AppError('CONFLICT', 'The database is busy: another import or allocation is writing to it.', {
        hint: 'Try again when it is done. Nothing was changed.',
        cause,
      });
    }
}
