/** How Google's APIs say no: Compute in the older form with `errors`, the others with `status` and `details`. */
import type { Json } from './types.ts';

export type GoogleApi = 'compute' | 'aiplatform' | 'notebooks' | 'container';

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
};

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** "FAILED_PRECONDITION"; Compute: "resourceNotReady". */
  readonly reason: string | undefined;

  constructor(status: number, message: string, reason?: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export function refusalBody(api: GoogleApi, { status, message, reason }: Refusal): Json {
  if (api === 'compute') {
    const word = reason ?? (status === 404 ? 'notFound' : 'invalid');
    return { error: { code: status, message, errors: [{ message, domain: 'global', reason: word }] } };
  }
  return { error: { code: status, message, status: reason ?? STATUS[status] ?? 'UNKNOWN' } };
}

/** 403 in the words of the API. */
export function denial(api: GoogleApi, permission: string, resource: string): { status: number; body: Json } {
  if (api === 'compute')
    return {
      status: 403,
      body: refusalBody(
        api,
        new Refusal(403, `Required '${permission}' permission for '${resource}'`, 'forbidden'),
      ),
    };
  const message =
    api === 'container'
      ? `Required "${permission}" permission(s) for "${resource}".`
      : `Permission '${permission}' denied on resource '//${api}.googleapis.com/${resource}' (or it may not exist).`;
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'IAM_PERMISSION_DENIED',
    domain: `${api}.googleapis.com`,
    metadata: { permission, resource },
  };
  return {
    status: 403,
    body: { error: { code: 403, message, status: 'PERMISSION_DENIED', details: [info] } },
  };
}

/** Compute says 403 when there are too many requests, the others 429. */
export function throttle(api: GoogleApi): { status: number; body: Json } {
  return api === 'compute'
    ? { status: 403, body: refusalBody(api, new Refusal(403, 'Rate Limit Exceeded', 'rateLimitExceeded')) }
    : { status: 429, body: refusalBody(api, new Refusal(429, `Quota exceeded for ${api}.googleapis.com.`)) };
}
