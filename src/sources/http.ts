/** JSON over HTTP for sources without an SDK: time-outs, retries, what the other side asks to wait, errors in words. */
import { AppError } from '../core/errors.ts';
import { createRetry, TransientError } from './retry.ts';
import type { Access } from './types.ts';

export interface HttpOptions {
  readonly access: Access;
  /** Who is asked, for errors: "OpenAI". */
  readonly vendor: string;
  /** Made anew for every attempt (tokens expire); never logged. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  /** What to do about a refusal (4xx), in one sentence, by status and body. */
  readonly mend?: (status: number, body: unknown) => string | undefined;
  /** Milliseconds to wait by the vendor's own headers; the standard Retry-After is read anyway. */
  readonly retryAfter?: (headers: Headers) => number | undefined;
  /** Sees the headers of every answer, refusals included: quotas that are left. */
  readonly onAnswer?: (headers: Headers) => void;
  /** Per attempt, body included. */
  readonly timeoutMs?: number;
}

export interface HttpRequest {
  readonly url: string | URL;
  readonly method?: 'GET' | 'POST';
  /** Sent as JSON. */
  readonly body?: unknown;
}

const TIMEOUT = 60_000;
const TRANSIENT = [408, 409, 425, 429, 500, 502, 503, 504, 522, 524, 529];
const SHOWN = 300;

/**
 * Sends JSON requests; resolves to the parsed body, to null for 204 (no content). Throws UPSTREAM for refusals, and
 * see createRetry.
 */
export function createHttp(options: HttpOptions) {
  const { access, vendor } = options;
  const withRetry = createRetry({ access, vendor });
  return (request: HttpRequest): Promise<unknown> => withRetry(() => send(options, request));
}

async function send(options: HttpOptions, { url, method = 'GET', body }: HttpRequest): Promise<unknown> {
  const { access, vendor } = options;
  const headers = await options.headers();
  await access.meter.request();
  const limit = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Followed, a redirect would carry the key to somebody else.
      redirect: 'manual',
      signal: AbortSignal.any([access.signal, limit]),
    });
    text = await response.text();
  } catch (error) {
    access.meter.failed();
    access.signal.throwIfAborted();
    throw new TransientError(limit.aborted ? 'no answer in time' : networkWords(error), { cause: error });
  }
  options.onAnswer?.(response.headers);
  if (response.status === 204) return null;
  const parsed = parse(text);
  if (response.ok && parsed !== undefined) return parsed;
  access.meter.failed();
  if (response.ok) throw new TransientError('the answer was cut off or is not JSON');
  if (TRANSIENT.includes(response.status))
    throw new TransientError(`HTTP ${response.status}${said(parsed)}`, {
      retryAfter: longest(
        retryAfter(response.headers.get('retry-after'), access.now()),
        options.retryAfter?.(response.headers),
      ),
    });
  throw new AppError('UPSTREAM', `${vendor} refused: HTTP ${response.status}${said(parsed)}`, {
    hint: options.mend?.(response.status, parsed) ?? defaultMend(response.status),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The other side's own sentence, shortened; looks where APIs put it. */
function said(body: unknown): string {
  const message =
    find(body, ['error', 'message']) ??
    find(body, ['message']) ??
    find(body, ['error']) ??
    find(body, ['detail', 'error']) ??
    find(body, ['detail']);
  return typeof message === 'string' ? ` (${message.replace(/\s+/g, ' ').slice(0, SHOWN)})` : '';
}

function find(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    body,
  );
}

/** Retry-After as seconds or as an HTTP date, in milliseconds from now. */
export function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function longest(...waits: readonly (number | undefined)[]): number | undefined {
  const known = waits.filter((wait) => wait !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function networkWords(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? `no connection: ${cause.message}` : 'no connection';
}

function defaultMend(status: number): string {
  if (status >= 300 && status < 400)
    return 'It answers with a redirect, which is not followed so that the key stays here: correct the address in the settings of this source.';
  if (status === 401)
    return 'The key is wrong, expired or revoked: make a new one and set it in the environment.';
  if (status === 403) return 'The key may not do this: see `pennywatch permissions` for what it needs.';
  return 'Check the settings of this source in pennywatch.yaml.';
}
