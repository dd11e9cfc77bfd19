/** What the page gets from its server: snapshots, events, its own files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { applyEvent } from '../../src/sandbox/page/reduce.ts';
import type { PageEvent, Snapshot } from '../../src/sandbox/wire.ts';
import { SECRET, SEED, startWorkspace, type TestWorkspace, TOKEN } from './workspace.ts';

let workspace: TestWorkspace;
let folder = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'page-'));
  writeFileSync(join(folder, 'index.html'), '<title>the page</title>');
  writeFileSync(join(folder, 'page.js'), '1');
  workspace = await startWorkspace({ pageDir: folder });
});
afterEach(async () => {
  await workspace.stop();
  rmSync(folder, { recursive: true });
});

/** Collects a person's events until `done` says it is enough. */
async function eventsOf(
  person: string,
  during: () => Promise<unknown>,
  done: (events: PageEvent[]) => boolean,
) {
  const stream = await fetch(`${workspace.url}/sandbox/events?person=${person}`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  await during();
  const events: PageEvent[] = [];
  let text = '';
  while (reader && !done(events)) {
    const { value, done: ended } = await reader.read();
    if (ended) break;
    text += value;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)));
  }
  await reader?.cancel();
  return events;
}

describe('the snapshot', () => {
  it('is for the first person when none is named, and refuses strangers', async () => {
    expect(await workspace.snapshot('')).toMatchObject({ me: 'UMIRA', team: { name: 'Example' } });
    const response = await fetch(`${workspace.url}/sandbox/state?person=UNONE`);
    expect([response.status, await response.json()]).toEqual([400, { ok: false, error: 'user_not_found' }]);
  });

  it('shows private and direct channels only to their members', async () => {
    const names = async (person: string) =>
      (await workspace.snapshot(person)).channels.map(({ name }) => name);
    expect(await names('UMIRA')).toEqual(['general', 'open', 'secret', 'Pennywatch']);
    expect(await names('UJON')).toEqual(['general', 'open', 'Pennywatch']);
  });
});

describe('events', () => {
  it('bring a snapshot to the same state as loading it again', async () => {
    const before = await workspace.snapshot('UMIRA');
    const events = await eventsOf(
      'UMIRA',
      async () => {
        const { ts = '' } = await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'one' });
        await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'reply', thread_ts: ts });
        await workspace.client.chat.update({ channel: 'CGEN', ts, text: 'two' });
        const gone = await workspace.client.chat.postMessage({ channel: 'COPEN', text: 'gone' });
        await workspace.client.chat.delete({ channel: 'COPEN', ts: gone.ts ?? '' });
        await workspace.client.chat.postEphemeral({ channel: 'CGEN', user: 'UMIRA', text: 'last' });
      },
      (seen) => seen.some((event) => event.kind === 'message' && event.message.text === 'last'),
    );
    expect(events.reduce(applyEvent, before)).toEqual(await workspace.snapshot('UMIRA'));
  });

  it('never carry what is for somebody else', async () => {
    const events = await eventsOf(
      'UJON',
      async () => {
        await workspace.client.chat.postEphemeral({ channel: 'CGEN', user: 'UMIRA', text: 'for Mira' });
        await workspace.page('message', { person: 'UMIRA', channel: 'CSECRET', text: 'secret' });
        await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'for all' });
      },
      (seen) => seen.length > 0,
    );
    expect(events).toMatchObject([{ kind: 'message', message: { text: 'for all' } }]);
  });
});

describe('what people type', () => {
  it('is text, with mentions of those who exist', async () => {
    const text = 'Hi @Jon Park and @leads: <!channel> & <@UMIRA>';
    expect(await workspace.page('message', { person: 'UMIRA', channel: 'CGEN', text })).toEqual({ ok: true });
    expect((await workspace.snapshot('UMIRA')).messages[0]?.text).toBe(
      'Hi <@UJON> and <!subteam^SLEADS>: &lt;!channel&gt; &amp; &lt;@UMIRA&gt;',
    );
  });

  it.each([
    ['channel_not_found', { person: 'UJON', channel: 'CSECRET', text: 'x' }],
    ['user_not_found', { person: 'UNONE', channel: 'CGEN', text: 'x' }],
    ['no_text', { person: 'UMIRA', channel: 'CGEN', text: ' ' }],
    ['msg_too_long', { person: 'UMIRA', channel: 'CGEN', text: 'x'.repeat(40_001) }],
  ])('is refused with %s', async (error, request) => {
    expect(await workspace.page('message', request)).toEqual({ ok: false, error });
  });

  it('must come as JSON, which other sites cannot send from a browser', async () => {
    const body = JSON.stringify({ person: 'UMIRA', channel: 'CGEN', text: 'x' });
    const response = await fetch(`${workspace.url}/sandbox/message`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
    });
    expect(response.status).toBe(415);
    expect((await workspace.snapshot('UMIRA')).messages).toEqual([]);
  });
});

it("lives inside another server without touching that server's own requests", async () => {
  const outer = express();
  let address = '';
  const inner = createSandbox({
    signingSecret: SECRET,
    botToken: TOKEN,
    appUrl: () => `${address}/slack/events`,
    workspace: SEED,
    now: Date.now,
    log: { info() {}, warn() {}, error() {} },
    publicUrl: () => address,
  });
  outer.use(inner.router);
  const raw = express.text({ type: () => true });
  outer.post(['/slack/events', '/api/messages'], raw, (request, response) => {
    response.send(String(request.body).slice(0, 6));
  });
  const server = await new Promise<Server>((resolve) => {
    const started = outer.listen(0, '127.0.0.1', () => resolve(started));
  });
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  const json = { 'content-type': 'application/json' };
  const own = await fetch(`${address}/api/messages`, { method: 'POST', headers: json, body: '{"a":1}' });
  expect(await own.text()).toBe('{"a":1');
  const line = JSON.stringify({ person: 'UMIRA', channel: 'CGEN', text: '/cost top' });
  await fetch(`${address}/sandbox/message`, { method: 'POST', headers: json, body: line });
  const snapshot = (await (await fetch(`${address}/sandbox/state?person=UMIRA`)).json()) as Snapshot;
  expect(snapshot.messages).toMatchObject([{ text: 'token=', ephemeral: true }]);
  await inner.close();
  await new Promise((resolve) => server.close(resolve));
});

describe('the page itself', () => {
  it('is served, and permalinks lead into it', async () => {
    expect(await (await fetch(workspace.url)).text()).toContain('the page');
    const link = await fetch(`${workspace.url}/archives/CGEN/p1700000000000100`, { redirect: 'manual' });
    const target = new URL(link.headers.get('location') ?? '', link.url);
    expect([target.pathname, target.hash]).toEqual(['/', '#CGEN/p1700000000000100']);
  });

  it('serves nothing else of its folder', async () => {
    writeFileSync(join(folder, 'other.txt'), 'x');
    const statuses = await Promise.all(
      ['other.txt', 'files/../other.txt', '..%2fother.txt'].map(
        async (path) => (await fetch(`${workspace.url}/${path}`)).status,
      ),
    );
    expect(statuses).toEqual([404, 404, 404]);
  });
});
