/** Writes down what was refused, once the transaction in which it was refused is over. */
import { type Actor, actorKey } from '../core/actor.ts';
import type { AppError } from '../core/errors.ts';
import { appendAudit } from '../store/audit.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Context } from './context.ts';

export interface Refused {
  /** What was wanted, e.g. "proposal-decision". */
  readonly kind: string;
  /** Of what, e.g. "proposal:12". */
  readonly subject: string;
  readonly reason: string;
}

const refusals = new WeakMap<object, Refused>();

/** Says what an error refuses, for whoever catches it. */
export function rememberRefusal(error: Error, refused: Refused): void {
  refusals.set(error, refused);
}

/** The error, remembered as the refusal of something. */
export function refusal(kind: string, subject: string, error: AppError): AppError {
  rememberRefusal(error, { kind, subject, reason: error.message });
  return error;
}

/**
 * Runs it, and audits a refusal it throws: the transaction it was refused in is rolled back, so the entry has one of its
 * own. Throws what the work threw.
 */
export async function auditRefusals<T>(
  context: Pick<Context, 'store' | 'now' | 'log'>,
  actor: Actor,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refused = error instanceof Error ? refusals.get(error) : undefined;
    if (refused) await write(context, actor, refused);
    throw error;
  }
}

/** The refusal stands, written down or not: a database that is full must not turn it into something else. */
async function write(
  { store, now, log }: Pick<Context, 'store' | 'now' | 'log'>,
  actor: Actor,
  { kind, subject, reason }: Refused,
): Promise<void> {
  try {
    await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      await appendAudit(tx, {
        at: new Date(now()),
        actor: actorKey(actor),
        action: `refused.${kind}`,
        subject,
        after: JSON.stringify({ reason }),
      });
    });
  } catch (error) {
    log.error({ err: error, kind, subject, actor: actorKey(actor) }, 'a refusal could not be written down');
  }
}
