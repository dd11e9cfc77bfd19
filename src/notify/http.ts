/** One call to somebody else's HTTP interface: bounded in time, no redirects, failures in words. */
import { AppError } from '../core/errors.ts';

const PATIENCE = 15_000;
const MOST_CHARACTERS = 100_000;

export interface Answered {
  readonly status: number;
  readonly text: string;
}

export interface Call {
  /** As errors call it: "PagerDuty". */
  readonly who: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A call that changes nothing may be lost without doubt. */
  readonly reads?: boolean;
}

/** POSTs JSON. Throws UPSTREAM when there is no answer, `uncertain` unless the call cannot have arrived. */
export async function post({ who, url, body, headers, reads = false }: Call): Promise<Answered> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, text: (await response.text()).slice(0, MOST_CHARACTERS) };
  } catch (cause) {
    throw new AppError('UPSTREAM', `${who} could not be reached.`, {
      hint: `Check the address (${new URL(url).origin}), the network and the proxy of this server.`,
      cause,
      uncertain: !reads && !neverConnected(cause),
    });
  }
}

/** An answer that is no success as an error. After 5xx and time-outs nobody knows what became of the call. */
export function refused(who: string, { status, text }: Answered, said: string | undefined): AppError {
  const words = said ?? (/^\s*[<{]/.test(text) ? '' : text.slice(0, 200).trim());
  return new AppError('UPSTREAM', `${who} answered HTTP ${status}${words ? `: ${words}` : ''}.`, {
    hint: hintFor(status),
    uncertain: status >= 500 || status === 408,
  });
}

/** The answer as an object; undefined when it is none. */
export function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The secret in an environment variable. Throws CONFIG without one. */
export function secretOf(variable: (name: string) => string | undefined, name: string, what: string): string {
  const secret = variable(name)?.trim();
  if (secret) return secret;
  throw new AppError('CONFIG', `The environment variable ${name} with ${what} is not set.`, {
    hint: 'Set it for the server and start it again.',
  });
}

function hintFor(status: number): string {
  if (status === 401 || status === 403)
    return 'Check the key or token in the environment, and what it may do.';
  if (status === 429) return 'Too many calls at once; it is tried again.';
  if (status >= 300 && status < 400) return 'The address redirects: set the one it leads to.';
  return status >= 500
    ? 'It is tried again later.'
    : 'Check the settings under integrations in pennywatch.yaml.';
}

function neverConnected(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code: unknown = Reflect.get(cause, 'code');
  return (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_ZERO)/.test(
      String(code),
    ) || neverConnected(cause.cause)
  );
}
