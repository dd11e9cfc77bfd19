/** Microsoft Entra ID's token endpoint for client secrets, as far as an app that reads cost needs it. */
import type { StandInAnswer, StandInRequest } from './server.ts';

export const TENANT = '99999999-8888-7777-6666-555555555555';
export const CLIENT = '12121212-3434-5656-7878-909090909090';
export const SECRET = 'Sh8Q~stand-in.client.secret';

export interface SignIn {
  answer(request: StandInRequest): StandInAnswer | undefined;
  isValid(authorization: string | undefined): boolean;
  expire(): void;
  revoke(revoked: boolean): void;
}

export function createSignIn(): SignIn {
  const tokens = new Set<string>();
  let count = 0;
  let revoked = false;
  return {
    answer({ method, url, headers, body }) {
      const [, tenant, ...path] = url.pathname.split('/');
      if (path.join('/') === 'v2.0/.well-known/openid-configuration')
        return { body: discovery(`https://${headers.host}`, tenant ?? '') };
      if (method !== 'POST' || path.join('/') !== 'oauth2/v2.0/token') return undefined;
      const form = new URLSearchParams(body);
      if (tenant !== TENANT) return refuse(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`);
      if (form.get('grant_type') !== 'client_credentials' || !form.get('scope')?.includes('/.default'))
        return refuse(400, 'invalid_request', 900144, 'The request body must contain a parameter.');
      if (form.get('client_id') !== CLIENT)
        return refuse(400, 'unauthorized_client', 700016, 'Application was not found in the directory.');
      if (form.get('client_secret') !== SECRET)
        return refuse(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
      if (revoked)
        return refuse(
          401,
          'invalid_client',
          7000222,
          `The provided client secret keys for app '${CLIENT}' are expired.`,
        );
      count += 1;
      const token = `stand-in-token-${count}`;
      tokens.add(token);
      return { body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: token } };
    },
    isValid: (authorization) => tokens.has(authorization?.replace(/^Bearer /, '') ?? ''),
    expire: () => tokens.clear(),
    revoke(value) {
      revoked = value;
      if (value) tokens.clear();
    },
  };
}

function discovery(origin: string, tenant: string) {
  return {
    issuer: `${origin}/${tenant}/v2.0`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
  };
}

function refuse(status: number, error: string, code: number, words: string): StandInAnswer {
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${words} Trace ID: 11111111-2222-3333-4444-555555555555`,
      error_codes: [code],
      trace_id: '11111111-2222-3333-4444-555555555555',
    },
  };
}
