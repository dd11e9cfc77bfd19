/** Who Google is told that we are: a token of the environment, a key file, or what the machine has. */
import { readFile } from 'node:fs/promises';
import type { GoogleAuth, JWTInput } from 'google-auth-library';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';
import type { Base } from './endpoints.ts';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const TOKEN_VARIABLE = 'GCP_ACCESS_TOKEN';
/** The library has no limit of its own. */
const LIMIT = 30_000;

/** Tokens are fetched once for all resources of an entry, not once for each call. */
const sessions = new WeakMap<object, Promise<GoogleAuth>>();

/**
 * Headers of a request to this base: none for an emulator on this machine. Throws CONFIG when Google's credentials
 * would go to somebody else's host or when there is something wrong with the key file, UPSTREAM when there are none.
 */
export async function credentialsFor(access: ActionAccess, base: Base): Promise<Record<string, string>> {
  const variable = access.connection.keyVariable ?? TOKEN_VARIABLE;
  const token = access.variable(variable);
  if (base.host === 'loopback') return {};
  if (token !== undefined && base.url.startsWith('https:')) return { authorization: `Bearer ${token}` };
  if (base.host === 'other')
    throw new AppError('CONFIG', `The end point ${new URL(base.url).host} is not Google's own.`, {
      hint: `Google Cloud credentials are not sent there. Set ${variable} to the token it takes, and use https.`,
    });
  let session = sessions.get(access.connection);
  if (!session) {
    session = open(access);
    sessions.set(access.connection, session);
  }
  try {
    const auth = await session;
    return Object.fromEntries(await within(access, auth.getRequestHeaders()));
  } catch (error) {
    forgetCredentials(access);
    access.signal.throwIfAborted();
    throw error instanceof AppError ? error : explained(error);
  }
}

/** The next call reads the key file again: Google did not take what it made. */
export function forgetCredentials({ connection }: ActionAccess): void {
  sessions.delete(connection);
}

async function open(access: ActionAccess): Promise<GoogleAuth> {
  const keyFile = access.variable('GOOGLE_APPLICATION_CREDENTIALS');
  const credentials = keyFile === undefined ? undefined : await readKey(keyFile);
  const { GoogleAuth: Auth } = await import('google-auth-library');
  return new Auth({ scopes: SCOPE, ...(credentials && { credentials }) });
}

/** The path is not said: what is in the environment stays there. */
async function readKey(path: string): Promise<JWTInput> {
  let problem = 'it is not the JSON of a key';
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'type' in parsed) return parsed as JWTInput;
  } catch (error) {
    if (!(error instanceof SyntaxError))
      problem =
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : 'it cannot be read';
  }
  throw new AppError(
    'CONFIG',
    `The file that GOOGLE_APPLICATION_CREDENTIALS names cannot be used: ${problem}.`,
    { hint: 'Check the path in that variable: the file must exist here, also inside a container.' },
  );
}

async function within<T>(access: ActionAccess, answer: Promise<T>): Promise<T> {
  const limit = AbortSignal.any([access.signal, AbortSignal.timeout(LIMIT)]);
  return Promise.race([
    answer,
    new Promise<never>((_, reject) => {
      limit.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    }),
  ]);
}

function explained(error: unknown): AppError {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300);
  if (/Could not load the default credentials/i.test(message))
    return new AppError('UPSTREAM', 'There are no Google Cloud credentials to act with.', {
      hint: "Set GOOGLE_APPLICATION_CREDENTIALS to the path of a service account's key file, or run where a service account is attached.",
    });
  return new AppError('UPSTREAM', `Google does not take the credentials: ${message.replace(/\.$/, '')}.`, {
    hint: "The key may be deleted, its service account disabled, or this machine's clock wrong.",
  });
}
