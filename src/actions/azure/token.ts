/** Tokens for Azure Resource Manager: a ready one of the environment, else whatever @azure/identity finds. */
import type { TokenCredential } from '@azure/identity';
import type { ActionAccount } from '../../core/action.ts';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';

const TIMEOUT = 30_000;

/** Credentials keep their tokens until shortly before they expire: one for each entry under actions.accounts. */
const opened = new WeakMap<ActionAccount, Promise<TokenCredential>>();

/** Throws CONFIG when there is nothing to sign in with, UPSTREAM when Microsoft Entra ID refuses. */
export async function tokenFor(access: ActionAccess, audience: string): Promise<string> {
  const { keyVariable } = access.connection;
  const ready = keyVariable === undefined ? undefined : access.variable(keyVariable);
  if (ready) return ready;
  const limit = AbortSignal.timeout(TIMEOUT);
  const end = AbortSignal.any([access.signal, limit]);
  try {
    const credential = await credentialFor(access);
    // Not every credential of the library ends when it is told to.
    const token = await Promise.race([credential.getToken(audience, { abortSignal: end }), whenAborted(end)]);
    if (token) return token.token;
    throw new Error('no token');
  } catch (error) {
    opened.delete(access.connection);
    access.signal.throwIfAborted();
    throw limit.aborted ? tooSlow() : signInError(error, access.variable('AZURE_CLIENT_SECRET'));
  }
}

function credentialFor(access: ActionAccess): Promise<TokenCredential> {
  const kept = opened.get(access.connection);
  if (kept) return kept;
  const credential = openCredential(access);
  opened.set(access.connection, credential);
  return credential;
}

/** The SDK is loaded when it is first needed: it is large. */
async function openCredential(access: ActionAccess): Promise<TokenCredential> {
  const [tenant, client, secret] = [
    access.variable('AZURE_TENANT_ID'),
    access.variable('AZURE_CLIENT_ID'),
    access.variable('AZURE_CLIENT_SECRET'),
  ];
  const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity');
  if (tenant && client && secret) return new ClientSecretCredential(tenant, client, secret);
  return new DefaultAzureCredential();
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function tooSlow(): AppError {
  return new AppError('UPSTREAM', 'Microsoft Entra ID gave no token in time.', {
    hint: 'Check the way from here to login.microsoftonline.com, and try again.',
  });
}

function signInError(error: unknown, secret: string | undefined): AppError {
  if (!secret && error instanceof Error && /CredentialUnavailable|AggregateAuthentication/.test(error.name))
    return new AppError('CONFIG', 'There is nothing to sign in to Azure with.', {
      hint: 'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or run on a machine with a managed identity.',
    });
  const said = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
  const shown = (secret ? said.replaceAll(secret, '***') : said).slice(0, 200);
  return new AppError('UPSTREAM', `Microsoft Entra ID refused to sign in: ${shown}`, {
    hint: 'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET: the secret may have expired.',
  });
}
