/**
 * The Bot Framework SDK behind the port of types.ts; nothing else imports it. It proves who sends (CloudAdapter
 * and its authentication) and carries our calls to the Bot Connector.
 */
import type { Activity } from 'botbuilder';
import type { ConnectorClient, ServiceClientCredentialsFactory } from 'botframework-connector';
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { type AppTokens, CONNECTOR_SCOPE, createAppTokens, homeTenant } from './app-token.ts';
import type { TeamsConfig } from './config.ts';
import { createConnectorCalls } from './connector-calls.ts';
import { createEndpoint, type Proven, type Refused } from './endpoint.ts';
import { TeamsRefusal } from './errors.ts';
import type { RefusalReason } from './refusals.ts';
import { isServiceUrl, servicePlace } from './service-url.ts';
import { ISSUER, whyNoProof } from './token-proof.ts';
import type { BotFramework, InvokeAnswer, Receive, TeamsActivity } from './types.ts';

export const OPEN_ID = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
/** The SDK fetches keys without a time limit of its own. */
const KEYS_TIMEOUT_MS = 10_000;
/** Services that are written to at once; a company has one or two. */
const MOST_CLIENTS = 50;

export interface BotFrameworkDeps {
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Absent where nothing is received: every request is then answered with 501. */
  readonly receive?: Receive;
  /** Told why each request was refused, for figures. */
  readonly refused?: (reason: RefusalReason) => void;
}

export interface LoadedBotFramework extends BotFramework {
  /** Loads the SDK, so that the first request does not wait for it (about a second). */
  ready(): Promise<void>;
}

/** Throws CONFIG for a configuration that would leave the door open. The SDK is loaded on first use. */
export function createBotFramework(config: TeamsConfig, deps: BotFrameworkDeps): LoadedBotFramework {
  checkConfig(config);
  const place = servicePlace(config);
  const connect = once(() => connectSdk(config, deps.now));
  const clients = new Map<string, Promise<ConnectorClient['conversations']>>();

  function clientFor(serviceUrl: string): Promise<ConnectorClient['conversations']> {
    if (!isServiceUrl(serviceUrl, place))
      throw new TeamsRefusal('That service is not one of Teams: nothing is sent there.', {
        code: 'ForeignService',
        uncertain: false,
      });
    const known = clients.get(serviceUrl);
    if (known) return known;
    if (clients.size >= MOST_CLIENTS) clients.clear();
    const made = connect().then((sdk) => sdk.conversations(serviceUrl));
    clients.set(serviceUrl, made);
    made.catch(() => clients.delete(serviceUrl));
    return made;
  }

  return {
    async ready() {
      await connect();
    },
    http: createEndpoint({
      config,
      ...deps,
      async verify(authorization, activity, serviceUrl) {
        return (await connect()).verify(authorization, activity, serviceUrl, deps.receive);
      },
    }),
    ...createConnectorCalls({
      ...(config.appId && { appId: config.appId }),
      now: deps.now,
      clientFor: async (serviceUrl) => clientFor(serviceUrl),
      async refused({ facts }) {
        if (facts.status === 401) (await connect()).forgetToken();
      },
    }),
  };
}

function checkConfig({ local, appId, tenants }: TeamsConfig): void {
  if (local && appId)
    throw new AppError('CONFIG', 'Teams is set up both with an app and as local: only one of them can be.');
  if (!local && !appId) throw new AppError('CONFIG', 'Teams is set up without an app id.');
  if (!local && tenants.length === 0)
    throw new AppError('CONFIG', 'Teams is set up without a tenant: nobody could be served.');
}

const Inner = z.object({
  pipeline: z.custom<{ removePolicy(policy: { readonly name: string }): readonly unknown[] }>(
    (value) => typeof value === 'object' && value !== null && 'removePolicy' in value,
  ),
});

interface Sdk {
  conversations(serviceUrl: string): Promise<ConnectorClient['conversations']>;
  verify(
    authorization: string | undefined,
    activity: TeamsActivity,
    serviceUrl: string,
    receive: Receive | undefined,
  ): Promise<Refused | Proven>;
  forgetToken(): void;
}

