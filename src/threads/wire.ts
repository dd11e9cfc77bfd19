/** How results and errors cross from a thread: an error keeps its code, words and hint. */
import { AppError, type ErrorCode } from '../core/errors.ts';

export type Wired<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: WiredError };

interface WiredError {
  readonly code?: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly uncertain?: boolean;
  readonly stack?: string;
}

/** Runs it and packs what came of it. Never rejects. */
export async function pack<T>(work: () => Promise<T>): Promise<Wired<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: describe(error) };
  }
}

/** The value, or the error thrown again as what it was. */
export function unpack<T>(wired: Wired<T>): T {
  if (wired.ok) return wired.value;
  const { code, message, hint, uncertain, stack } = wired.error;
  const cause = new Error(message);
  if (stack) cause.stack = stack;
  if (!code) throw cause;
  throw new AppError(code, message, { hint, uncertain, cause });
}

function describe(error: unknown): WiredError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  if (!(error instanceof AppError)) return { message, stack };
  return { code: error.code, message, hint: error.hint, uncertain: error.uncertain, stack };
}
