/** JSON over HTTP for actions without an SDK: time-outs, throttling waited out, refusals named, lost answers called uncertain. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../core/errors.ts';
import type { ActionAccess } from './types.ts';

export interface ActionHttpOptions {
  readonly access: ActionAccess;
  /** Who is asked, for errors: "OpenAI". */
  readonly vendor: string;
  /** Made anew for every attempt (tokens expire, signatures carry the time); never logged. */
  readonly headers: (sent: SentText) => Promise<Readonly<Record<string, string>>>;
  /** Taken out of whatever the other side says before anybody reads it. */
  readonly secrets?: readonly string[];
  /** What to do about 401 and 403, one sentence: "Grant it to … (see pennywatch permissions actions --provider gcp)." */
  readonly grant: string;
  /** Own words for a refusal (4xx), where the vendor has a code for it. */
  readonly explain?: (answer: ActionAnswer, asked: ActionRequest) => Explained | undefined;
  /** Per attempt, body included. */
  readonly timeoutMs?: number;
}

export interface SentText {
  readonly method: string;
  /** Exactly what is sent; empty when nothing is. */
  readonly text: string;
}

export interface Explained {
  /** A whole sentence. */
  readonly message: string;
  readonly hint?: string;
}

export interface ActionRequest {
  readonly url: string | URL;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Completes "OpenAI refused to …": "block the key search-prod". */
  readonly doing: string;
  /** As the provider writes it; named when it is missing. */
  readonly permission: string;
  /** Refusals that are answers to the caller, such as 404. */
  readonly allow?: readonly number[];
  /** Changes nothing although it is no GET. */
  readonly reads?: boolean;
}

export interface ActionAnswer {
  readonly status: number;
  /** Parsed; null when there was none. */
  readonly body: unknown;
}

export type ActionHttp = (request: ActionRequest) => Promise<ActionAnswer>;

const TIMEOUT = 30_000;
const ATTEMPTS = 5;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const SHOWN = 200;
/** Asked to wait: nothing was done, so a writing call may be sent again too. */
const THROTTLED = [429, 503, 529];
const FAILED = [408, 425, 500, 502, 504, 520, 522, 524];
/** The connection never came to be, so nothing can have gone through. */
const NEVER_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|certificate|self[- ]signed|wrong version number/i;

/** What one attempt came to when it was no answer. */
interface Failure {
  readonly why: string;
  readonly again: boolean;
  readonly uncertain: boolean;
  readonly wait?: number | undefined;
}

/**
 * Sends one request, again after throttling, and again after a failure if it only reads. Throws UPSTREAM for a refusal
 * (401 and 403 name the permission), `uncertain` when a writing call may have gone through.
 */
export function createActionHttp(options: ActionHttpOptions): ActionHttp {
  const { access, vendor } = options;
  return async function request(asked) {
    access.signal.throwIfAborted();
    for (let attempt = 0; ; attempt++) {
      const outcome = await send(options, asked);
      if ('status' in outcome) return outcome;
      if (outcome.again && attempt < ATTEMPTS - 1 && !access.signal.aborted) {
        access.log('asked again', { vendor, doing: asked.doing, why: outcome.why, attempt: attempt + 1 });
        if (await rested(access, attempt, outcome.wait)) continue;
      }
      const times = attempt > 0 ? `, ${attempt + 1} times` : '';
      throw new AppError(
        'UPSTREAM',
        `${vendor} did not answer as it should${times}, when asked to ${asked.doing}: ${clean(outcome.why, options)}.`,
        {
          hint: outcome.uncertain
            ? 'It may have gone through all the same: look at its real state.'
            : 'Nothing was changed. Try again later, or look at the status page of the service.',
          uncertain: outcome.uncertain,
        },
      );
    }
  };
}

