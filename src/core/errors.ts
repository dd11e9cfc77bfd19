/** The one error type users may see: what was wrong, where, and what to do about it. */
export type ErrorCode =
  | 'CONFIG'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'INVALID'
  | 'LIMIT'
  | 'UPSTREAM'
  | 'INTERNAL';

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  /** What the reader can do about it, as a sentence. */
  readonly hint: string | undefined;
  /** The other side may have done it all the same: its answer was lost. */
  readonly uncertain: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; cause?: unknown; uncertain?: boolean } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.uncertain = options.uncertain ?? false;
  }
}

/** The sentence a person reads for any thrown value; never a stack trace. */
export function describeError(error: unknown): string {
  if (error instanceof AppError) return error.hint ? `${error.message}\n${error.hint}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
