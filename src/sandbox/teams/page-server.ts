/** The local client under its usual address, for several people, and with what was said before a page was opened. */
import {
  createServer,
  type IncomingMessage,
  request as requestTo,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '../../core/errors.ts';
import type { TeamsPerson } from '../sample-org/teams.ts';
import type { History } from './history.ts';
import { createOpenPages, type OpenPages } from './open-pages.ts';
import { isCurrent, personOf, seenBy } from './person-view.ts';
import { acceptStream } from './text-frame.ts';
import { typedMessage } from './typed-message.ts';

export interface PageServer {
  /** Without "/" at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
export const STREAM = '/_ws_conversation/v1/conversations/stream';
const OPENED = /^\/_debug\/conversation\/[^/]+\/installation$/;
const CONFIG = '/_internal/v1/config';
/** The client sends every message in the name of its one current user. */
const NOT_TYPED = 'This person can click but not type: the local client has one user who types.';
const MESSAGES = /^\/_conversation\/v1\/conversations\/([^/]+)\/messages$/;

/** Throws CONFLICT where the port is taken. Port 0 takes any. */
export async function servePage(
  { target: targetOf, history }: { readonly target: () => number | undefined; readonly history: History },
  { port }: { readonly port: number },
): Promise<PageServer> {
  const pages = createOpenPages(history);
  const server = createServer((request, response) => {
    const person = personOf(request.headers.host);
    const target = targetOf();
    if (!person) return response.writeHead(404).end('Nobody of this name is in the demo.');
    if (!target) return response.writeHead(503).end('The local Teams client is starting.');
    forward({ request, response, target, history, pages, person }).catch(() => response.writeHead(502).end());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const person = personOf(request.headers.host);
    const target = targetOf();
    if (!person || !target) return socket.destroy();
    if (request.url !== STREAM) return tunnel(request, socket, head, target);
    const tell = acceptStream(request, socket);
    socket.once('close', pages.listens(person, tell));
  });
  await listen(server, port);
  const bound = server.address();
  const actual = typeof bound === 'object' && bound ? bound.port : port;
  return { url: `http://${HOST}:${actual}`, close: () => close(server) };
}

interface Forwarded {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: number;
  readonly history: History;
  readonly pages: OpenPages;
  readonly person: TeamsPerson;
}

/** Everything goes to the client; two answers are read on the way. */
async function forward({ request, response, target, history, pages, person }: Forwarded): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', `http://${HOST}`);
  const conversation = request.method === 'POST' ? MESSAGES.exec(pathname)?.[1] : undefined;
  if (pathname === '/') pages.loads(person);
  if (pathname !== CONFIG && !conversation) {
    if (OPENED.test(pathname)) response.once('finish', () => pages.opens(person));
    return pass(request, response, target);
  }
  const sent = await textOf(request);
  if (conversation && !isCurrent(person))
    return void response.writeHead(501, { 'content-type': 'text/plain' }).end(NOT_TYPED);
  const answer = await fetch(`http://${HOST}:${target}${request.url}`, {
    method: request.method ?? 'GET',
    headers: { 'content-type': 'application/json' },
    ...(sent && { body: sent }),
  });
  const text = await answer.text();
  const body = pathname === CONFIG ? JSON.stringify(seenBy(JSON.parse(text), person)) : text;
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
  if (!conversation || !answer.ok) return;
  const event = typedMessage(decodeURIComponent(conversation), sent, text);
  if (event) history.add(event, true);
}

function pass(request: IncomingMessage, response: ServerResponse, target: number): void {
  const { method, url, headers } = request;
  const onward = requestTo({ host: HOST, port: target, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => response.destroy());
  request.pipe(onward);
}

/** The client's own log, as it is. */
function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, target: number): void {
  const onward = connect(target, HOST, () => {
    const { rawHeaders } = request;
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
    onward.write(`${[`GET ${request.url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.once('error', () => socket.destroy());
  socket.once('close', () => onward.destroy());
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port)));
    server.listen(port, HOST, resolve);
  });
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new AppError(
    'CONFLICT',
    `Port ${port}, where the local Teams client is shown, is in use by another program.`,
    {
      hint: 'Name another one: npm run demo:teams -- --teams-port 56200',
      cause: error,
    },
  );
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
