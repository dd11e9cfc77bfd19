/** What the Kubernetes API says when it refuses (a Status object), in words and with what to do about it. */
import { AppError } from '../../core/errors.ts';

export interface Refused {
  readonly status: number;
  /** "Forbidden", "NotFound", "Conflict" … */
  readonly reason: string;
  readonly message: string;
}

/** Undefined for what is no answer of the API. */
export function refusedOf(error: unknown): Refused | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') return undefined;
  const body = statusOf('body' in error ? error.body : undefined);
  return { status: error.code, reason: textOf(body, 'reason'), message: textOf(body, 'message') };
}

/** `doing` fits after "Kubernetes refused to", `permission` is what the call needs. */
export function refusal(refused: Refused, doing: string, permission: string, namespace: string): AppError {
  const { status, reason, message } = refused;
  const words = `${message.replace(/\.?$/, '')} (${reason || `HTTP ${status}`})`.replace(/^ \(/, '(');
  if (status === 401)
    return new AppError('UPSTREAM', `Kubernetes refused to ${doing}: it did not take the credentials.`, {
      hint: 'The token or certificate is wrong or has expired: check the kubeconfig, or the variable with the token.',
    });
  if (status === 403 && (message === '' || /cannot \w+ resource/.test(message)))
    return new AppError(
      'UPSTREAM',
      `Kubernetes refused to ${doing}: the permission "${missing(message) ?? permission}" is missing in namespace ${namespace}.`,
      {
        hint: 'Bind a Role with it to the account Pennywatch runs as (see `pennywatch permissions actions --provider kubernetes`).',
      },
    );
  if (status === 403 || status === 422 || status === 400)
    return new AppError('UPSTREAM', `Kubernetes refused to ${doing}: ${words}.`, {
      hint: 'A rule of the cluster (an admission policy or a quota) forbids it: ask whoever runs the cluster.',
    });
  if (status === 404)
    return new AppError('NOT_FOUND', `Kubernetes could not ${doing}: it is gone.`, {
      hint: 'Nothing is left to be done.',
    });
  if (status === 409)
    return new AppError('CONFLICT', `Kubernetes refused to ${doing}: it is being changed all the time.`, {
      hint: 'Nothing was changed. Look what else changes it, and try again.',
    });
  return new AppError('UPSTREAM', `Kubernetes refused to ${doing}: ${words}.`, {
    hint: 'Look at the cluster, and try again.',
  });
}

/** "… cannot patch resource "deployments/scale" in API group "apps" …" as a permission. */
function missing(message: string): string | undefined {
  const [, verb, resource, group = ''] =
    /cannot (\w+) resource "([\w./-]+)"(?: in API group "([\w.-]*)")?/.exec(message) ?? [];
  return verb && resource ? [verb, group, resource].filter((word) => word !== '').join(' ') : undefined;
}

function statusOf(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return { message: body };
  }
}

function textOf(body: unknown, key: 'reason' | 'message'): string {
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').slice(0, 400) : '';
}
