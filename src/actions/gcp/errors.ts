/** What Google answers instead of doing it, in words: whose permission is missing, what is gone, what may have happened. */
import { AppError } from '../../core/errors.ts';
import type { GoogleService } from './endpoints.ts';

/** One call, for retries and for the sentence when it fails. */
export interface GoogleCall {
  readonly service: GoogleService;
  /** "compute.instances.stop" */
  readonly permission: string;
  /** What was to be done, after "Google Cloud refused to": "stop vm-1", "read the state of vm-1". */
  readonly task: string;
  readonly write: boolean;
}

export interface Explained {
  readonly said: AppError;
  /** Whether the same call may be sent again. */
  readonly again: boolean;
  /** Milliseconds that Google asks to wait. */
  readonly retryAfter?: number;
}

const THROTTLED = /^(rateLimitExceeded|userRateLimitExceeded|RATE_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED)$/;
const DISABLED = /^(accessNotConfigured|SERVICE_DISABLED)$/;
const BUSY = /resourceNotReady|FAILED_PRECONDITION|ABORTED|resourceInUse/;
/** It never left this machine, so nothing can have happened. */
const NEVER_SENT =
  /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CERT|certificate|self[- ]signed|wrong version/i;
const SHOWN = 300;

/** For an answer that is no 2xx. */
export function explainRefusal(call: GoogleCall, status: number, body: unknown): Explained {
  const { message, reasons, permission } = factsOf(body);
  const words = message === '' ? `HTTP ${status}` : message;
  if (status === 429 || (status === 403 && reasons.some((reason) => THROTTLED.test(reason))))
    return {
      again: true,
      said: upstream(
        `Google Cloud did not ${call.task}: too many requests (${words}).`,
        'It is asked again at the next try; other programs share the quota of the project.',
      ),
    };
  if (status >= 500) return onTheWay(call, `HTTP ${status} (${words})`);
  const refused = `Google Cloud refused to ${call.task}`;
  if (status === 401)
    return once(
      `${refused}: it does not take the credentials (${words}).`,
      'They may be expired or revoked.',
    );
  if (
    status === 403 &&
    (reasons.some((reason) => DISABLED.test(reason)) || /has not been used in project/.test(words))
  )
    return once(
      `${refused}: its API ${call.service}.googleapis.com is not switched on in the project.`,
      `gcloud services enable ${call.service}.googleapis.com, or check the name of the project.`,
    );
  if (status === 403)
    return once(
      `${refused}: the permission ${permission ?? call.permission} is missing.`,
      'Grant it to the service account Pennywatch uses (`pennywatch permissions actions --provider gcp` prints the role).',
    );
  if (status === 404)
    return {
      again: false,
      said: new AppError('NOT_FOUND', `Google Cloud cannot ${call.task}: it does not exist.`),
    };
  return once(
    `${refused}: ${words}.`,
    reasons.some((reason) => BUSY.test(reason)) || status === 409
      ? 'Another change of it may be under way: try again when that is over.'
      : 'Look at the resource in the Google Cloud console, then try again.',
  );
}

/** For a call without an answer that can be read: nobody knows whether a writing one was carried out. */
export function onTheWay(call: GoogleCall, what: string): Explained {
  if (call.write && !NEVER_SENT.test(what))
    return {
      again: false,
      said: new AppError(
        'UPSTREAM',
        `Google Cloud was asked to ${call.task}, but its answer was lost: ${what}. It may have been done.`,
        { hint: 'The real state is read again before anything else is tried.', uncertain: true },
      ),
    };
  return {
    again: true,
    said: upstream(
      `Google Cloud could not be asked to ${call.task}: ${what}.`,
      "Check this machine's network and the end point, then try again.",
    ),
  };
}

function once(message: string, hint: string): Explained {
  return { again: false, said: upstream(message, hint) };
}

function upstream(message: string, hint: string): AppError {
  return new AppError('UPSTREAM', message, { hint });
}

interface Facts {
  readonly message: string;
  /** Google's machine-readable words, of both forms of its errors. */
  readonly reasons: readonly string[];
  /** The permission that is missing, where Google names one. */
  readonly permission: string | undefined;
}

function factsOf(body: unknown): Facts {
  const error = at(body, 'error');
  const details = listOf(at(error, 'details'));
  const message = text(at(error, 'message')).replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, SHOWN);
  const named =
    details.map((detail) => text(at(at(detail, 'metadata'), 'permission'))).find((word) => word !== '') ??
    /\b[a-z]+\.[A-Za-z]+\.[A-Za-z]+(?=['"])/.exec(message)?.[0];
  return {
    message,
    reasons: [
      text(at(error, 'status')),
      ...listOf(at(error, 'errors')).map((one) => text(at(one, 'reason'))),
      ...details.map((one) => text(at(one, 'reason'))),
    ].filter((reason) => reason !== ''),
    permission: named,
  };
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
