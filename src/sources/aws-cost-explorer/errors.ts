/** What AWS answers instead of figures, in words, and whether asking again may help. */
import { AppError } from '../../core/errors.ts';
import { retryAfter } from '../http.ts';
import { TransientError } from '../retry.ts';

export const VENDOR = 'AWS Cost Explorer';

/** Another poll or another page broke off the paging: the request has to start over. */
export class PagesChanged extends Error {
  override readonly name = 'PagesChanged';
}

export interface Circumstances {
  /** "GetCostAndUsage" */
  readonly operation: string;
  /** Never shown, wherever AWS may repeat them. */
  readonly secrets: readonly string[];
  readonly roleArn: string | undefined;
  readonly now: number;
}

const THROTTLED =
  /^(LimitExceeded|Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|BandwidthLimit|PriorRequestNotComplete)/;
const NETWORK =
  /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE|ABORT_ERR)$/;
const TRANSIENT_STATUS = [408, 425, 429, 500, 502, 503, 504];
const SHOWN = 300;

const WRONG_GROUPS = `${VENDOR} does not group as it was asked to`;

/** For an answer whose groups are others than those asked for; only an emulator gives it. */
export function wrongGroups(asked: readonly string[]): AppError {
  return new AppError('UPSTREAM', `${WRONG_GROUPS}: by ${asked.join(' and ')}.`, {
    hint: 'If an endpoint is configured, check that it speaks GetCostAndUsage with GroupBy.',
  });
}

/** Whether AWS does not take a request for what it says: other requests may still go through. */
export function isInvalidRequest(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  return (
    error.message.startsWith(WRONG_GROUPS) ||
    /refused \w+: (Validation|ResourceNotFound)\w*/.test(error.message)
  );
}

/** The error to throw in place of the SDK's: TransientError, PagesChanged or AppError. */
export function toOwnError(error: unknown, about: Circumstances): Error {
  if (error instanceof AppError || error instanceof TransientError) return error;
  const { name, code, status, headers, isSkewCorrected } = factsOf(error);
  const said = saidBy(error, about.secrets);
  if (/^(InvalidNextToken|RequestChanged)/.test(name)) return new PagesChanged(said, { cause: name });
  const wait = retryAfter(headers['retry-after'] ?? null, about.now);
  if (isSkewCorrected) return new TransientError('the clock of this machine is wrong');
  if (THROTTLED.test(name)) return new TransientError(`too many requests (${name})`, { retryAfter: wait });
  if (status !== undefined && TRANSIENT_STATUS.includes(status))
    return new TransientError(`HTTP ${status} (${name})`, { retryAfter: wait });
  if (NETWORK.test(code) || /Timeout/.test(name))
    return new TransientError(`no connection or no answer: ${said}`);
  if (error instanceof SyntaxError || status === 200)
    return new TransientError('the answer was cut off or is not JSON');
  if (/^CredentialsProviderError|^TokenProviderError/.test(name))
    return new AppError('UPSTREAM', `There are no AWS credentials to ask ${VENDOR} with: ${said}`, {
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.',
    });
  return new AppError(
    'UPSTREAM',
    `${VENDOR} refused ${about.operation}: ${name}${said ? ` (${said})` : ''}`,
    {
      hint: mend(name, said, about),
    },
  );
}

function mend(name: string, said: string, { operation, roleArn }: Circumstances): string {
  if (/AssumeRole/.test(said))
    return `The role ${roleArn ?? ''} cannot be assumed: check its trust policy and externalId, and allow sts:AssumeRole.`;
  if (/^AccessDenied|^UnauthorizedOperation/.test(name))
    return `Allow ce:${operation} (\`pennywatch permissions aws-cost-explorer\` prints the policy). A member account also needs Cost Explorer switched on by its management account.`;
  if (/^ExpiredToken/.test(name))
    return 'The session of the AWS credentials has expired: make new ones, or use a role.';
  if (/^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|MissingAuthentication)/.test(name))
    return 'The access key is wrong, inactive or deleted: make a new one and set it in the environment.';
  if (/^(SignatureDoesNotMatch|InvalidSignature)/.test(name))
    return 'The secret access key does not belong to the access key, or the clock of this machine is wrong.';
  if (/^(RequestExpired|RequestTimeTooSkewed|RequestInTheFuture)/.test(name))
    return 'Set the clock of this machine.';
  if (/^UnknownOperation/.test(name))
    return operation === 'GetCostAndUsage'
      ? 'The endpoint is not Cost Explorer: check AWS_ENDPOINT_URL_COST_EXPLORER.'
      : 'The endpoint does not know this request. To go without it, set evidence: no.';
  if (/^DataUnavailable/.test(name))
    return 'Cost Explorer has no data yet: switch it on in the Billing console; the first figures take a day.';
  if (/^BillExpiration/.test(name))
    return 'The bill can no longer be asked for. Import an export of these months as files.';
  if (/historical data|too old|14 months/i.test(said))
    return 'Cost Explorer keeps 13 months: set historyMonths to less, or import older months as files.';
  return 'Check the settings of this source in pennywatch.yaml.';
}

function factsOf(error: unknown) {
  const of = (value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const facts = of(error);
  const metadata = of(facts.$metadata);
  const response = of(facts.$response);
  const status = metadata.httpStatusCode ?? response.statusCode;
  return {
    name: typeof facts.name === 'string' ? facts.name : 'Error',
    code: typeof facts.code === 'string' ? facts.code : '',
    status: typeof status === 'number' ? status : undefined,
    headers: of(response.headers) as Readonly<Record<string, string | undefined>>,
    isSkewCorrected: metadata.clockSkewCorrected === true,
  };
}

/** AWS's own sentence on one line, shortened, without anything secret. */
function saidBy(error: unknown, secrets: readonly string[]): string {
  const message = error instanceof Error ? error.message : '';
  // A wrong signature is answered with everything that was signed, tokens included.
  if (/canonical string|string-to-sign/i.test(message)) return '';
  // What the SDK says when AWS says nothing.
  if (message === 'UnknownError') return '';
  const clean = secrets
    .filter((secret) => secret.length > 3)
    .reduce((text, secret) => text.replaceAll(secret, '…'), message);
  return clean.replace(/\s+/g, ' ').trim().slice(0, SHOWN);
}
