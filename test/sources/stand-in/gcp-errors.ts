/** Refusals in the shape of Google's APIs. */
import type { StandInAnswer } from './server.ts';

export function googleRefusal(
  code: number,
  reason: string,
  message: string,
  status = 'UNKNOWN',
): StandInAnswer {
  return {
    status: code,
    body: { error: { code, message, errors: [{ message, domain: 'global', reason }], status } },
  };
}

/** What can be forbidden or used up, by the words of BigQuery. */
export const REFUSALS = {
  jobs: (project: string) =>
    googleRefusal(
      403,
      'accessDenied',
      `Access Denied: Project ${project}: User does not have bigquery.jobs.create permission in project ${project}.`,
      'PERMISSION_DENIED',
    ),
  data: (_: string, table: string) =>
    googleRefusal(
      403,
      'accessDenied',
      `Access Denied: Table ${table}: User does not have permission to query table ${table}, or perhaps it does not exist.`,
      'PERMISSION_DENIED',
    ),
  quota: (project: string) =>
    googleRefusal(
      403,
      'quotaExceeded',
      `Quota exceeded: Your project ${project} exceeded quota for query usage per day. For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas`,
      'PERMISSION_DENIED',
    ),
  location: (project: string) =>
    googleRefusal(
      404,
      'notFound',
      `Not found: Dataset ${project}:billing was not found in location EU`,
      'NOT_FOUND',
    ),
  billing: (project: string) =>
    googleRefusal(
      403,
      'billingNotEnabled',
      `Billing has not been enabled for ${project}.`,
      'PERMISSION_DENIED',
    ),
} as const;
export type RefusalKind = keyof typeof REFUSALS;

export function unauthorised(): StandInAnswer {
  return googleRefusal(
    401,
    'authError',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    'UNAUTHENTICATED',
  );
}

/** Throttled and failing requests. BigQuery answers 403, not 429, to too many requests. */
export function troubled(status: number): StandInAnswer {
  if (status === 429)
    return googleRefusal(
      403,
      'rateLimitExceeded',
      'Exceeded rate limits: too many api requests per user per method for this user_method. For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas',
      'PERMISSION_DENIED',
    );
  if (status === 500)
    return googleRefusal(
      500,
      'internalError',
      'An internal error occurred and the request could not be completed.',
      'INTERNAL',
    );
  return googleRefusal(
    503,
    'backendError',
    'Error encountered during execution. Retrying may solve the problem.',
    'UNAVAILABLE',
  );
}
