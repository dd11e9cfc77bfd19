/** JSON over HTTP against a server that misbehaves on the wire; waits are looked at, not waited for. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createHttp, retryAfter } from '../../src/sources/http.ts';
import { createRetry, TransientError } from '../../src/sources/retry.ts';
import type { Access } from '../../src/sources/types.ts';
import { testAccess } from './stand-in/access.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
let answer: Answer;
let seen: IncomingMessage[] = [];
const server = createServer((request, response) => {
  seen.push(request);
  answer(response, request);
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
});

function ask(access: Access, timeoutMs?: number): Promise<unknown> {
  const headers = async () => ({ authorization: 'Bearer secret' });
  return createHttp({ access, vendor: 'Vendor', headers, ...(timeoutMs && { timeoutMs }) })({ url });
}

const fast = () => ({ ...testAccess({}), pace: 0 });
const json: Answer = (response) => response.end('{"ok":true}');

/** The first answer, then good ones. */
function once(first: Answer): Answer {
  return (response, request) => (seen.length === 1 ? first : json)(response, request);
}

describe('an answer that', () => {
  const half = gzipSync(JSON.stringify({ text: 'x'.repeat(5_000) })).subarray(0, 30);
  test.each<[string, Answer]>([
    ['is a page of HTML', (response) => response.end('<html>login</html>')],
    ['is empty', (response) => response.end('')],
    ['is cut', (response) => response.end('{"data":[1,')],
    [
      'breaks off',
      (response) => response.writeHead(200, { 'content-length': 99 }).write('{', () => response.destroy()),
    ],
    ['is half a gzip', (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(half)],
    ['is 429', (response) => response.writeHead(429, { 'retry-after': '0' }).end('{}')],
    ['is 503 without words', (response) => response.writeHead(503).end()],
    ['never comes', () => undefined],
    ['begins and never ends', (response) => response.writeHead(200).write('{"data":')],
  ])('%s is asked for again, and both are counted', async (_, first) => {
    answer = once(first);
    const access = fast();
    expect(await ask(access, 200)).toEqual({ ok: true });
    expect(access.counts).toEqual({ sent: 2, failed: 1 });
    expect(seen).toHaveLength(2);
  });

  test('is a redirect is refused at once, in words, and the key goes nowhere', async () => {
    answer = (response) => response.writeHead(302, { location: `${url}elsewhere` }).end();
    const access = fast();
    await expect(ask(access)).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('302'),
      hint: expect.stringContaining('redirect'),
    });
    expect(seen.map((request) => request.url)).toEqual(['/']);
    expect(access.counts).toEqual({ sent: 1, failed: 1 });
  });

  test('stays bad is given up after eight times', async () => {
    answer = (response) => response.writeHead(500).end('{"error":{"message":"on\\nfire"}}');
    const access = fast();
    await expect(ask(access)).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('8 times: HTTP 500 (on fire)'),
    });
    expect(access.counts).toEqual({ sent: 8, failed: 8 });
    expect(seen).toHaveLength(8);
  });

  test('asks to wait for more than five minutes ends the poll, saying how long', async () => {
    answer = (response) => response.writeHead(429, { 'retry-after': '3600' }).end('{}');
    await expect(ask(fast())).rejects.toMatchObject({
      code: 'LIMIT',
      message: expect.stringContaining('60 minutes'),
      cause: { retryAfter: 3_600_000 },
    });
    expect(seen).toHaveLength(1);
  });
});

describe('stopping', () => {
  test('does not wait for a back-off', async () => {
    const stop = new AbortController();
    answer = (response) => {
      response.writeHead(429, { 'retry-after': '250' }).end('{}', () => setTimeout(() => stop.abort(), 20));
    };
    await expect(ask({ ...testAccess({}), pace: 1, signal: stop.signal })).rejects.toBeDefined();
    expect(seen).toHaveLength(1);
  });

  test('does not wait for an answer', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    await expect(ask({ ...fast(), signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toHaveLength(1);
  });

  test('before anything was sent sends nothing', async () => {
    answer = json;
    await expect(ask({ ...fast(), signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(seen).toHaveLength(0);
  });
});

test.each([
  ['5', 5_000],
  ['0.5', 500],
  ['-3', 0],
  ['0', 0],
  ['1e400', undefined],
  ['soon', undefined],
  ['', undefined],
  [' ', undefined],
  [null, undefined],
  ['Sat, 21 Nov 2026 09:01:00 GMT', 60_000],
  ['Sat, 21 Nov 2026 08:00:00 GMT', 0],
  ['Infinity', undefined],
  ['NaN', undefined],
  ['99999999999', 99_999_999_999_000],
])('Retry-After %j is %j ms', (value, expected) => {
  expect(retryAfter(value, Date.parse('2026-11-21T09:00:00Z'))).toBe(expected);
});

test('a transient failure without a wait is tried again, another is not', async () => {
  const withRetry = createRetry({ access: fast(), vendor: 'V', attempts: 3 });
  let tries = 0;
  await expect(
    withRetry(async () => {
      tries += 1;
      throw new TransientError('x', { retryAfter: Number.NaN });
    }),
  ).rejects.toMatchObject({ code: 'UPSTREAM' });
  expect(tries).toBe(3);
  await expect(
    withRetry(async () => {
      tries += 1;
      throw new Error('a mistake');
    }),
  ).rejects.toThrow('a mistake');
  expect(tries).toBe(4);
});
