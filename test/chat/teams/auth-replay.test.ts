/** Each activity once and soon; bodies that are not what they should be. */
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { invoke, message, startWireApp, type WireApp } from './wire-app.ts';

let app: WireApp;
beforeAll(async () => {
  app = await startWireApp();
});
afterAll(() => app.stop());
afterEach(() => {
  app.taken.length = 0;
  app.refused.length = 0;
  app.ahead = 0;
});

const MINUTE = 60_000;
const at = (milliseconds: number) => ({ timestamp: new Date(Date.now() + milliseconds).toISOString() });

describe('the same again', () => {
  it('an invoke is refused', async () => {
    const click = invoke();
    expect((await app.post(click)).status).toBe(200);
    expect((await app.post(click)).status).toBe(409);
    expect((await app.post({ ...click, name: 'task/fetch' })).status).toBe(409);
    expect(app.taken).toHaveLength(1);
    expect(app.refused).toEqual(['replay', 'replay']);
    expect((await app.post(invoke())).status).toBe(200);
  });

  it('a message is acknowledged, but not answered again', async () => {
    const question = message();
    expect((await app.post(question)).status).toBe(200);
    expect((await app.post(question)).status).toBe(200);
    expect(
      (await app.post({ ...question, conversation: { ...Object(question.conversation), id: 'a:2' } })).status,
    ).toBe(200);
    await expect
      .poll(() => app.taken.map(({ conversation }) => conversation.id))
      .toEqual(['a:1direct', 'a:2']);
    expect(app.refused).toEqual(['replay']);
  });

  it('is still known when its time has nearly passed, and too old afterwards', async () => {
    const click = invoke();
    expect((await app.post(click)).status).toBe(200);
    app.ahead = 9 * MINUTE;
    expect((await app.post(click)).status).toBe(409);
    app.ahead = 11 * MINUTE;
    expect((await app.post(click)).status).toBe(403);
    expect(app.refused).toEqual(['replay', 'age']);
    expect(app.taken).toHaveLength(1);
  });

  it('a refused one may come again with a good token', async () => {
    const click = invoke();
    const foreign = { authorization: app.keys.bearer({}, { key: 'foreign', kid: 'teams' }) };
    expect((await app.post(click, foreign)).status).toBe(401);
    expect((await app.post(click)).status).toBe(200);
  });
});

describe('the time of an activity', () => {
  it.each([
    ['old', at(-11 * MINUTE)],
    ['of the future', at(11 * MINUTE)],
    ['missing', { timestamp: undefined }],
    ['not a time', { timestamp: 'yesterday' }],
  ])('that is %s refuses it', async (_, change) => {
    expect((await app.post(invoke(change))).status).toBe(403);
    expect((await app.post(message(change))).status).toBe(403);
    expect(app.taken).toEqual([]);
    expect(app.refused).toEqual(['age', 'age']);
  });

  it.each([at(-9 * MINUTE), at(9 * MINUTE)])('may be some minutes off', async (change) => {
    expect((await app.post(invoke(change))).status).toBe(200);
    expect(app.taken).toHaveLength(1);
  });
});

describe('a body', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it.each<[string, string, number]>([
    ['too large', JSON.stringify(message({ text: 'x'.repeat(300_000) })), 413],
    ['cut off', JSON.stringify(message()).slice(0, -5), 400],
    ['empty', '', 400],
    ['a list', '[]', 400],
    ['a word', '"message"', 400],
    ['an empty object', '{}', 400],
    ['without a sender', JSON.stringify(message({ from: undefined })), 400],
    ['with numbers for ids', JSON.stringify(message({ conversation: { id: 7 } })), 400],
    ['with a line break in an id', JSON.stringify(message({ id: '1\n2' })), 400],
    ['with an endless id', JSON.stringify(message({ id: '1'.repeat(5000) })), 400],
    ['without an id', JSON.stringify(message({ id: undefined })), 400],
    ['nested without end', `{"type":"message","value":${deep(60_000)}}`, 400],
    [
      'reaching for a prototype',
      JSON.stringify(invoke()).replace('"pw"', '"__proto__":{"admin":true},"pw"'),
      400,
    ],
    [
      'reaching for it by another way',
      JSON.stringify(invoke()).replace('"pw"', '"constructor":{},"pw"'),
      400,
    ],
  ])('%s is refused', async (_, body, status) => {
    expect((await app.post(body)).status).toBe(status);
    expect(app.taken).toEqual([]);
    expect(app.refused).toHaveLength(1);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
    expect((await app.post(invoke())).status).toBe(200);
  });

  it('that would grow when unpacked is refused', async () => {
    const packed = gzipSync(JSON.stringify(message({ text: ' '.repeat(5_000_000) })));
    const response = await fetch(app.url, {
      method: 'POST',
      body: packed,
      headers: {
        authorization: app.keys.bearer(),
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
    });
    expect(response.status).toBe(413);
    expect(app.taken).toEqual([]);
  });

  it('of another type is refused, also from a form of a web page', async () => {
    const headers = { authorization: app.keys.bearer() };
    expect((await app.post(message(), { ...headers, 'content-type': 'text/plain' })).status).toBe(415);
    expect(
      (await app.post(message(), { ...headers, 'content-type': 'application/json; charset=utf-8' })).status,
    ).toBe(200);
  });

  it('is asked for with POST, at that address only', async () => {
    const get = await fetch(app.url);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const elsewhere = await fetch(app.url.replace('messages', 'other'), { method: 'POST' });
    expect(elsewhere.status).toBe(404);
    expect(app.refused).toEqual(['method']);
  });
});

describe('a flood of refusals', () => {
  it('is logged in part, and counted whole', async () => {
    const before = app.lines.length;
    app.ahead = 60 * MINUTE;
    for (let sent = 0; sent < 45; sent += 1) await app.post({}, {});
    expect(app.refused).toHaveLength(45);
    expect(app.lines.length - before).toBe(30);
    app.ahead = 62 * MINUTE;
    await app.post({}, {});
    expect(app.lines.slice(before + 30).map((line) => JSON.parse(line))).toMatchObject([
      { more: 15 },
      { reason: 'token' },
    ]);
  });
});