async function send(options: ActionHttpOptions, asked: ActionRequest): Promise<ActionAnswer | Failure> {
  const { access } = options;
  const { method = 'GET' } = asked;
  const writes = method !== 'GET' && asked.reads !== true;
  const text = asked.body === undefined ? '' : JSON.stringify(asked.body);
  const headers = await options.headers({ method, text });
  const limit = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT);
  let response: Response;
  let answer: string;
  try {
    response = await fetch(asked.url, {
      method,
      headers: {
        accept: 'application/json',
        ...(text !== '' && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text !== '' && { body: text }),
      // Followed, a redirect would carry the key to somebody else.
      redirect: 'manual',
      signal: AbortSignal.any([access.signal, limit]),
    });
    answer = await response.text();
  } catch (error) {
    if (!writes) access.signal.throwIfAborted();
    const why = limit.aborted ? 'no answer in time' : networkWords(error);
    return { why, again: !writes, uncertain: writes && !NEVER_SENT.test(why) };
  }
  const { status } = response;
  const body = parse(answer);
  const words = `HTTP ${status}${said(body)}`;
  if (asked.allow?.includes(status)) return { status, body: body ?? null };
  if (response.ok) {
    if (body !== undefined || status === 204 || answer === '') return { status, body: body ?? null };
    return { why: 'the answer was cut off or is not JSON', again: !writes, uncertain: writes };
  }
  if (THROTTLED.includes(status))
    return {
      why: words,
      again: true,
      uncertain: false,
      wait: retryAfter(response.headers.get('retry-after'), access.now()),
    };
  if (FAILED.includes(status)) return { why: words, again: !writes, uncertain: writes };
  throw refused(options, asked, { status, body });
}

function refused(options: ActionHttpOptions, asked: ActionRequest, answer: ActionAnswer): AppError {
  const { vendor, grant } = options;
  const { status, body } = answer;
  const own = options.explain?.(answer, asked);
  if (own)
    return new AppError('UPSTREAM', clean(own.message, options), {
      ...(own.hint !== undefined && { hint: own.hint }),
    });
  const refusal = `${vendor} refused to ${asked.doing}`;
  if (status === 401)
    return new AppError(
      'UPSTREAM',
      `${refusal}: it does not take the key, or the key lacks the permission ${asked.permission}${clean(said(body), options)}.`,
      { hint: grant },
    );
  if (status === 403)
    return new AppError(
      'UPSTREAM',
      `${refusal}: the permission ${asked.permission} is missing${clean(said(body), options)}.`,
      { hint: grant },
    );
  if (status >= 300 && status < 400)
    return new AppError('UPSTREAM', `${refusal}: it answers with a redirect (HTTP ${status}).`, {
      hint: 'It is not followed, so that the key stays here: correct the endpoint under actions.accounts.',
    });
  return new AppError('UPSTREAM', `${refusal}: HTTP ${status}${clean(said(body), options)}.`, {
    hint: 'Nothing was changed. Look at it in the console of the service.',
  });
}

/** Waits before the next attempt; false when there is no time left for one. */
async function rested(access: ActionAccess, attempt: number, asked: number | undefined): Promise<boolean> {
  const exponential = FIRST_WAIT * 2 ** attempt * (0.5 + access.random() / 2);
  const wait = Math.min(LONGEST_WAIT, Math.max(asked ?? 0, exponential)) * access.pace;
  try {
    await sleep(wait, undefined, { signal: access.signal });
    return true;
  } catch {
    return false;
  }
}

/** Retry-After as seconds or as an HTTP date, in milliseconds from now. */
function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
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
  const message = [['error', 'message'], ['message'], ['error'], ['detail', 'error'], ['detail']]
    .map((path) => at(body, path))
    .find((value) => typeof value === 'string');
  return typeof message === 'string'
    ? ` (${message.replace(/\s+/g, ' ').slice(0, SHOWN).replace(/\.$/, '')})`
    : '';
}

/** The value at a path of nested objects; undefined where there is none. */
export function at(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    body,
  );
}

/** Vendors quote a part of a wrong key, and a gateway may quote all of it. */
function clean(text: string, { secrets = [] }: ActionHttpOptions): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, '(key)'), text)
    .replace(/\b(sk|whsec)[-_][\w*.-]{4,}/g, '(key)')
    .replace(/\bBearer\s+[\w.~+/-]{8,}=*/gi, 'Bearer (key)');
}

function networkWords(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? `no connection: ${cause.message}` : 'no connection';
}
