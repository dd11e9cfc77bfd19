/** What AWS answers instead of doing it, in words: whose permission is missing, what is gone, what may have happened. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';

/** One call, for retries and for the sentence when it fails. */
export interface AwsCall {
  /** "ec2:StopInstances": the permission it needs. */
  readonly permission: string;
  /** "StopInstances" */
  readonly operation: string;
  /** What was to be done, after "AWS refused to": "stop i-0abc", "read the state of i-0abc". */
  readonly task: string;
  readonly write: boolean;
}

export interface Explained {
  readonly said: AppError;
  /** Whether the same call may be sent again. */
  readonly again: boolean;
}

const THROTTLED =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|BandwidthLimit|PriorRequestNotComplete|EC2ThrottledException|ResourceContention)/;
const DENIED = /^(AccessDenied|UnauthorizedOperation|NotAuthorized|Forbidden)/;
const GONE =
  /(NotFound|NotFoundException|ResourceNotFound|DoesNotExist)$|^InvalidInstanceID\.|^(Cluster|Service)NotFoundException$/;
const GONE_WORDS =
  /^Could not find|^Requested resource not found|can't find a .* with the name|^RecordNotFound|does not exist|^AutoScalingGroup name not found|^No cluster found|^No node group found/i;
/** It never left this machine, so nothing can have happened. */
const NEVER_SENT =
  /without establishing a connection|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CERT|certificate|self[- ]signed/i;
/** Said with a status of the 500s, though it is a plain no. */
const NO_CAPACITY = /^(Insufficient\w*Capacity|InsufficientCapacity)/;
const CREDENTIALS = /^(CredentialsProviderError|TokenProviderError)/;
const SHOWN = 300;

/** The error to throw in place of the SDK's. */
export function explain(error: unknown, about: AwsCall, access: ActionAccess): Explained {
  if (error instanceof AppError) return { said: error, again: false };
  const { name, status, words } = factsOf(error, access);
  if (THROTTLED.test(name) || status === 429)
    return {
      again: true,
      said: upstream(
        `AWS did not ${about.task}: it has too many requests at once (${name}).`,
        'It is asked again at the next try; other programs share the limit of the account.',
      ),
    };
  if (/AssumeRole/.test(words) || CREDENTIALS.test(name))
    return { again: false, said: noCredentials(words, access) };
  if (DENIED.test(name)) return { again: false, said: denied(about, words, access) };
  if (status !== undefined && status >= 400 && status < 500 && (GONE.test(name) || GONE_WORDS.test(words)))
    return { again: false, said: new AppError('NOT_FOUND', `AWS cannot ${about.task}: it does not exist.`) };
  if (status !== undefined && ((status >= 400 && status < 500) || NO_CAPACITY.test(name)))
    return {
      again: false,
      said: upstream(
        `AWS refused to ${about.task}: ${name}${words ? ` (${words})` : ''}.`,
        mend(name) ?? 'Look at the resource in the AWS console, then try again.',
        name,
      ),
    };
  return onTheWay(about, name, words, status);
}

function onTheWay(about: AwsCall, name: string, words: string, status: number | undefined): Explained {
  const what = status === undefined || status < 400 ? words || name : `HTTP ${status} (${name})`;
  if (about.write && !NEVER_SENT.test(`${name} ${words}`))
    return {
      again: false,
      said: new AppError(
        'UPSTREAM',
        `AWS was asked to ${about.task}, but its answer was lost: ${what}. It may have been done.`,
        { hint: 'The real state is read again before anything else is tried.', uncertain: true, cause: name },
      ),
    };
  return {
    again: true,
    said: upstream(
      `AWS could not be asked to ${about.task}: ${what}.`,
      "Check the region, this machine's network and AWS_ENDPOINT_URL, then try again.",
    ),
  };
}

function denied(about: AwsCall, words: string, access: ActionAccess): AppError {
  // AWS names the action itself where it is another one, as iam:PassRole for a call that hands on a role.
  const named = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(words)?.[1];
  const permission = named ?? about.permission;
  const who = access.connection.role ?? 'the credentials Pennywatch uses';
  const explicit = /explicit deny/i.test(words)
    ? ' A policy denies it explicitly; it may be a service control policy of the organisation.'
    : '';
  return upstream(
    `AWS refused to ${about.task}: the permission ${permission} is missing.${explicit}`,
    `Grant it to ${who}, and check the tags its policy asks for (\`pennywatch permissions actions --provider aws\` prints the policy).`,
  );
}

function noCredentials(words: string, { connection }: ActionAccess): AppError {
  if (connection.role !== undefined)
    return upstream(
      `The role ${connection.role} cannot be assumed${words ? `: ${words}` : ''}.`,
      'Check its trust policy, and allow sts:AssumeRole on it.',
    );
  return upstream(
    `There are no AWS credentials to act with${words ? `: ${words}` : ''}.`,
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.',
  );
}

function mend(name: string): string | undefined {
  if (/^ExpiredToken/.test(name)) return 'The session of the AWS credentials has expired: make new ones.';
  if (/^(UnrecognizedClient|InvalidClientTokenId|AuthFailure|MissingAuthentication)/.test(name))
    return 'The access key is wrong, inactive or deleted, or the region is not switched on for the account.';
  if (/^(SignatureDoesNotMatch|InvalidSignature|RequestExpired|RequestTimeTooSkewed)/.test(name))
    return 'The secret key does not belong to the access key, or the clock of this machine is wrong.';
  if (NO_CAPACITY.test(name))
    return 'AWS has no such capacity free in that zone now: try again later, or start it with another type at AWS.';
  if (/ResourceInUse|ScalingActivityInProgress|IncorrectInstanceState|Conflict/.test(name))
    return 'Another change of it is under way: try again when that is over.';
  return undefined;
}

/** `cause`: AWS's own name of the refusal. */
function upstream(message: string, hint: string, cause?: string): AppError {
  return new AppError('UPSTREAM', message, { hint, cause });
}

function factsOf(error: unknown, access: ActionAccess) {
  const of = (value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const facts = of(error);
  const status = of(facts.$metadata).httpStatusCode ?? of(facts.$response).statusCode;
  const code = typeof facts.code === 'string' ? facts.code : '';
  return {
    name: typeof facts.name === 'string' && facts.name !== 'Error' ? facts.name : code || 'no answer',
    status: typeof status === 'number' ? status : undefined,
    words: saidBy(error, code, access),
  };
}

/** AWS's own sentence on one line, shortened, without anything secret. */
function saidBy(error: unknown, code: string, access: ActionAccess): string {
  const message = error instanceof Error && error.message !== 'UnknownError' ? error.message : '';
  // A wrong signature is answered with everything that was signed, tokens included.
  if (/canonical string|string-to-sign/i.test(message)) return '';
  const secrets = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']
    .flatMap((variable) => access.variable(variable) ?? [])
    .filter((secret) => secret.length > 3);
  return secrets
    .reduce((text, secret) => text.replaceAll(secret, '…'), message || code)
    .replace(/Encoded authorization failure message:.*/s, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '')
    .slice(0, SHOWN);
}
