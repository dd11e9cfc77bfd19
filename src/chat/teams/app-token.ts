/** Tokens that prove who we are: the client credentials grant of Entra ID, kept until shortly before they expire. */
import * as z from 'zod';
import type { TeamsConfig } from './config.ts';
import { TeamsRefusal } from './errors.ts';

export const LOGIN = 'https://login.microsoftonline.com';
/** What the Bot Connector takes. */
export const CONNECTOR_SCOPE = 'https://api.botframework.com/.default';
/** Where a MultiTenant bot gets its token for the connector. */
const BOT_TENANT = 'botframework.com';

const TIMEOUT_MS = 10_000;
/** Before its end, a token is not used any more. */
const SPARE_MS = 5 * 60_000;

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const Refused = z.object({ error: z.string().max(100), error_description: z.string().optional() });

export interface AppTokens {
  /** Rejects with a TeamsRefusal whose code is Entra's own ("AADSTS…"); never uncertain, for nothing was sent. */
  token(scope: string, tenant: string): Promise<string>;
  /** Forgets the tokens of a scope: somebody did not take the one they were given. */
  forget(scope: string): void;
}

interface Kept {
  readonly token: Promise<string>;
  /** Milliseconds since 1970. */
  until: number;
}

/** The tenant in which the bot itself lives. */
export function homeTenant({ appType, tenantId }: Pick<TeamsConfig, 'appType' | 'tenantId'>): string {
  return appType === 'MultiTenant' ? BOT_TENANT : (tenantId ?? BOT_TENANT);
}

/** Needs `appId` and `appPassword`. `now` gives milliseconds since 1970. */
export function createAppTokens(
  { appId, appPassword, endpoints }: TeamsConfig,
  now: () => number = Date.now,
): AppTokens {
  const login = endpoints?.login ?? LOGIN;
  const kept = new Map<string, Kept>();
  return {
    async token(scope, tenant) {
      const key = `${scope} ${tenant}`;
      const known = kept.get(key);
      if (known && now() < known.until) return known.token;
      const entry: Kept = { token: keep(), until: Number.POSITIVE_INFINITY };
      kept.set(key, entry);
      return entry.token;

      async function keep(): Promise<string> {
        try {
          const { token, seconds } = await ask(scope, tenant);
          entry.until = now() + seconds * 1000 - Math.min(SPARE_MS, (seconds * 1000) / 2);
          return token;
        } catch (error) {
          if (kept.get(key) === entry) kept.delete(key);
          throw error;
        }
      }
    },
    forget(scope) {
      for (const key of kept.keys()) if (key.startsWith(`${scope} `)) kept.delete(key);
    },
  };

  async function ask(scope: string, tenant: string): Promise<{ token: string; seconds: number }> {
    const { status, body } = await post(`${login}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: appId ?? '',
      client_secret: appPassword ?? '',
      scope,
    });
    const granted = Granted.safeParse(body);
    if (status === 200 && granted.success)
      return { token: granted.data.access_token, seconds: granted.data.expires_in };
    throw refused(status, body);
  }
}

async function post(
  address: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(fields),
      // A form with the secret goes where it was meant to go, or nowhere.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  } catch (error) {
    const code = networkCode(error);
    throw new TeamsRefusal(`Microsoft's token service does not answer${code ? ` (${code})` : ''}.`, {
      ...(code && { code }),
      uncertain: false,
    });
  }
}

/** Entra's answer names its error with a code and a text that repeats ids but no secret; only the code is kept. */
function refused(status: number, body: unknown): TeamsRefusal {
  const { data } = Refused.safeParse(body);
  const code = /AADSTS\d+/.exec(data?.error_description ?? '')?.[0] ?? data?.error;
  return new TeamsRefusal(
    `Microsoft's token service gives no token: ${code ?? 'no reason said'} (HTTP ${status}).`,
    { status, ...(code && { code }), uncertain: false },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** "ECONNREFUSED", "TimeoutError" …: fetch hides the cause one or two levels down. */
function networkCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at.name === 'TimeoutError') return 'ETIMEDOUT';
  }
  return undefined;
}
