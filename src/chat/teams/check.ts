/** Whether the Teams credentials work, in words, for doctor. */
import { CONNECTOR_SCOPE, createAppTokens, homeTenant } from './app-token.ts';
import { managedIdentity, OPEN_ID } from './bot-framework.ts';
import type { TeamsConfig } from './config.ts';
import { TeamsRefusal } from './errors.ts';

export interface TeamsCheck {
  readonly ok: boolean;
  readonly detail: string;
  readonly mend?: string;
}

const TIMEOUT_MS = 10_000;
const SECRETS = 'the app registration → Certificates & secrets → Client secrets → New client secret';

/** Asks for a token as a message would, and for the keys that prove Teams' requests. Never rejects. */
export async function checkTeams(config: TeamsConfig): Promise<TeamsCheck> {
  const { appId, local, tenants } = config;
  if (local)
    return { ok: true, detail: 'Teams without credentials: only a client on this machine is answered.' };
  if (!appId)
    return {
      ok: false,
      detail: 'There is no app id.',
      mend: 'Set MicrosoftAppId to the Application (client) ID.',
    };
  try {
    await connectorToken(config);
  } catch (error) {
    return { ok: false, ...inWords(error, config) };
  }
  const unread = await whyNoKeys(config.endpoints?.openId ?? OPEN_ID);
  if (unread)
    return {
      ok: false,
      detail: `Microsoft gives the app ${appId} a token, but the keys that prove Teams' requests cannot be read: ${unread}.`,
      mend: `Let this machine reach ${new URL(config.endpoints?.openId ?? OPEN_ID).host} over HTTPS: without it every message from Teams is refused.`,
    };
  const served = tenants.length === 1 ? `tenant ${tenants[0]}` : `${tenants.length} tenants`;
  return { ok: true, detail: `Microsoft gives the app ${appId} its token; people of ${served} are served.` };
}

async function connectorToken(config: TeamsConfig): Promise<string> {
  if (config.appType === 'UserAssignedMsi') return (await managedIdentity(config))();
  return createAppTokens(config).token(CONNECTOR_SCOPE, homeTenant(config));
}

function inWords(error: unknown, config: TeamsConfig): Omit<TeamsCheck, 'ok'> {
  const { code, status } = error instanceof TeamsRefusal ? error.facts : {};
  const app = `The app ${config.appId}`;
  const tenant = homeTenant(config);
  switch (code) {
    case 'AADSTS7000215':
      return {
        detail: `${app} exists, but the client secret is not the right one.`,
        mend: `Set MicrosoftAppPassword to a secret's Value (not its Secret ID): ${SECRETS}.`,
      };
    case 'AADSTS7000222':
      return {
        detail: `${app} exists, but the client secret has expired.`,
        mend: `Make a new one under ${SECRETS}, and set MicrosoftAppPassword to its Value.`,
      };
    case 'AADSTS700016':
      return {
        detail: `${app} is not known in the tenant ${tenant}.`,
        mend:
          config.appType === 'MultiTenant'
            ? 'Check MicrosoftAppId. If the Azure Bot is SingleTenant, say so with MicrosoftAppType and MicrosoftAppTenantId.'
            : 'Check MicrosoftAppId and MicrosoftAppTenantId: both are on the Overview page of the app registration.',
      };
    case 'AADSTS7000229':
      return {
        detail: `${app} has no enterprise application (service principal) in the tenant ${tenant}.`,
        mend: `Make it with \`az ad sp create --id ${config.appId}\`, or choose the right MicrosoftAppTenantId.`,
      };
    case 'AADSTS90002':
    case 'AADSTS900021':
    case 'AADSTS900023':
      return {
        detail: `The tenant ${tenant} does not exist.`,
        mend: 'Set MicrosoftAppTenantId to the Directory (tenant) ID of the app registration.',
      };
    case 'AADSTS7000112':
      return {
        detail: `${app} is switched off in the tenant ${tenant}.`,
        mend: 'Switch on "Enabled for users to sign-in" in Enterprise applications → Properties.',
      };
    case 'AADSTS53003':
      return {
        detail: `A Conditional Access policy of the tenant ${tenant} keeps the app from its token.`,
        mend: 'Ask the administrators of Entra ID to leave out this workload identity, or to allow this address.',
      };
    case 'ManagedIdentity':
      return {
        detail: `The managed identity ${config.appId} gives no token here.`,
        mend: 'Run Pennywatch on the Azure resource that the identity is assigned to, and check MicrosoftAppId (its Client ID).',
      };
    default:
  }
  if (status === undefined)
    return {
      detail: `Microsoft's token service does not answer${code ? ` (${code})` : ''}.`,
      mend: 'Let this machine reach login.microsoftonline.com over HTTPS.',
    };
  return {
    detail: `Microsoft gives ${app.replace('The', 'the')} no token: ${code ?? 'no reason said'} (HTTP ${status}).`,
    mend: code?.startsWith('AADSTS')
      ? `Look the code up at https://login.microsoftonline.com/error?code=${code.slice('AADSTS'.length)}`
      : 'Try again later; if it stays so, check the app registration.',
  };
}

async function whyNoKeys(openId: string): Promise<string | undefined> {
  try {
    const response = await fetch(openId, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch {
    return 'no answer';
  }
}
