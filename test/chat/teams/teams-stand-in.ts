/** A tiny Teams: Bot Connector, token service, Graph and signing keys over HTTP, and people who use the app. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { TeamsConfig } from '../../../src/chat/teams/config.ts';
import { type SigningKeys, startSigningKeys } from './signing-keys.ts';
import { type Json, textOfMessage } from './teams-stand-in-cards.ts';
import { type ConnectorCall, connectorRouter } from './teams-stand-in-connector.ts';
import { createFaults, type Fault } from './teams-stand-in-faults.ts';
import { graphRouter } from './teams-stand-in-graph.ts';
import { createTokens, type TokenRequest } from './teams-stand-in-login.ts';
import { createHand, type Hand } from './teams-stand-in-person.ts';
import {
  APP_ID,
  APP_PASSWORD,
  createWorld,
  PEOPLE,
  type PersonName,
  type StandInMessage,
  TENANT,
  type World,
} from './teams-stand-in-world.ts';

export interface TeamsStandIn {
  /** What connects the app to this Teams. */
  readonly config: TeamsConfig;
  /** As activities carry it: with "/" at the end. */
  readonly serviceUrl: string;
  readonly keys: SigningKeys;
  readonly world: World;
  /** Calls of the Bot Connector, in order. */
  readonly calls: ConnectorCall[];
  /** Addresses asked of Graph, in order. */
  readonly graphAsked: string[];
  readonly tokens: readonly TokenRequest[];
  /** Where the app listens: the full address of its /api/messages. */
  connectApp(url: string): void;
  as(name: PersonName): Hand;
  /** The bot's messages of a conversation that still stand, threads included, oldest first. */
  messages(conversation: string, thread?: string): readonly StandInMessage[];
  /** What they show. */
  posted(conversation: string): readonly string[];
  /** Resolves with the bot's messages there once they are so many. */
  postedCount(count: number, conversation: string): Promise<readonly StandInMessage[]>;
  /** Somebody removes a message of the bot. */
  remove(message: string): void;
  failNext(fault: Fault): void;
  /** Whether Graph lets the app read messages; yes at first. */
  allowGraph(allowed: boolean): void;
  /** Members on a page of a long list; 500 at first. */
  pageMembers(size: number): void;
  close(): Promise<void>;
}

export interface StandInOptions {
  /** Milliseconds since 1970; the real clock unless told. */
  readonly now?: () => number;
  /** No tokens, no signatures: as Microsoft's local client. */
  readonly local?: boolean;
}

export async function startTeamsStandIn({
  now = Date.now,
  local = false,
}: StandInOptions = {}): Promise<TeamsStandIn> {
  const world = createWorld(now);
  const faults = createFaults();
  const calls: ConnectorCall[] = [];
  const graphAsked: string[] = [];
  let appUrl = '';
  let graphAllowed = true;
  let pageSize = 500;

  const app = express();
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = `${base}/smba/emea/`;
  const keys = await startSigningKeys({ appId: APP_ID, serviceUrl });
  const tokens = createTokens(() => `${base}/login`);
  app.disable('x-powered-by');
  app.use(express.json({ limit: '20mb' }), express.urlencoded({ extended: false }));
  app.use('/login', tokens.router);
  app.use(
    '/smba/emea',
    connectorRouter({
      world,
      faults,
      calls,
      isKnown: (authorization) => local || tokens.isFor('https://api.botframework.com', authorization),
      pageSize: () => pageSize,
    }),
  );
  app.use(
    '/graph/v1.0',
    graphRouter({
      world,
      faults,
      asked: graphAsked,
      isKnown: (authorization) => tokens.isFor('https://graph.microsoft.com', authorization),
      allowed: () => graphAllowed,
      base: () => `${base}/graph/v1.0`,
    }),
  );

  async function post(activity: Json): Promise<{ status: number; body: Json }> {
    if (!appUrl) throw new Error('connectApp first');
    const response = await fetch(appUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(local ? {} : { authorization: keys.bearer() }),
      },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  }

  const messages: TeamsStandIn['messages'] = (conversation, thread) =>
    world.messages.filter(
      (one) =>
        one.from === 'bot' &&
        !one.removed &&
        one.conversation === conversation &&
        (thread === undefined || one.thread === thread),
    );

  return {
    config: local
      ? { appType: 'MultiTenant', tenants: [], local: true }
      : {
          appId: APP_ID,
          appPassword: APP_PASSWORD,
          appType: 'SingleTenant',
          tenantId: TENANT,
          tenants: [TENANT],
          endpoints: { login: `${base}/login`, openId: keys.openId, graph: `${base}/graph/v1.0` },
        },
    serviceUrl,
    keys,
    world,
    calls,
    graphAsked,
    tokens: tokens.granted,
    connectApp(url) {
      appUrl = url;
    },
    as: (name) => createHand(PEOPLE[name], { world, post, serviceUrl, now }),
    messages,
    posted: (conversation) => messages(conversation).map(({ activity }) => textOfMessage(activity)),
    async postedCount(count, conversation) {
      for (let tries = 0; tries < 500; tries += 1) {
        const found = messages(conversation);
        if (found.length >= count) return found;
        await sleep(10);
      }
      throw new Error(`Of ${count} messages in ${conversation} only ${messages(conversation).length} came.`);
    },
    remove(id) {
      for (const message of world.messages) if (message.id === id) message.removed = true;
    },
    failNext: faults.next,
    allowGraph(allowed) {
      graphAllowed = allowed;
    },
    pageMembers(size) {
      pageSize = size;
    },
    async close() {
      await keys.stop();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function parsed(text: string): Json {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // An error page is not JSON; a test may want to see it all the same.
    return text;
  }
}
