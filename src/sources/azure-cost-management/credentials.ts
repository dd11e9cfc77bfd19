/** Access tokens: a ready one, the client secret's, or whatever the machine offers; kept until shortly before expiry. */
import { AppError } from '../../core/errors.ts';
import { createRetry, TransientError } from '../retry.ts';
import type { Access } from '../types.ts';
import { explainUnreachable } from '../unreachable.ts';
import { loginError } from './errors.ts';
import { type AzureSettings, isLoopback, isSafeAddress } from './settings.ts';

export interface Tokens {
  /** Throws UPSTREAM when Microsoft Entra ID refuses or stays unreachable. */
  get(): Promise<string>;
  /** The service did not take it; false when there is no other. */
  renew(): boolean;
}

interface Token {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}
interface Credential {
  getToken(audience: string, options: { abortSignal: AbortSignal }): Promise<Token | null>;
}

/** A token is not used in its last minutes: clocks differ. */
const MARGIN = 5 * 60_000;
const TIMEOUT = 30_000;
const PUBLIC = 'https://management.azure.com';
const AUTHORITY = 'https://login.microsoftonline.com';

export function createTokens(settings: AzureSettings, baseUrl: string, access: Access): Tokens {
  const ready = access.variable(settings.accessTokenVariable);
  if (ready) return { get: async () => ready, renew: () => false };
  const { protocol, origin } = new URL(baseUrl);
  const audience = `${protocol === 'https:' ? origin : PUBLIC}/.default`;
  const withRetry = createRetry({ access, vendor: 'Microsoft Entra ID', attempts: 6 });
  const secret = access.variable(settings.secretVariable);
  let credential: Credential | undefined;
  let kept: Token | undefined;
  let renewed = false;

  async function ask(): Promise<Token> {
    access.signal.throwIfAborted();
    credential ??= await openCredential(settings, access);
    const limit = AbortSignal.timeout(TIMEOUT);
    const end = AbortSignal.any([access.signal, limit]);
    try {
      // Not every credential of the library ends when it is told to.
      const token = await Promise.race([
        credential.getToken(audience, { abortSignal: end }),
        whenAborted(end),
      ]);
      if (token) return token;
      throw new Error('no token');
    } catch (error) {
      // Answers are kept by the credential as well, and a broken one must not stay.
      credential = undefined;
      access.signal.throwIfAborted();
      if (limit.aborted) throw new TransientError('no answer in time');
      const refusal = loginError(error, secret);
      throw refusal instanceof AppError ? refusal : new TransientError(refusal);
    }
  }

  return {
    async get() {
      if (kept && kept.expiresOnTimestamp - MARGIN > access.now()) return kept.token;
      kept = await withRetry(ask).catch((error: unknown) => {
        throw explainUnreachable(error, access.variable('AZURE_AUTHORITY_HOST') ?? AUTHORITY);
      });
      return kept.token;
    },
    renew() {
      if (renewed) return false;
      renewed = true;
      kept = undefined;
      credential = undefined;
      return true;
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** The SDK is loaded when it is first needed: it is large. */
async function openCredential(settings: AzureSettings, access: Access): Promise<Credential> {
  const [tenant, client, secret] = [
    access.variable(settings.tenantVariable),
    access.variable(settings.clientVariable),
    access.variable(settings.secretVariable),
  ];
  const authority = access.variable('AZURE_AUTHORITY_HOST');
  if (authority && !isSafeAddress(authority))
    throw new AppError('CONFIG', 'AZURE_AUTHORITY_HOST is no https address.', {
      hint: 'Set it to, for example, https://login.microsoftonline.us, or leave it out.',
    });
  const options = { retryOptions: { maxRetries: 0 }, ...(authority && authorityOptions(authority)) };
  const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity');
  if (tenant && client && secret) return new ClientSecretCredential(tenant, client, secret, options);
  return new DefaultAzureCredential(options);
}

/** The SDK insists on https; an authority on this machine (a stand-in, an emulator) may speak http. */
function authorityOptions(authority: string) {
  const url = new URL(authority);
  if (url.protocol === 'https:') return { authorityHost: authority };
  const isLocal = (address: URL) => isLoopback(address.hostname) && address.port === url.port;
  return {
    authorityHost: `https://${url.host}`,
    disableInstanceDiscovery: true,
    additionalPolicies: [
      {
        position: 'perCall' as const,
        policy: {
          name: 'plain-loopback',
          async sendRequest<R extends PlainRequest, T>(
            request: R,
            next: (request: R) => Promise<T>,
          ): Promise<T> {
            const to = new URL(request.url);
            if (isLocal(to)) {
              to.protocol = 'http:';
              request.url = to.href;
              request.allowInsecureConnection = true;
            }
            return next(request);
          },
        },
      },
    ],
  };
}

interface PlainRequest {
  url: string;
  allowInsecureConnection?: boolean;
}
