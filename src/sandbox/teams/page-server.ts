/** The local client under its usual address, for several people, and with what was said before a page was opened. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../../core/errors.ts';
import type { TeamsPerson } from '../sample-org/teams.ts';
import { withOwnIds, withoutWarnings } from './as-teams-takes-it.ts';
import type { History } from './history.ts';
import { createOpenPages, type OpenPages } from './open-pages.ts';
import { isCurrent, personOf, seenBy } from './person-view.ts';
import { ask, HOST, pass, textOf, tunnel } from './relay.ts';
import { acceptStream } from './text-frame.ts';
import { typedMessage } from './typed-message.ts';

export interface PageServer {
  /** Without "/" at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export const STREAM = '/_ws_conversation/v1/conversations/stream';
/** Where the bot sends its messages. */
export const CONNECTOR = '/_connector';
/** Where it says whom it means: a new conversation, or a question about a member. */
const CREATES_OR_ASKS = /\/v3\/conversations(\/[^/]+\/members\/[^/]+)?$/;
const CONFIG = '/_internal/v1/config';
const OPENED = /^\/_debug\/conversation\/[^/]+\/installation$/;
const INVOKED = '/_conversation/v1/invoke';
const TYPED = /^\/_conversation\/v1\/conversations\/([^/]+)\/messages$/;
/** The client sends every message in the name of its one current user. */
const NOT_TYPED = 'This person can click but not type: the local client has one user who types.';

/** `target` is the client's own port once it runs. Throws CONFLICT where the port is taken; 0 takes any. */
export async function servePage(
  { target, history }: { readonly target: () => number | undefined; readonly history: History },
  { port }: { readonly port: number },
): Promise<PageServer> {
  const pages = createOpenPages(history, (invoke) => invokeIn(target() ?? 0, invoke));
  const server = createServer((request, response) => {
    const person = personOf(request.headers.host);
    const client = target();
    if (!person) return response.writeHead(404).end('Nobody of this name is in the demo.');
    if (!client) return response.writeHead(503).end('The local Teams client is starting.');
    const visit = { request, response, client, person, pages, history };
    answer(visit).catch(() => response.writeHead(502).end());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const person = personOf(request.headers.host);
    const client = target();
    if (!person || !client) return socket.destroy();
    if (request.url !== STREAM) return tunnel(request, socket, head, client);
    socket.once('close', pages.listens(person, acceptStream(request, socket)));
  });
  await listen(server, port);
  const bound = server.address();
  const actual = typeof bound === 'object' && bound ? bound.port : port;
  return { url: `http://${HOST}:${actual}`, close: () => close(server) };
}

/** As a click does; undefined where the client or the bot does not answer, and the card stays as it is. */
async function invokeIn(client: number, invoke: object): Promise<unknown> {
  const sent = ask({ method: 'POST', url: INVOKED }, client, JSON.stringify(invoke));
  const { status, text } = await sent.catch(() => ({ status: 502, text: '' }));
  return status === 200 ? JSON.parse(withoutWarnings(text)) : undefined;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Port. */
  readonly client: number;
  readonly person: TeamsPerson;
  readonly pages: OpenPages;
  readonly history: History;
}

async function answer(visit: Visit): Promise<void> {
  const { request, response, client, person, pages } = visit;
  const { pathname } = new URL(request.url ?? '/', `http://${HOST}`);
  if (pathname === CONFIG) return configFor(visit);
  if (pathname.startsWith(CONNECTOR)) return fromBot(visit);
  const conversation = TYPED.exec(pathname)?.[1];
  if (conversation && request.method === 'POST') return typed(visit, decodeURIComponent(conversation));
  if (pathname === INVOKED) return clicked(visit);
  if (pathname === '/') pages.loads(person);
  if (OPENED.test(pathname)) response.once('finish', () => pages.opens(person));
  pass(request, response, client);
}

async function configFor({ request, response, client, person }: Visit): Promise<void> {
  const { status, text } = await ask(request, client, '');
  reply(response, status, status === 200 ? JSON.stringify(seenBy(JSON.parse(text), person)) : text);
}

/** In the middle between the bot and the client: what is sent to it as Teams takes it must be in the client's own way. */
async function fromBot({ request, response, client }: Visit): Promise<void> {
  const path = decodeURIComponent(request.url ?? '/');
  const about = CREATES_OR_ASKS.test(path);
  const sent = withoutWarnings(await textOf(request));
  const url = about ? withOwnIds(request.url ?? '/') : request.url;
  const { status, text } = await ask(
    { method: request.method, url },
    client,
    about ? withOwnIds(sent) : sent,
  );
  reply(response, status, text);
}

async function clicked({ request, response, client }: Visit): Promise<void> {
  const { status, text } = await ask(request, client, await textOf(request));
  reply(response, status, status === 200 ? withoutWarnings(text) : text);
}

async function typed(
  { request, response, client, person, history }: Visit,
  conversation: string,
): Promise<void> {
  if (!isCurrent(person)) return reply(response, 501, JSON.stringify({ message: NOT_TYPED }));
  const sent = await textOf(request);
  const { status, text } = await ask(request, client, sent);
  reply(response, status, text);
  const event = status === 200 && typedMessage(conversation, sent, text);
  if (event) history.add(event, true);
}

function reply(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(json);
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port)));
    server.listen(port, HOST, resolve);
  });
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  const message = `Port ${port}, where the local Teams client is shown, is in use by another program.`;
  const hint = 'Name another one: npm run demo:teams -- --teams-port 56200';
  return new AppError('CONFLICT', message, { hint, cause: error });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
