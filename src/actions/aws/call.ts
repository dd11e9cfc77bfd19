/** One call to AWS: tried again when it is throttled, and every refusal in words. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';
import { type AwsCall, explain } from './errors.ts';

export type { AwsCall } from './errors.ts';

const ATTEMPTS = 5;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
/** The SDK's own limit ends with the first byte; this one covers the whole answer. */
const LIMIT = 30_000;

/**
 * Sends until it is answered. Throttled calls are sent again, and so are reading ones after any trouble on the way; a
 * writing one is not, as it may have gone through. Throws AppError: NOT_FOUND when the resource is gone, UPSTREAM
 * otherwise (naming a missing permission), with `uncertain` when a writing call may have been carried out.
 */
export async function callAws<T>(
  access: ActionAccess,
  about: AwsCall,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    access.signal.throwIfAborted();
    const limit = AbortSignal.timeout(LIMIT);
    try {
      return await Promise.race([send(AbortSignal.any([access.signal, limit])), rejectOn(limit)]);
    } catch (error) {
      const { again, said } = explain(error, about, access);
      if (!again || attempt === ATTEMPTS || access.signal.aborted) throw said;
      access.log('AWS is asked again', { operation: about.operation, attempt, why: said.message });
      await pause(access, attempt, said);
    }
  }
}

/** What a call resolves to, or undefined when the resource does not exist. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function pause(access: ActionAccess, attempt: number, said: AppError): Promise<void> {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * (0.5 + access.random() / 2);
  try {
    await sleep(wait * access.pace, undefined, { signal: access.signal });
  } catch {
    // Whose patience has ended learns what it was waiting for.
    throw said;
  }
}

function rejectOn(limit: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason));
  });
}
