/** Tries a request again: exponential back-off with jitter, and never sooner than the other side asks for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { handleWhen, retry } from 'cockatiel';
import { AppError } from '../core/errors.ts';
import type { Access } from './types.ts';

/** A request that may succeed when it is sent again. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** Milliseconds that the other side asks to wait; undefined when it does not say. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options: { retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const { retryAfter } = options;
    // Made of a header that may say anything.
    this.retryAfter = retryAfter !== undefined && retryAfter >= 0 ? retryAfter : undefined;
  }
}

export interface RetryOptions {
  readonly access: Access;
  /** Who is asked, for errors: "OpenAI". */
  readonly vendor: string;
  /** Tries in all. */
  readonly attempts?: number;
}

const ATTEMPTS = 8;
/** What a wrong address or certificate says does not change in a minute. */
const FEW_ATTEMPTS = 3;
const LASTING = /ENOTFOUND|self[- ]signed|certificate|wrong version number/i;
const FIRST_WAIT = 300;
const LONGEST_WAIT = 60_000;
/** Asked to wait longer than this, the poll gives up and comes back later. */
const LONGEST_ASKED = 300_000;

/**
 * Runs `send` until it succeeds or throws something else than a TransientError. The wait doubles from 0.3 s, with
 * full jitter on its upper half. Throws UPSTREAM when all attempts failed, LIMIT when asked to wait over five minutes.
 */
export function createRetry({ access, vendor, attempts = ATTEMPTS }: RetryOptions) {
  const wait = (attempt: number, error: unknown) => {
    const asked = error instanceof TransientError ? (error.retryAfter ?? 0) : 0;
    const exponential = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt) * (0.5 + access.random() / 2);
    return Math.max(asked, exponential) * access.pace;
  };
  const policy = retry(
    handleWhen((error) => error instanceof TransientError && (error.retryAfter ?? 0) <= LONGEST_ASKED),
    { maxAttempts: attempts - 1 },
  );
  return async function withRetry<T>(send: () => Promise<T>): Promise<T> {
    let last: unknown;
    let tried = 0;
    try {
      return await policy.execute(async ({ attempt }) => {
        // The library's own wait would go on when the poll is stopped.
        if (attempt > 0) await sleep(wait(attempt, last), undefined, { signal: access.signal });
        access.signal.throwIfAborted();
        tried = attempt + 1;
        try {
          return await send();
        } catch (error) {
          last = error;
          if (tried >= FEW_ATTEMPTS && isLasting(error)) throw new Error('given up', { cause: error });
          throw error;
        }
      }, access.signal);
    } catch (thrown) {
      const error = isLasting(last) ? last : thrown;
      // Whose patience has ended learns what it was waiting for.
      if (last instanceof TransientError && isTimedOut(access.signal))
        throw new AppError('UPSTREAM', `${vendor} did not answer as it should in time: ${last.message}`, {
          hint: 'This is tried again by itself. If it stays, look at the status page of the service.',
          cause: last,
        });
      if (!(error instanceof TransientError)) throw error;
      if ((error.retryAfter ?? 0) > LONGEST_ASKED)
        throw new AppError(
          'LIMIT',
          `${vendor} asks to wait ${Math.ceil((error.retryAfter ?? 0) / 60_000)} minutes: ${error.message}`,
          { hint: 'The next poll goes on where this one stopped.', cause: error },
        );
      throw new AppError(
        'UPSTREAM',
        `${vendor} did not answer as it should, ${tried} times: ${error.message}`,
        {
          hint: 'This is tried again by itself. If it stays, look at the status page of the service.',
          cause: error,
        },
      );
    }
  };
}

function isLasting(error: unknown): boolean {
  return error instanceof TransientError && LASTING.test(error.message);
}

function isTimedOut({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof Error && reason.name === 'TimeoutError';
}
