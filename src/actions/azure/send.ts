/** One request to Azure Resource Manager, and the waits between its attempts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';
import { addressOf } from './address.ts';
import { tokenFor } from './token.ts';

export interface ArmRequest {
  /** "/subscriptions/…", already encoded. */
  readonly path: string;
  readonly version: string;
  readonly query?: Readonly<Record<string, string>>;
  /** After "Azure refused to": "stop VM ranker-1". */
  readonly doing: string;
  /** The operation as roles name it. */
  readonly permission: string;
}
export interface ArmChange extends ArmRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly body?: unknown;
  /** The version that was read; the change is refused when it is no longer that one. */
  readonly ifMatch?: string;
  /** Told to Azure, so that its activity log can be matched with our audit. */
  readonly key: string;
  /** What looking at its operation needs; absent: only the resource itself tells how it went. */
  readonly operations?: string;
}

export interface Sent {
  /** 0: it was never connected. */
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when it is not JSON. */
  readonly body: unknown;
  readonly why?: string;
}

const ATTEMPTS = 5;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const TIMEOUT = 30_000;

/**
 * Waits where Azure is throttled or not connected, and where a read fails in passing. Throws UPSTREAM when that does
 * not end, `uncertain` when a change was sent and its answer was lost.
 */
export async function sendArm(access: ActionAccess, request: ArmRequest | ArmChange): Promise<Sent> {
  const reads = !('key' in request);
  for (let tried = 1; ; tried++) {
    const sent = await attempt(access, request);
    const { status } = sent;
    if (status !== 0 && status !== 429 && !(reads && status >= 500)) return sent;
    if (tried === ATTEMPTS) {
      if (status === 0) throw unreachable(request, sent.why ?? 'no connection');
      if (status === 429) throw throttled(request);
      return sent;
    }
    const asked = Number(sent.headers.get('retry-after') ?? 0) * 1_000;
    const doubled = FIRST_WAIT * 2 ** (tried - 1) * (0.5 + access.random() / 2);
    const wait = Math.min(LONGEST_WAIT, Math.max(Number.isFinite(asked) ? asked : 0, doubled));
    await sleep(wait * access.pace, undefined, { signal: access.signal });
  }
}

async function attempt(access: ActionAccess, request: ArmRequest | ArmChange): Promise<Sent> {
  access.signal.throwIfAborted();
  const { url, audience } = addressOf(access);
  const to = new URL(`${url}${request.path}`);
  to.search = new URLSearchParams({ ...request.query, 'api-version': request.version }).toString();
  const change = 'key' in request ? request : undefined;
  const headers = new Headers({ accept: 'application/json' });
  if (audience) headers.set('authorization', `Bearer ${await tokenFor(access, audience)}`);
  if (change) headers.set('x-ms-client-request-id', change.key);
  if (change?.ifMatch) headers.set('if-match', change.ifMatch);
  if (change?.body !== undefined) headers.set('content-type', 'application/json');
  const limit = AbortSignal.timeout(TIMEOUT);
  try {
    const response = await fetch(to, {
      method: change?.method ?? 'GET',
      headers,
      ...(change?.body !== undefined && { body: JSON.stringify(change.body) }),
      // Followed, a redirect would carry the token to somebody else.
      redirect: 'manual',
      signal: AbortSignal.any([access.signal, limit]),
    });
    return { status: response.status, headers: response.headers, body: parse(await response.text()) };
  } catch (error) {
    const why = limit.aborted ? 'no answer in time' : networkWords(error);
    // A connection that was never made carried nothing.
    if (change && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|bad port/.test(why)) throw lostAnswer(request, why);
    access.signal.throwIfAborted();
    return { status: 0, headers: new Headers(), body: undefined, why };
  }
}

export function lostAnswer({ doing }: ArmRequest, why: string): AppError {
  return new AppError('UPSTREAM', `Azure was asked to ${doing}, but its answer was lost (${why}).`, {
    hint: 'It may have been done all the same: its state is read before anything else happens.',
    uncertain: true,
  });
}

function unreachable({ doing }: ArmRequest, why: string): AppError {
  return new AppError('UPSTREAM', `Azure could not be asked to ${doing}: ${why}.`, {
    hint: 'It was not done. Check the way from here to Azure Resource Manager, and try again.',
  });
}

function throttled({ doing }: ArmRequest): AppError {
  return new AppError(
    'UPSTREAM',
    `Azure does not let us ${doing} now: it is asked too often (HTTP 429, ${ATTEMPTS} times).`,
    { hint: 'It was not done. Try again in some minutes.' },
  );
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
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return cause instanceof Error ? `no connection: ${cause.message}${code}` : 'no connection';
}
