/** The receiving half of the app alone: its endpoint over HTTP, the key set it trusts, and what came through. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createBotFramework } from '../../../src/chat/teams/bot-framework.ts';
import type { TeamsConfig } from '../../../src/chat/teams/config.ts';
import type { RefusalReason } from '../../../src/chat/teams/refusals.ts';
import type { InvokeAnswer, TeamsActivity } from '../../../src/chat/teams/types.ts';
import { type SigningKeys, startSigningKeys } from './signing-keys.ts';

export const APP = '5f3e1d2c-0000-4000-8000-00000000b07a';
export const TENANT = '7e9a0000-0000-4000-8000-000000000001';
export const OTHER_TENANT = '7e9a0000-0000-4000-8000-000000000002';
export const SERVICE = 'https://smba.trafficmanager.net/emea/';

export interface WireApp {
  readonly keys: SigningKeys;
  readonly url: string;
  /** Activities that were dispatched. */
  readonly taken: TeamsActivity[];
  readonly refused: RefusalReason[];
  /** Log lines as JSON. */
  readonly lines: string[];
  /** Settable: what an invoke is answered, and when. */
  answer: (activity: TeamsActivity) => Promise<InvokeAnswer | undefined>;
  /** Milliseconds that the app's clock is ahead of the real one. */
  ahead: number;
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** `published`: the keys that are in the key set. */
export async function startWireApp(
  config: Partial<TeamsConfig> = {},
  published: readonly ('teams' | 'directline' | 'unendorsed')[] = ['teams'],
): Promise<WireApp> {
  const keys = await startSigningKeys({
    appId: APP,
    serviceUrl: SERVICE,
    published,
  });
  const taken: TeamsActivity[] = [];
  const refused: RefusalReason[] = [];
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
  const framework = createBotFramework(
    {
      appId: APP,
      appPassword: 'a-client-secret-of-the-tests',
      appType: 'SingleTenant',
      tenantId: TENANT,
      tenants: [TENANT],
      endpoints: { openId: keys.openId },
      ...config,
    },
    {
      log: { info: write, warn: write, error: write },
      now: () => Date.now() + app.ahead,
      refused: (reason) => void refused.push(reason),
      receive: async (activity) => {
        taken.push(activity);
        return activity.type === 'invoke' ? app.answer(activity) : undefined;
      },
    },
  );
  await framework.ready();
  const web = express().disable('x-powered-by').use(framework.http);
  const server = web.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  const app: WireApp = {
    keys,
    url,
    taken,
    refused,
    lines,
    answer: async () => ({ status: 200, body: { statusCode: 200 } }),
    ahead: 0,
    async post(body, headers = { authorization: keys.bearer() }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text ? JSON.parse(text) : undefined,
        headers: response.headers,
      };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await keys.stop();
    },
  };
  return app;
}

let last = 0;

/** A message as Teams sends it; `change` replaces fields at the top, undefined leaves one out. */
export function message(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  last += 1;
  return {
    channelId: 'msteams',
    type: 'message',
    id: `17000000${last}`,
    timestamp: new Date().toISOString(),
    serviceUrl: SERVICE,
    from: { id: '29:1mira', name: 'Mira Chen', aadObjectId: 'AD000000-0000-4000-8000-000000000001' },
    recipient: { id: `28:${APP}`, name: 'Pennywatch' },
    conversation: { id: 'a:1direct', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    text: 'cost model bert',
    textFormat: 'plain',
    locale: 'en-US',
    ...change,
  };
}

/** A click on a card. */
export function invoke(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return message({
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    value: { action: { type: 'Action.Execute', verb: 'button', data: { pw: 'button', id: 'b1' } } },
    ...change,
  });
}
