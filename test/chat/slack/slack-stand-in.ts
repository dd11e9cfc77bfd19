/** A tiny Slack: the Web API methods we call, uploads and response URLs, in the documented shapes. Records everything. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlack, type SlackDeps, type SlackPlatform } from '../../../src/chat/slack/index.ts';

export interface Call {
  /** "chat.postMessage", "response_url", "upload". */
  readonly method: string;
  // biome-ignore lint/suspicious/noExplicitAny: the arguments are Slack's JSON, read field by field in tests
  readonly args: any;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Responder = (call: Call, times: number) => Answer | undefined | Promise<Answer | undefined>;

export interface SlackStandIn {
  readonly apiUrl: string;
  readonly responseUrl: string;
  readonly calls: Call[];
  /** Replaces the answer to a method; undefined falls back to the ordinary one. */
  on(method: string, responder: Responder): void;
  of(method: string): Call[];
  /** Resolves with the first call that fits, past or future. */
  seen(method: string, fits?: (call: Call) => boolean): Promise<Call>;
  close(): Promise<void>;
}

export async function startSlackStandIn(): Promise<SlackStandIn> {
  const calls: Call[] = [];
  const responders = new Map<string, Responder>();
  let waiting: { readonly fits: (call: Call) => boolean; readonly done: (call: Call) => void }[] = [];

  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    const times = calls.filter(({ method }) => method === call.method).length;
    const answer = (await responders.get(call.method)?.(call, times)) ?? ordinaryAnswer(call, base());
    write(response, answer);
    for (const one of waiting.filter(({ fits }) => fits(call))) one.done(call);
    waiting = waiting.filter(({ fits }) => !fits(call));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    apiUrl: `${base()}/api/`,
    responseUrl: `${base()}/response/T1/1/abc`,
    calls,
    on: (method, responder) => void responders.set(method, responder),
    of: (method) => calls.filter((call) => call.method === method),
    seen(method, fits = () => true) {
      const matches = (call: Call): boolean => call.method === method && fits(call);
      const past = calls.find(matches);
      if (past) return Promise.resolve(past);
      return new Promise((done) => waiting.push({ fits: matches, done }));
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

let events = 0;

export const SECRET = 'a-signing-secret';
export const TOKEN = 'xoxb-1-secret-token';

export interface Received {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface RunningApp {
  readonly platform: SlackPlatform;
  readonly log: Received[];
  /** Sends a payload signed as Slack signs it; `sign` changes what is signed. */
  send(payload: Readonly<Record<string, unknown>>, sign?: SignOptions): Promise<Response>;
  /** The same for an event, which comes as JSON; `retry` is the number of the try after the first. */
  tell(event: Readonly<Record<string, unknown>>, options?: EventOptions): Promise<Response>;
  /** Any body as it stands, signed as Slack signs it; resolves to the HTTP status. */
  post(body: string, type: string, sign?: SignOptions): Promise<number>;
  /** Stops after everything under way has been answered. */
  stop(): Promise<void>;
}

export interface EventOptions {
  readonly id?: string;
  readonly retry?: number;
  /** Who the workspace says we are; null when it does not. */
  readonly we?: string | null;
}

export interface SignOptions {
  readonly secret?: string;
  readonly timestamp?: number;
  readonly signature?: string;
}

/** The real platform in a real express 5 app, in front of a body parser as in production. */
export async function startApp(
  slack: SlackStandIn,
  deps: Partial<SlackDeps> & Pick<SlackDeps, 'dispatch'>,
): Promise<RunningApp> {
  const { entries: log, logger } = recordingLog();
  const platform = createSlack(
    { botToken: TOKEN, signingSecret: SECRET, apiUrl: slack.apiUrl },
    { drawChart: async () => PNG, log: logger, ...deps },
  );
  const app = express();
  if (platform.http) app.use(platform.http);
  app.use(express.json(), (_request, response) => void response.status(404).send('not Slack'));
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  await platform.start();

  function post(body: string, type: string, sign: SignOptions, retry?: number): Promise<Response> {
    const timestamp = String(sign.timestamp ?? Math.floor(Date.now() / 1_000));
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': sign.signature ?? signature(timestamp, body, sign.secret ?? SECRET),
        ...(retry ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' } : {}),
      },
      body,
    });
  }

  return {
    platform,
    log,
    post: async (body, type, sign = {}) => {
      const response = await post(body, type, sign);
      await response.arrayBuffer();
      return response.status;
    },
    send: (payload, sign = {}) => post(formBody(payload), 'application/x-www-form-urlencoded', sign),
    tell(event, { id = `Ev${++events}`, retry, we = 'UB' } = {}) {
      const body = JSON.stringify({
        type: 'event_callback',
        token: 'deprecated',
        team_id: 'T1',
        api_app_id: 'A1',
        event_id: id,
        event_time: 1,
        event,
        ...(we ? { authorizations: [{ team_id: 'T1', user_id: we, is_bot: true }] } : {}),
      });
      // Slack signs every try anew, and later: two tries never carry one signature.
      const timestamp = Math.floor(Date.now() / 1_000) + (retry ?? 0);
      return post(body, 'application/json', { timestamp }, retry);
    },
    async stop() {
      await platform.stop();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}

export function recordingLog(): { entries: Received[]; logger: SlackDeps['log'] } {
  const entries: Received[] = [];
  const record =
    (level: Received['level']) =>
    (fields: object, message: string): void =>
      void entries.push({ level, fields: { ...fields }, message });
  return { entries, logger: { info: record('info'), warn: record('warn'), error: record('error') } };
}

export function signature(timestamp: string, body: string, secret: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Slash commands are plain form fields; everything else is JSON in `payload`. */
function formBody(payload: Readonly<Record<string, unknown>>): string {
  const fields = typeof payload.command === 'string' ? payload : { payload: JSON.stringify(payload) };
  return new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString();
}

export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const path = new URL(request.url ?? '/', 'http://slack').pathname;
  const type = request.headers['content-type'] ?? '';
  const method = path.startsWith('/api/')
    ? path.slice('/api/'.length)
    : path.startsWith('/response/')
      ? 'response_url'
      : 'upload';
  const args = type.includes('json')
    ? JSON.parse(bytes.toString())
    : type.includes('urlencoded')
      ? parseForm(bytes.toString())
      : {};
  return { method, args, headers: request.headers, bytes };
}

/** The SDK sends structures as JSON text in form fields. */
function parseForm(body: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}

function ordinaryAnswer(call: Call, base: string): Answer {
  switch (call.method) {
    case 'auth.test':
      return {
        headers: {
          'x-oauth-scopes':
            'app_mentions:read,channels:history,channels:join,chat:write,chat:write.public,commands,files:read,files:write,groups:history,im:history,im:write,metadata.message:read,usergroups:read,users:read,users:read.email',
        },
        body: {
          ok: true,
          url: 'https://acme.slack.com/',
          team: 'Acme',
          user: 'pennywatch',
          team_id: 'T1',
          user_id: 'UB',
          bot_id: 'B1',
        },
      };
    case 'chat.postMessage':
    case 'chat.update':
      return { body: { ok: true, channel: call.args.channel, ts: call.args.ts ?? '1700000000.000200' } };
    case 'chat.postEphemeral':
      return { body: { ok: true, message_ts: '1700000000.000300' } };
    case 'conversations.open':
      return { body: { ok: true, channel: { id: 'D1' } } };
    case 'conversations.history':
    case 'conversations.replies':
      return { body: { ok: true, messages: [], has_more: false, response_metadata: { next_cursor: '' } } };
    case 'views.open':
    case 'views.publish':
    case 'views.push':
    case 'views.update':
      return { body: { ok: true, view: { id: 'V1' } } };
    case 'files.getUploadURLExternal':
      return { body: { ok: true, upload_url: `${base}/upload/F1`, file_id: 'F1' } };
    case 'files.completeUploadExternal':
      return { body: { ok: true, files: [{ id: 'F1', title: 'chart' }] } };
    case 'files.info':
      return {
        body: { ok: true, file: { id: 'F1', mimetype: 'image/png', original_w: 1800, original_h: 840 } },
      };
    case 'users.info':
      return { body: { ok: true, user: slackUser(String(call.args.user)) } };
    case 'users.lookupByEmail':
      return { body: { ok: false, error: 'users_not_found' } };
    case 'usergroups.list':
      return { body: { ok: true, usergroups: [] } };
    case 'response_url':
    case 'upload':
      return { body: 'ok' };
    default:
      return { body: { ok: false, error: 'unknown_method' } };
  }
}

/** Slack's user object of an active member; `more` says what is different. */
export function slackUser(
  id: string,
  { profile, ...more }: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id,
    team_id: 'T1',
    name: 'somebody',
    real_name: 'Some Body',
    deleted: false,
    is_bot: false,
    is_restricted: false,
    is_ultra_restricted: false,
    profile: { real_name: 'Some Body', team: 'T1', ...(profile ?? {}) },
    ...more,
  };
}

/** Slack's file object while it is still being looked at. */
export const UNPROCESSED = { body: { ok: true, file: { id: 'F1', mimetype: '', name: 'daily-cost.png' } } };

function write(response: ServerResponse, answer: Answer): void {
  const isText = typeof answer.body === 'string';
  response.writeHead(answer.status ?? 200, {
    'content-type': isText ? 'text/plain' : 'application/json',
    ...answer.headers,
  });
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}
