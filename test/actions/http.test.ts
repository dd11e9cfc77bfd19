/** JSON over HTTP for actions: what is asked again, what is uncertain, what never leaves. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ActionRequest, createActionHttp } from '../../src/actions/http.ts';
import { restAccess } from './rest-stage.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(answer: Answer): Promise<{ url: string; count: () => number }> {
  let count = 0;
  const server = createServer((request, response) => answer(request, response, ++count));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push({
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, count: () => count };
}

const KEY = 'secret-key-123456';

function ask(
  url: string,
  more: Partial<ActionRequest> = {},
  options: { timeoutMs?: number; signal?: AbortSignal; log?: () => void } = {},
) {
  const access = restAccess({ provider: 'litellm' }, {});
  const http = createActionHttp({
    access: {
      ...access,
      ...(options.signal && { signal: options.signal }),
      ...(options.log && { log: options.log }),
    },
    vendor: 'Vendor',
    headers: async () => ({ authorization: `Bearer ${KEY}` }),
    secrets: [KEY],
    grant: 'Grant it.',
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  return http({ url, doing: 'stop it', permission: 'things.stop', ...more }).catch((error: unknown) => error);
}

describe('reading', () => {
  it('is asked again after failures and cut answers', async () => {
    const { url, count } = await listen((request, response, at) => {
      if (at === 1) request.socket.destroy();
      else if (at === 2) response.writeHead(502).end('<html>');
      else if (at === 3) response.writeHead(200).end('{"a":');
      else response.writeHead(200).end('{"a":1}');
    });
    expect(await ask(url)).toEqual({ status: 200, body: { a: 1 } });
    expect(count()).toBe(4);
  });

  it('gives up, certain that nothing was changed', async () => {
    const { url, count } = await listen((_, response) => response.writeHead(500).end());
    expect(await ask(url)).toMatchObject({ code: 'UPSTREAM', uncertain: false });
    expect(count()).toBe(5);
  });
});

describe('writing', () => {
  const post = { method: 'POST', body: {} } as const;

  it.each([
    ['a lost answer', (request: IncomingMessage) => request.socket.destroy()],
    ['500', (_: IncomingMessage, response: ServerResponse) => response.writeHead(500).end('{}')],
    [
      'an answer that is cut off',
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(200).end('{'),
    ],
  ])('is uncertain after %s, and not sent again', async (_name, answer) => {
    const { url, count } = await listen(answer as Answer);
    expect(await ask(url, post)).toMatchObject({ code: 'UPSTREAM', uncertain: true });
    expect(count()).toBe(1);
  });

  it('is uncertain when no answer comes in time', async () => {
    const { url } = await listen(() => undefined);
    const error = await ask(url, post, { timeoutMs: 50 });
    expect(error).toMatchObject({ uncertain: true, message: expect.stringContaining('no answer in time') });
  });

  it('is certain when nobody listens', async () => {
    const { url } = await listen(() => undefined);
    for (const server of servers.splice(0)) server.close();
    expect(await ask(url, post)).toMatchObject({ code: 'UPSTREAM', uncertain: false });
  });

  it('stops waiting when it is told to, certain that nothing was done', async () => {
    const { url, count } = await listen((_, response) =>
      response.writeHead(429, { 'retry-after': '3600' }).end('{}'),
    );
    const stop = new AbortController();
    const error = await ask(url, post, { signal: stop.signal, log: () => stop.abort() });
    expect(error).toMatchObject({
      code: 'UPSTREAM',
      uncertain: false,
      message: expect.stringContaining('429'),
    });
    expect(count()).toBe(1);
  });
});

describe('refusals', () => {
  it.each([
    [401, 'does not take the key, or the key lacks the permission things.stop'],
    [403, 'the permission things.stop is missing'],
    [409, 'HTTP 409'],
    [302, 'redirect'],
  ])('%i is said in words, once', async (status, words) => {
    const { url, count } = await listen((_, response) =>
      response
        .writeHead(status, { location: 'http://127.0.0.1:1/' })
        .end(JSON.stringify({ error: { message: `no: Bearer ${KEY} and sk-abcdef12` } })),
    );
    const error = await ask(url, { method: 'POST' });
    expect(error).toMatchObject({
      code: 'UPSTREAM',
      uncertain: false,
      message: expect.stringContaining(words),
    });
    expect(String(error)).toMatch(/^AppError: Vendor refused to stop it: .*\.$/);
    expect(String(error)).not.toMatch(/123456|sk-abc/);
    expect(count()).toBe(1);
  });

  it('that are answers come back as such', async () => {
    const { url } = await listen((_, response) => response.writeHead(404).end());
    expect(await ask(url, { allow: [404] })).toEqual({ status: 404, body: null });
  });

  it('keep the key at home: redirects are not followed', async () => {
    const other = await listen((_, response) => response.writeHead(200).end('{}'));
    const { url } = await listen((_, response) => response.writeHead(307, { location: other.url }).end());
    await ask(url);
    expect(other.count()).toBe(0);
  });
});
