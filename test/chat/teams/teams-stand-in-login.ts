/** Microsoft's token service as far as an app without a person needs it: client credentials for an access token. */
import { Router } from 'express';
import { APP_ID, APP_PASSWORD, TENANT } from './teams-stand-in-world.ts';

export interface TokenRequest {
  readonly tenant: string;
  readonly scope: string;
}

export interface Tokens {
  readonly router: Router;
  /** Token requests that were granted. */
  readonly granted: TokenRequest[];
  /** Whether an Authorization header is a token for that resource. */
  isFor(scope: string, authorization: string | undefined): boolean;
}

export function createTokens(base: () => string): Tokens {
  const granted: TokenRequest[] = [];
  const router = Router();

  const metadata = (tenant: string) => ({
    issuer: `${base()}/${tenant}/v2.0`,
    authorization_endpoint: `${base()}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${base()}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${base()}/${tenant}/discovery/v2.0/keys`,
  });

  router.get('/:tenant/v2.0/.well-known/openid-configuration', ({ params }, response) => {
    response.json(metadata(params.tenant));
  });
  router.get('/common/discovery/instance', (_request, response) => {
    response.json({
      tenant_discovery_endpoint: `${base()}/${TENANT}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [],
    });
  });
  router.post('/:tenant/oauth2/v2.0/token', ({ params, body }, response) => {
    const { grant_type: grant, client_id: id, client_secret: secret, scope } = body ?? {};
    const refuse = (status: number, error: string, code: number, words: string): void =>
      void response.status(status).json({
        error,
        error_description: `AADSTS${code}: ${words} Trace ID: 0 Correlation ID: 0 Timestamp: 2026-11-21 09:00:00Z`,
        error_codes: [code],
        timestamp: '2026-11-21 09:00:00Z',
        trace_id: '0',
        correlation_id: '0',
        error_uri: `${base()}/error?code=${code}`,
      });
    if (grant !== 'client_credentials')
      return void refuse(
        400,
        'unsupported_grant_type',
        70003,
        'The app requested an unsupported grant type.',
      );
    if (params.tenant !== TENANT && params.tenant !== 'botframework.com')
      return void refuse(400, 'invalid_request', 90002, `Tenant '${params.tenant}' not found.`);
    if (id !== APP_ID)
      return void refuse(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${id}' was not found in the directory.`,
      );
    if (secret !== APP_PASSWORD)
      return void refuse(
        401,
        'invalid_client',
        7000215,
        'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
      );
    granted.push({ tenant: params.tenant, scope: String(scope) });
    response.json({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: tokenFor(String(scope)),
    });
  });

  return {
    router,
    granted,
    isFor: (scope, authorization) => authorization === `Bearer ${tokenFor(`${scope}/.default`)}`,
  };
}

/** A token says which resource it is good for, as a real one does in its audience. */
function tokenFor(scope: string): string {
  return `token.${Buffer.from(scope).toString('base64url')}.signed`;
}
