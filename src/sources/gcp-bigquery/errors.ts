/** What Google's errors mean, in words: transient ones are tried again, the others say what to mend. */
import { AppError } from '../../core/errors.ts';
import { retryAfter } from '../http.ts';
import { TransientError } from '../retry.ts';

/** What was being asked, so that the words can name it. */
export interface Asked {
  /** Project that runs the queries. */
  readonly project: string;
  /** The table as project.dataset.table. */
  readonly table: string;
  readonly now: number;
}

interface Facts {
  readonly status: number | undefined;
  /** Whether BigQuery said this, and not the connection or the library that signs in. */
  readonly answered: boolean;
  readonly reason: string;
  readonly message: string;
  readonly retryAfter: number | undefined;
}

const TRANSIENT_STATUS = [408, 425, 429, 500, 502, 503, 504];
const TRANSIENT_REASON =
  /^(rateLimitExceeded|userRateLimitExceeded|backendError|internalError|jobBackendError|jobInternalError|jobRateLimitExceeded|tableUnavailable)$/;
const NETWORK =
  /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|socket hang up|Premature close|certificate|ERR_TLS|ERR_SSL|EPROTO|wrong version number|Unexpected end of JSON|Unexpected token|invalid json response|terminated|network/i;
const SHOWN = 300;

/**
 * The error to throw for one of the SDK's. Never carries the original as its cause: that holds the request's headers,
 * and so the access token.
 */
export function googleError(error: unknown, asked: Asked): Error {
  if (error instanceof AppError || error instanceof TransientError) return error;
  const facts = factsOf(error, asked.now);
  const credentials = facts.answered ? undefined : credentialWords(facts.message);
  if (credentials) return new AppError('UPSTREAM', credentials.message, { hint: credentials.hint });
  // Before the status: a cut-off answer has one, too.
  if (!facts.answered && NETWORK.test(facts.message))
    return new TransientError(`no connection, or the answer was cut off (${facts.message})`);
  if (isTransientReason(facts.reason) || TRANSIENT_STATUS.includes(facts.status ?? 0))
    return new TransientError(`HTTP ${facts.status ?? '?'} (${facts.message})`, {
      retryAfter: facts.retryAfter,
    });
  return refusal(facts, asked);
}

/** Whether a job (or request) that failed for this reason may succeed when it is made again. */
export function isTransientReason(reason: string): boolean {
  return TRANSIENT_REASON.test(reason);
}

function refusal({ status, reason, message }: Facts, { project, table }: Asked): AppError {
  const said = `BigQuery refused: ${message}`;
  switch (reason) {
    case 'quotaExceeded':
      return new AppError('LIMIT', said, {
        hint: `A quota of the project ${project} is used up (IAM & Admin → Quotas → BigQuery API). Quotas per day are renewed at midnight Pacific time; the next poll goes on where this one stopped.`,
      });
    case 'bytesBilledLimitExceeded':
      return new AppError('LIMIT', said, {
        hint: 'Raise maximumBytesBilled of this source in pennywatch.yaml, or keep fewer days (historyMonths).',
      });
    case 'billingNotEnabled':
      return new AppError('UPSTREAM', said, {
        hint: `Link a billing account to the project ${project}, or name another one as project.`,
      });
    case 'notFound':
      return new AppError('UPSTREAM', said, {
        hint: /\bin location\b/i.test(message)
          ? `The dataset lies elsewhere: leave location away, or write the one that the dataset's details show. If the table ${table} does not exist, check its name.`
          : `Check the table ${table} and the project ${project}: the names are shown in the BigQuery console. The table appears some hours after the export is switched on.`,
      });
    case 'accessDenied':
      return accessDenied(said, project, table);
    case 'invalidQuery':
      return new AppError('UPSTREAM', said, {
        hint: `Is ${table} a Cloud Billing export, of the kind that \`export\` says?`,
      });
    default:
      break;
  }
  if (status === 401)
    return new AppError('UPSTREAM', said, {
      hint: 'The credentials are expired or revoked: make a new key (or token) and set it in the environment.',
    });
  if (status === 403) return accessDenied(said, project, table);
  return new AppError('UPSTREAM', said, { hint: 'Check the settings of this source in pennywatch.yaml.' });
}

function accessDenied(said: string, project: string, table: string): AppError {
  const jobs = /bigquery\.jobs\.create|run (query )?jobs?|create jobs?/i.test(said);
  const api = /has not been used in project|is disabled/i.test(said);
  const hint = api
    ? `Switch on the BigQuery API in the project ${project}: gcloud services enable bigquery.googleapis.com --project=${project}`
    : jobs
      ? `Grant roles/bigquery.jobUser on the project ${project}; see \`pennywatch permissions gcp-bigquery\`.`
      : `Grant roles/bigquery.dataViewer on the dataset of ${table}, and roles/bigquery.jobUser on the project ${project}; see \`pennywatch permissions gcp-bigquery\`.`;
  return new AppError('UPSTREAM', said, { hint });
}

/** What fails before BigQuery is reached: the credentials themselves. */
function credentialWords(message: string): { message: string; hint: string } | undefined {
  if (/Could not load the default credentials|Unable to detect a Project Id/i.test(message))
    return {
      message: 'There are no Google Cloud credentials.',
      hint: "Set GOOGLE_APPLICATION_CREDENTIALS to the path of the service account's key file, or run where a service account is attached.",
    };
  if (/invalid_grant/i.test(message) && /iat|exp\b|short-lived|timeframe|clock/i.test(message))
    return {
      message: `Google does not take the credentials: the time of this machine is wrong (${message}).`,
      hint: 'Set the clock (NTP); it may be off by a few minutes at most.',
    };
  if (/invalid_grant|invalid_client|account not found|unauthorized_client|invalid_rapt/i.test(message))
    return {
      message: `Google does not take the credentials: ${message}.`,
      hint: 'The key was deleted or its service account disabled: make a new key and set it in the environment.',
    };
  if (/DECODER routines|ERR_OSSL|PEM routines/i.test(message))
    return {
      message: 'The private key in the file of Google Cloud credentials is damaged.',
      hint: 'Make a new key file, and check how it was copied (line breaks of private_key).',
    };
  return undefined;
}

function factsOf(error: unknown, now: number): Facts {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  const first = at(at(error, 'errors'), '0');
  const response = at(error, 'response');
  const status = [
    at(error, 'code'),
    at(error, 'status'),
    at(response, 'status'),
    at(response, 'statusCode'),
  ].find((value): value is number => typeof value === 'number' && value >= 400);
  const message = [at(first, 'message'), at(error, 'message')].find(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  const code = at(error, 'code');
  const waits = at(at(response, 'headers'), 'retry-after');
  return {
    status,
    answered: first !== undefined,
    reason: String(at(first, 'reason') ?? ''),
    message:
      `${typeof code === 'string' && !message?.includes(code) ? `${code}: ` : ''}${message ?? 'no reason given'}`
        .replace(/\s+/g, ' ')
        // The address of a request says nothing to people.
        .replace(/(Invalid response body while trying to fetch|request to) \S+:? ?(failed, reason: )?/i, '')
        .slice(0, SHOWN)
        .replace(/\.$/, ''),
    retryAfter: typeof waits === 'string' ? retryAfter(waits, now) : undefined,
  };
}
