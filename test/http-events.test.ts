/** `POST /api/v1/events` over real HTTP, on a real database. */
import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../src/flows/context.ts';
import { syncSettings } from '../src/flows/sync-settings.ts';
import { createHttp, listen } from '../src/http.ts';
import { listAudit } from '../src/store/audit.ts';
import { listChanges } from '../src/store/change-events.ts';
import { runInPlace } from '../src/threads/in-place.ts';
import { contextOf, openTempStore, rememberingLog, type TempStore } from './temp-store.ts';

const TOKEN = 'a-token-of-enough-characters';
const NOW = '2026-11-21T09:00:00Z';
const ALL = { from: new Date(0), to: new Date('2030-01-01') };
const log = rememberingLog();
let temp: TempStore;
let context: Context;
let server: Server;
let url: string;
let now = Date.parse(NOW);

beforeAll(async () => {
  temp = await openTempStore();
  const models = [{ name: 'support-copilot', title: 'Support copilot', aliases: ['copilot'] }];
  context = { ...contextOf(temp.store, { now: NOW, settings: { models }, log }), now: () => now };
  await syncSettings(context);
  ({ server, url } = await serve(TOKEN));
});
// Every test has a minute of its own: what one sends is not held against the next.
beforeEach(() => {
  now += 60_000;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await temp.close();
});

async function serve(apiToken?: string) {
  const parts = { context, threads: runInPlace(context), jobs: () => [] };
  return listen(createHttp({ ...parts, ...(apiToken && { apiToken }) }), 0, '127.0.0.1');
}

function send(body: unknown, { token = TOKEN, type = 'application/json', to = url } = {}) {
  return fetch(`${to}/api/v1/events`, {
    method: 'POST',
    headers: { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('what is kept', () => {
  it('an event under the names that costs have', async () => {
    const answer = await send({
      id: 'deploy-1',
      title: 'Whole conversations in the prompt',
      model: 'Copilot',
      version: '5.2',
      at: '2026-09-20T17:05:00+02:00',
      url: 'https://ci.example.com/runs/1',
      sender: 'ci',
    });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      events: [{ id: 'deploy-1', kind: 'deploy', model: 'support-copilot', created: true }],
      warnings: [],
    });
    const [kept] = await listChanges(temp.store, ALL);
    expect(kept).toMatchObject({ externalId: 'deploy-1', version: '5.2', sender: 'ci' });
    expect(kept?.at).toEqual(new Date('2026-09-20T15:05:00Z'));
  });

  it('one event however often it is told, corrected when it is told otherwise', async () => {
    const event = { id: 'twice', title: 'First words', model: 'copilot', at: '2026-11-20T10:00:00Z' };
    expect((await send(event)).status).toBe(201);
    expect((await send(event)).status).toBe(200);
    const corrected = await send({ ...event, title: 'Better words', model: undefined });
    expect(corrected.status).toBe(200);
    const kept = (await listChanges(temp.store, ALL)).filter(({ externalId }) => externalId === 'twice');
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ title: 'Better words' });
    expect(kept[0]?.model).toBeUndefined();
    const actions = (await listAudit(temp.store, `change:${kept[0]?.id}`)).map(({ action }) => action);
    expect(actions).toEqual(['change.add', 'change.update']);
  });

  it('two that arrive at once under one id as one', async () => {
    const event = { id: 'race', title: 'At once', at: '2026-11-20T10:00:00Z' };
    const answers = await Promise.all([send(event), send(event), send(event)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  });

  it('a list wholly or not at all', async () => {
    const before = (await listChanges(temp.store, ALL)).length;
    const wrong = await send([{ title: 'Right' }, { title: 'Wrong', at: 'yesterday' }]);
    expect(wrong.status).toBe(400);
    expect((await wrong.json()).error.message).toBe(
      '1.at: expected an ISO time with its zone, for example 2026-11-18T14:05:00Z.',
    );
    expect(await listChanges(temp.store, ALL)).toHaveLength(before);
    expect((await send([{ title: 'One' }, { title: 'Two' }])).status).toBe(201);
    expect(await listChanges(temp.store, ALL)).toHaveLength(before + 2);
  });

  it('unknown names as told, with a warning, and no secrets', async () => {
    const answer = await send({ title: 'uses sk-proj-abcdefghijklmnop now', model: 'nobodys-model' });
    expect(answer.status).toBe(201);
    const body = await answer.json();
    expect(body.warnings).toEqual(['model: nothing is called "nobodys-model" yet; kept as it was told.']);
    expect(body.events[0]).toMatchObject({ model: 'nobodys-model', sender: 'system:events-api' });
    expect(JSON.stringify(await listChanges(temp.store, ALL))).not.toContain('abcdefghijklmnop');
  });
});

describe('what is refused', () => {
  it.each([
    [{}, 'title: expected text of 1 to 200 characters in one line.'],
    [{ title: 'x', modle: 'bert' }, 'unknown key "modle".'],
    [
      { title: 'x', url: 'http://ci.example.com' },
      'url: expected an https address of at most 500 characters',
    ],
    [{ title: 'x', url: 'javascript:alert(1)' }, 'url: expected an https address'],
    [{ title: 'x', url: 'https://me:secret@ci.example.com' }, 'without a user name or password.'],
    [{ title: 'x', kind: 'party' }, 'kind: expected one of deploy, config, experiment, incident, other.'],
    [{ title: 'two\nlines' }, 'title: expected text of 1 to 200 characters in one line.'],
    [{ title: 'x', at: '2027-01-01T00:00:00Z' }, 'at: expected a time that was'],
    [[], 'Found 0 events, expected 1 to 100 in one request.'],
    ['nonsense', 'The body cannot be read as JSON.'],
    ['"text"', 'The body cannot be read as JSON.'],
  ])('%j', async (body, message) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toContain(message);
  });

  it('a wrong or missing token, before the body is read', async () => {
    for (const token of ['', 'a-token-of-enough-characterz', `${TOKEN}x`]) {
      const answer = await send('nonsense', { token });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('everything while no token is set, saying how to switch it on', async () => {
    const off = await serve();
    const answer = await send({ title: 'x' }, { to: off.url });
    off.server.close();
    expect(answer.status).toBe(403);
    expect((await answer.json()).error.hint).toContain('PENNYWATCH_API_TOKEN');
  });

  it('too much at once, what is no JSON, and other verbs', async () => {
    expect((await send({ title: 'x', version: 'y'.repeat(70_000) })).status).toBe(413);
    expect((await send('title=x', { type: 'application/x-www-form-urlencoded' })).status).toBe(415);
    const got = await fetch(`${url}/api/v1/events`);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('guessing, until the next minute', async () => {
    const guesses = [];
    for (let count = 0; count < 22; count += 1) guesses.push((await send({}, { token: 'wrong' })).status);
    expect(guesses).toEqual([...Array(20).fill(401), 429, 429]);
    expect((await send({ title: 'The right token still works' })).status).toBe(201);
    now += 60_000;
    expect((await send({}, { token: 'wrong' })).status).toBe(401);
  });
});
