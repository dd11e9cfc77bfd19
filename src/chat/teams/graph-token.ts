/** Tokens of the app for Microsoft Graph, where messages are looked up. */
import { type AppTokens, createAppTokens } from './app-token.ts';
import type { TeamsConfig } from './config.ts';
import { TeamsRefusal } from './errors.ts';

const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';

/** Resolves to a token for the tenant (the bot's own unless named). Rejects with a TeamsRefusal. */
export type Tokens = (scope: 'graph', tenant?: string) => Promise<string>;

/**
 * Rejects with code "NotSupported" where there is nothing to ask with: locally, and with a managed identity,
 * which has no app registration that a Teams app's permissions could be granted to.
 */
export function createTokens(config: TeamsConfig, { now }: { readonly now?: () => number } = {}): Tokens {
  const { appId, appPassword, appType, tenantId, tenants } = config;
  let tokens: AppTokens | undefined;
  return async (_scope, tenant = tenantId ?? tenants[0]) => {
    if (!appId || !appPassword || appType === 'UserAssignedMsi')
      throw unsupported('Microsoft Graph is not asked without a client secret of the app registration.');
    if (!tenant || !tenants.includes(tenant))
      throw unsupported('Microsoft Graph is asked for served tenants only.');
    tokens ??= createAppTokens(config, now);
    return tokens.token(GRAPH_SCOPE, tenant);
  };
}

function unsupported(message: string): TeamsRefusal {
  return new TeamsRefusal(message, { code: 'NotSupported', uncertain: false });
}
