/** What Azure Resource Manager says when it refuses, in words and with what to do about it. */
import { AppError } from '../../core/errors.ts';

export interface ArmError {
  readonly code: string;
  readonly message: string;
}

/** Of an error body ({error:{code,message}}), or of an operation that failed. */
export function armError(body: unknown): ArmError {
  const error = field(body, 'error');
  const text = (key: string) => {
    const value = field(error, key);
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').slice(0, 400) : '';
  };
  return { code: text('code'), message: text('message') };
}

/** `doing` fits after "Azure refused to", `permission` is what the call needs. */
export function refusal(status: number, error: ArmError, doing: string, permission: string): AppError {
  const { code } = error;
  if (status === 401)
    return new AppError('UPSTREAM', `Azure refused to ${doing}: it did not take the access token.`, {
      hint: "Check the tenant (AZURE_TENANT_ID), whether the app's secret was revoked, and this machine's clock.",
    });
  if (/^DenyAssignment/i.test(code))
    return new AppError(
      'UPSTREAM',
      `Azure refused to ${doing}: it belongs to a managed service (Databricks, a managed application), which alone may change it.`,
      { hint: 'Stop it in that service.' },
    );
  if (/AuthorizationFailed|RBACAccessDenied/i.test(code) || (status === 403 && code === ''))
    return new AppError(
      'UPSTREAM',
      `Azure refused to ${doing}: the permission ${missing(error) ?? permission} is missing.`,
      {
        hint: 'Grant it to the identity Pennywatch runs as (see `pennywatch permissions actions --provider azure`). New roles take some minutes.',
      },
    );
  if (code === 'ScopeLocked')
    return new AppError(
      'UPSTREAM',
      `Azure refused to ${doing}: a lock on the resource or its group forbids it.`,
      {
        hint: 'Whoever owns the resource can remove the lock (Locks, in the portal).',
      },
    );
  if (status === 412)
    return new AppError('CONFLICT', `Azure refused to ${doing}: somebody changed it at the same moment.`, {
      hint: 'Look at it again and propose it anew.',
    });
  return new AppError('UPSTREAM', `Azure refused to ${doing}: ${inWords(status, error)}`, {
    hint:
      status === 409
        ? 'Something else is being done to it: wait until that is over and try again.'
        : 'Look at the resource in the Azure portal; its activity log has the whole message.',
  });
}

export function inWords(status: number, { code, message }: ArmError): string {
  if (message === '' && code === '') return `HTTP ${status}.`;
  const sentence = message === '' ? '' : `${message.replace(/\.?$/, '')} `;
  return `${sentence}(${code || `HTTP ${status}`}).`;
}

/** The action that Azure's own sentence names: of linked scopes the last one is what is missing. */
function missing({ message }: ArmError): string | undefined {
  return [...message.matchAll(/perform action(?:\(s\))? '([^']{3,200})'/g)].at(-1)?.[1];
}

function field(body: unknown, key: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
}
