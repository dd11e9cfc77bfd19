/** A small workspace with a clock in our hands, Slack's own client, and a real Bolt app behind it. */
import { App, LogLevel } from '@slack/bolt';
import { type ErrorCode, WebClient } from '@slack/web-api';
import { createSandbox, type Sandbox } from '../../src/sandbox/create-sandbox.ts';
import { MANIFEST_SCOPES } from '../../src/sandbox/manifest.ts';
import type { SandboxOptions, WorkspaceSeed } from '../../src/sandbox/types.ts';
import type { PageAnswer, Snapshot } from '../../src/sandbox/wire.ts';

export const SECRET = 'a-signing-secret';
export const TOKEN = 'xoxb-test';

export const SEED: WorkspaceSeed = {
  teamId: 'T1',
  teamName: 'Example',
  botUserId: 'UBOT',
  botName: 'Pennywatch',
  people: [
    { id: 'UMIRA', name: 'Mira Chen', title: 'Lead', email: 'mira@example.com', colour: '#123456' },
    {
      id: 'UJON',
      name: 'Jon Park',
      title: 'SRE',
      email: 'jon@example.com',
      colour: '#654321',
      timeZone: 'Europe/Berlin',
    },
  ],
  channels: [
    { id: 'CGEN', name: 'general', topic: 'All', memberIds: ['UMIRA', 'UJON', 'UBOT'] },
    { id: 'COPEN', name: 'open', topic: '', memberIds: ['UMIRA'] },
    { id: 'CSECRET', name: 'secret', topic: '', memberIds: ['UMIRA'], private: true },
  ],
  usergroups: [{ id: 'SLEADS', handle: 'leads', members: ['UMIRA'] }],
  commands: [{ command: '/cost', description: 'Costs', usageHint: 'model bert | help' }],
};

/** 16 × 9 pixels as far as its header says; nothing here decodes it. */
export const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000001000000009080200000090916836', 'hex');

export interface TestWorkspace {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly client: WebClient;
  readonly app: App;
  readonly appUrl: string;
  /** A call whose arguments Slack's types would not allow. */
  call(method: string, args: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Moves the workspace's clock. */
  advance(ms: number): void;
  /** What the page would send. */
  page(path: string, body: object): Promise<PageAnswer>;
  snapshot(person: string): Promise<Snapshot>;
  stop(): Promise<void>;
}

export async function startWorkspace(options: Partial<SandboxOptions> = {}): Promise<TestWorkspace> {
  let now = Date.UTC(2026, 10, 20, 9);
  let appUrl = '';
  const quiet = () => undefined;
  const sandbox = createSandbox({
    signingSecret: SECRET,
    botToken: TOKEN,
    appUrl: () => appUrl,
    workspace: SEED,
    now: () => now,
    log: { info: quiet, warn: quiet, error: quiet },
    rateLimit: false,
    scopes: [...MANIFEST_SCOPES, 'channels:read', 'users:read', 'users:read.email', 'usergroups:read'],
    fileProcessingMs: 1000,
    ...options,
  });
  const url = await sandbox.listen(0);
  const clientOptions = { slackApiUrl: `${url}/api/`, retryConfig: { retries: 0 } };
  const app = new App({
    signingSecret: SECRET,
    token: TOKEN,
    convoStore: false,
    tokenVerificationEnabled: false,
    logLevel: LogLevel.ERROR,
    logger: {
      ...console,
      error: quiet,
      warn: quiet,
      info: quiet,
      debug: quiet,
      setLevel: quiet,
      getLevel: () => LogLevel.ERROR,
      setName: quiet,
    },
    clientOptions,
  });
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const address = 'address' in server ? server.address() : null;
  appUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/slack/events`;
  const client = new WebClient(TOKEN, clientOptions);
  return {
    sandbox,
    url,
    app,
    appUrl,
    client,
    call: async (method, args) => ({ ...(await client.apiCall(method, args)) }),
    advance(ms) {
      now += ms;
    },
    async page(path, body) {
      const response = await fetch(`${url}/sandbox/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await response.json()) as PageAnswer;
    },
    async snapshot(person) {
      const response = await fetch(`${url}/sandbox/state?person=${person}`);
      return (await response.json()) as Snapshot;
    },
    async stop() {
      await app.stop();
      await sandbox.close();
    },
  };
}

interface Refused {
  readonly error: string;
  readonly errors?: readonly string[];
  readonly response_metadata?: { readonly messages?: readonly string[] };
  readonly needed?: string;
}

/** The error body of a call that must fail. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    const { code, data } = error as { code?: ErrorCode; data?: Refused };
    if (data) return data;
    throw new Error(`Not a refusal of the platform: ${code ?? String(error)}`);
  }
  throw new Error('The call was not refused.');
}