async function connectSdk(config: TeamsConfig, now: () => number): Promise<Sdk> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  const { ClaimsIdentity } = await import('botframework-connector');
  const { JwtTokenExtractor } = await import('botframework-connector/lib/auth/jwtTokenExtractor.js');
  const { appId, endpoints } = config;
  const openId = endpoints?.openId ?? OPEN_ID;
  const tokens = createAppTokens(config, now);
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${homeTenant(config)}`,
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: openId,
      // Tokens of the Bot Framework Emulator never get so far: whyNoProof wants the channel's issuer.
      ToBotFromEmulatorOpenIdMetadataUrl: openId,
      OAuthUrl: ISSUER,
      ValidateAuthority: true,
    },
    await credentialsFactory(config, tokens),
    { requiredEndorsements: ['msteams'] },
  );
  const adapter = new CloudAdapter(authentication);
  const keys = new JwtTokenExtractor({}, openId, []).openIdMetadata;
  const identity = new ClaimsIdentity(appId ? [{ type: 'aud', value: appId }] : []);

  return {
    forgetToken: () => tokens.forget(CONNECTOR_SCOPE),
    async conversations(serviceUrl) {
      const client = await authentication.createConnectorFactory(identity).create(serviceUrl, ISSUER);
      withoutRepeats(client);
      return client.conversations;
    },
    async verify(authorization = '', activity, serviceUrl, receive) {
      const unproven = await whyUnproven(authorization);
      if (unproven) return unproven;
      const told = toSdk(activity, serviceUrl);
      let proof: Awaited<ReturnType<typeof authentication.authenticateRequest>>;
      try {
        proof = await authentication.authenticateRequest(told, authorization);
      } catch (error) {
        return { reason: 'token', detail: whyRefused(error) };
      }
      return {
        async turn() {
          let answer: InvokeAnswer | undefined;
          await adapter.processActivityDirect(proof, told, async () => {
            answer = await receive?.(activity);
          });
          return answer;
        },
      };
    },
  };

  async function whyUnproven(authorization: string): Promise<Refused | undefined> {
    if (!appId) return undefined;
    try {
      const detail = await whyNoProof(authorization, {
        appId,
        findKey: async (keyId) => (await inTime(keys.getKey(keyId))) ?? undefined,
      });
      return detail ? { reason: 'token', detail } : undefined;
    } catch {
      return { reason: 'keys', detail: `no answer from ${new URL(openId).host}` };
    }
  }
}

/** Where Teams is local there are no credentials, and the SDK proves nothing. */
async function credentialsFactory(
  config: TeamsConfig,
  tokens: AppTokens,
): Promise<ServiceClientCredentialsFactory> {
  const { appId = '' } = config;
  const place = servicePlace(config);
  const tokenFor =
    config.appType === 'UserAssignedMsi' && appId
      ? await managedIdentity(config)
      : () => tokens.token(CONNECTOR_SCOPE, homeTenant(config));
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => appId === '',
    createCredentials: async () => ({
      async signRequest(request) {
        if (!appId) return request;
        if (!isServiceUrl(new URL(request.url).origin, place))
          throw new TeamsRefusal('That service is not one of Teams.', {
            code: 'ForeignService',
            uncertain: false,
          });
        request.headers.set('authorization', `Bearer ${await tokenFor()}`);
        return request;
      },
    }),
  };
}

/** A token for the connector from the machine's own identity, by the SDK. Rejects with a TeamsRefusal. */
export async function managedIdentity({
  appId = '',
  tenantId = '',
}: Pick<TeamsConfig, 'appId' | 'tenantId'>): Promise<() => Promise<string>> {
  const { ManagedIdentityServiceClientCredentialsFactory, JwtTokenProviderFactory, AppCredentials } =
    await import('botframework-connector');
  const factory = new ManagedIdentityServiceClientCredentialsFactory(appId, new JwtTokenProviderFactory());
  const credentials = await factory.createCredentials(appId, ISSUER);
  return async () => {
    try {
      if (credentials instanceof AppCredentials) return await credentials.getToken();
      throw new Error('no credentials');
    } catch (cause) {
      throw new TeamsRefusal(
        `The managed identity ${appId} of tenant ${tenantId} gives no token here.`,
        { code: 'ManagedIdentity', uncertain: false },
        cause,
      );
    }
  };
}

/**
 * The SDK's client would send a message again by itself when an answer is lost, and follow a redirection with it.
 * It has no option against either. Throws where its parts are not what they are in the version we use.
 */
function withoutRepeats(client: ConnectorClient): void {
  const { pipeline } = Inner.parse(Reflect.get(client, 'client'));
  for (const name of ['defaultRetryPolicy', 'redirectPolicy'])
    if (pipeline.removePolicy({ name }).length === 0) throw new Error(`the Bot Framework SDK has no ${name}`);
}

function toSdk(activity: TeamsActivity, serviceUrl: string): Activity {
  const { type, name, id, from, recipient, conversation, timestamp } = activity;
  const told: Partial<Activity> = {
    type,
    ...(name && { name }),
    ...(id && { id }),
    ...(timestamp !== undefined && { timestamp: new Date(timestamp) }),
    channelId: 'msteams',
    serviceUrl,
    from: { id: from.id, name: from.name ?? '' },
    recipient: { id: recipient.id, name: recipient.name ?? '' },
    conversation: {
      id: conversation.id,
      name: conversation.name ?? '',
      conversationType: conversation.conversationType ?? '',
      isGroup: conversation.conversationType !== 'personal',
    },
  };
  return told as Activity;
}

/** The SDK's own words may repeat parts of the token. */
function whyRefused(error: unknown): string {
  const words = error instanceof Error ? error.message : '';
  if (/expired/i.test(words)) return 'expired';
  if (/not active|nbf/i.test(words)) return 'not yet valid';
  if (/serviceurl/i.test(words)) return 'another serviceUrl than the token names';
  return 'refused by the SDK';
}

async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), KEYS_TIMEOUT_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Remembers success; a failure is tried again next time. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    if (made) return made;
    const making = make();
    made = making;
    making.catch(() => {
      made = undefined;
    });
    return making;
  };
}
