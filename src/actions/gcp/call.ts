/** One request to one of Google's APIs: tried again when it is throttled, its answer checked, every refusal in words. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ZodType } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';
import { credentialsFor, forgetCredentials } from './credentials.ts';
import { baseOf } from './endpoints.ts';
import { type Explained, explainRefusal, type GoogleCall, onTheWay } from './errors.ts';

export interface GoogleRequest<T> extends GoogleCall {
  /** Region or zone of the resource: some APIs have a host for each region. */
  readonly location: string;
  /** Below the API's version, escaped: "projects/p/zones/z/instances/i/stop". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What is needed of the answer. */
  readonly answer: ZodType<T>;
}

const ATTEMPTS = 5;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const LIMIT = 30_000;

/**
 * GET, or POST for a writing call. Throttled calls are sent again, and so are reading ones after any trouble on the
 * way; a writing one is not, as it may have gone through. Throws AppError: NOT_FOUND when the resource is gone, CONFIG
 * for credentials and end points, UPSTREAM otherwise, with `uncertain` when a writing call may have been carried out.
 */
export async function callGoogle<T>(access: ActionAccess, request: GoogleRequest<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    access.signal.throwIfAborted();
    const outcome = await send(access, request);
    if ('answer' in outcome) return outcome.answer;
    const { again, said, retryAfter = 0 } = outcome;
    if (!again || attempt === ATTEMPTS || retryAfter > LONGEST_WAIT || access.signal.aborted) throw said;
    access.log('Google Cloud is asked again', { task: request.task, attempt, why: said.message });
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * (0.5 + access.random() / 2);
    try {
      await sleep(Math.max(wait, retryAfter) * access.pace, undefined, { signal: access.signal });
    } catch {
      // Whose patience has ended learns what it was waiting for.
      throw said;
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

async function send<T>(
  access: ActionAccess,
  request: GoogleRequest<T>,
): Promise<Explained | { readonly answer: T }> {
  const base = baseOf(access, request.service, request.location);
  const url = new URL(`${base.url}/${request.path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const headers = await credentialsFor(access, base);
  const limit = AbortSignal.timeout(LIMIT);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: request.write ? 'POST' : 'GET',
      headers: {
        ...headers,
        accept: 'application/json',
        ...(request.write && { 'content-type': 'application/json' }),
      },
      ...(request.write && { body: JSON.stringify(request.body ?? {}) }),
      // Followed, a redirect would carry the token to somebody else.
      redirect: 'manual',
      signal: AbortSignal.any([access.signal, limit]),
    });
    text = await response.text();
  } catch (error) {
    return onTheWay(request, limit.aborted ? 'no answer in time' : networkWords(error));
  }
  const body = parse(text);
  if (response.status === 401) forgetCredentials(access);
  if (!response.ok) {
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    return {
      ...explainRefusal(request, response.status, body),
      ...(seconds > 0 && { retryAfter: seconds * 1000 }),
    };
  }
  const read = request.answer.safeParse(body);
  return read.success ? { answer: read.data } : onTheWay(request, 'its answer cannot be understood');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function networkWords(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'no connection';
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message || code || 'no connection';
}
