/** What the workspace tells an app of its own accord, and what people choose from a message's menu. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { HomeView } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { found } from '../chat/slack/connected.ts';
import { refusalOf, startWorkspace, type TestWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
let heard: Record<string, unknown>[];
beforeEach(() => start());
afterEach(() => workspace.stop());

async function start(options: Parameters<typeof startWorkspace>[0] = {}): Promise<void> {
  workspace = await startWorkspace(options);
  heard = [];
  for (const name of ['app_mention', 'message', 'app_home_opened'] as const)
    workspace.app.event(name, async ({ event, body, context }) => {
      heard.push({
        ...event,
        id: body.event_id,
        team: body.team_id,
        we: body.authorizations,
        retry: context.retryNum,
      });
    });
}

const say = (text: string, more = {}) =>
  workspace.page('message', { person: 'UMIRA', channel: 'CGEN', text, ...more });
const heardOf = (count: number) => found(() => (heard.length >= count ? heard : undefined));

describe('a mention', () => {
  it('reaches the app with Slack’s fields and what was typed as rich text', async () => {
    await say('@Pennywatch how much did *bert* & @Jon Park cost?');
    const [event] = await heardOf(1);
    expect(event).toMatchObject({
      type: 'app_mention',
      user: 'UMIRA',
      channel: 'CGEN',
      text: '<@UBOT> how much did *bert* &amp; <@UJON> cost?',
      team: 'T1',
      we: [{ user_id: 'UBOT', is_bot: true }],
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              elements: [
                { type: 'user', user_id: 'UBOT' },
                { type: 'text', text: ' how much did *bert* & ' },
                { type: 'user', user_id: 'UJON' },
                { type: 'text', text: ' cost?' },
              ],
            },
          ],
        },
      ],
    });
    expect(event?.ts).toBe(workspace.sandbox.state.messages.get('CGEN')?.[0]?.ts);
  });

  it('in a thread says which', async () => {
    const { ts } = await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'root' });
    await say('@Pennywatch and this?', { threadTs: ts });
    expect((await heardOf(1))[0]).toMatchObject({ thread_ts: ts });
  });

  it('is not heard where the app is not; the person is told how to bring it in', async () => {
    await say('@Pennywatch bert?', { channel: 'COPEN' });
    const note = (await workspace.snapshot('UMIRA')).messages.at(-1);
    expect(note).toMatchObject({ user: 'USLACKBOT', ephemeral: true });
    expect(note?.text).toContain('`/invite @Pennywatch`');
    await say('/invite @Pennywatch', { channel: 'COPEN' });
    await say('@Pennywatch now?', { channel: 'COPEN' });
    expect((await heardOf(1))[0]).toMatchObject({ text: '<@UBOT> now?', channel: 'COPEN' });
  });

  it('comes not from other messages, nor from what the app says itself', async () => {
    await say('bert is expensive');
    await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'I am <@UBOT>' });
    await say('@Pennywatch last');
    expect(await heardOf(1)).toMatchObject([{ text: '<@UBOT> last' }]);
  });
});

describe('direct messages', () => {
  it('are told, the app’s own and their changes too, as Slack does it', async () => {
    const { channel } = await workspace.client.conversations.open({ users: 'UMIRA' });
    const id = channel?.id ?? '';
    await say('hello', { channel: id });
    expect((await heardOf(1))[0]).toMatchObject({ type: 'message', channel_type: 'im', text: 'hello' });
    // Bolt drops the app's own messages before a listener sees them.
    const told: unknown[] = [];
    workspace.sandbox.state.tellApp = (event) => void told.push(event);
    await say('hello', { channel: id });
    const { ts = '' } = await workspace.client.chat.postMessage({ channel: id, text: 'hi' });
    await workspace.client.chat.update({ channel: id, ts, text: 'hi again' });
    expect(told).toMatchObject([
      { type: 'message', channel_type: 'im', user: 'UMIRA', text: 'hello' },
      { type: 'message', channel_type: 'im', user: 'UBOT', bot_id: 'BBOT', text: 'hi' },
      { type: 'message', subtype: 'message_changed', message: { text: 'hi again' } },
    ]);
  });
});

describe('the app’s home', () => {
  it('is told with its tab and with what stands there', async () => {
    await workspace.page('home', { person: 'UMIRA', tab: 'home' });
    expect((await heardOf(1))[0]).toMatchObject({ type: 'app_home_opened', user: 'UMIRA', tab: 'home' });
    expect(heard[0]?.view).toBeUndefined();
    const view: HomeView = { type: 'home', blocks: [{ type: 'divider' }] };
    await workspace.client.views.publish({ user_id: 'UMIRA', view });
    await workspace.page('home', { person: 'UMIRA', tab: 'home' });
    expect((await heardOf(2))[1]).toMatchObject({ view: { type: 'home', blocks: [{ type: 'divider' }] } });
  });

  it.each([
    ['a table', [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }]],
    ['101 blocks', Array.from({ length: 101 }, () => ({ type: 'divider' }))],
    [
      'a text of 3,001 characters',
      [{ type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3_001) } }],
    ],
  ])('refuses %s', async (_, blocks) => {
    const publish = workspace.call('views.publish', { user_id: 'UMIRA', view: { type: 'home', blocks } });
    expect((await refusalOf(publish)).error).toBe('invalid_arguments');
  });
});

describe('an event that is not acknowledged', () => {
  /** An app that refuses as often as told; resolves with what it was sent once `count` requests came. */
  async function tell(
    refusals: number,
    count: number,
  ): Promise<{ id: string; retry?: string; reason?: string }[]> {
    const tries: { id: string; retry?: string; reason?: string }[] = [];
    const server = createServer(async (request, response) => {
      const { event_id: id } = (await json(request)) as { event_id: string };
      const { 'x-slack-retry-num': retry, 'x-slack-retry-reason': reason } = request.headers;
      tries.push({ id, ...(retry ? { retry: String(retry), reason: String(reason) } : {}) });
      response.writeHead(tries.length > refusals ? 200 : 500).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    await workspace.stop();
    await start({
      eventRetryMs: [1, 1, 1],
      appUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    });
    await say('@Pennywatch one');
    await found(() => (tries.length >= count ? tries : undefined));
    await say('@Pennywatch two');
    await found(() => (tries.some(({ id }) => id !== tries[0]?.id) ? tries : undefined));
    await new Promise((done) => server.close(done));
    return tries.filter(({ id }) => id === tries[0]?.id);
  }

  it('comes again under the same id, numbered, until it is', async () => {
    const tries = await tell(2, 3);
    const id = expect.stringMatching(/^Ev/);
    const reason = 'http_error';
    expect(tries).toEqual([{ id }, { id, retry: '1', reason }, { id, retry: '2', reason }]);
  });

  it('is given up after three more tries', async () => {
    expect(await tell(4, 4)).toHaveLength(4);
  });
});

describe('a message’s menu', () => {
  const choose = (more = {}) =>
    workspace.page('shortcut', { person: 'UJON', channel: 'CGEN', callbackId: 'pennywatch_pin', ...more });

  it('tells the app which message, and takes its answer by response_url', async () => {
    const seen: unknown[] = [];
    workspace.app.shortcut('pennywatch_pin', async ({ ack, shortcut, respond }) => {
      await ack();
      seen.push(shortcut);
      await respond({ text: 'pinned' });
    });
    await say('bert doubled');
    const ts = (await workspace.snapshot('UJON')).messages[0]?.ts ?? '';
    expect(await choose({ ts })).toEqual({ ok: true });
    await found(() => (seen.length > 0 ? true : undefined));
    expect(seen[0]).toMatchObject({
      type: 'message_action',
      callback_id: 'pennywatch_pin',
      message_ts: ts,
      channel: { id: 'CGEN', name: 'general' },
      user: { id: 'UJON' },
      message: { type: 'message', user: 'UMIRA', text: 'bert doubled', ts },
    });
    const answer = await found(() => workspace.sandbox.state.messages.get('CGEN')?.[1]);
    expect(answer).toMatchObject({ text: 'pinned', onlyFor: 'UJON' });
  });

  it('is not there for unknown shortcuts, private messages and lost ones', async () => {
    const { message_ts: ts } = await workspace.client.chat.postEphemeral({
      channel: 'CGEN',
      user: 'UJON',
      text: 'psst',
    });
    expect(await choose({ ts })).toMatchObject({ error: 'message_not_found' });
    expect(await choose({ ts: '1.000001' })).toMatchObject({ error: 'message_not_found' });
    expect(await choose({ ts, callbackId: 'other' })).toMatchObject({ error: 'unknown_shortcut' });
  });
});

describe('metadata', () => {
  const metadata = { event_type: 'pennywatch_message', event_payload: { key: 'weekly' } };
  const post = (given: unknown) =>
    workspace.call('chat.postMessage', { channel: 'CGEN', text: 'x', metadata: given });

  it('is kept through changes and told in full only when asked for', async () => {
    const { ts } = await post(metadata);
    await workspace.client.chat.update({ channel: 'CGEN', ts: String(ts), text: 'y' });
    const plain = await workspace.client.conversations.history({ channel: 'CGEN' });
    expect(plain.messages?.[0]?.metadata).toEqual({ event_type: 'pennywatch_message' });
    const full = await workspace.client.conversations.history({
      channel: 'CGEN',
      include_all_metadata: true,
    });
    expect(full.messages?.[0]?.metadata).toEqual(metadata);
    const thread = { channel: 'CGEN', ts: String(ts), include_all_metadata: true };
    expect((await workspace.client.conversations.replies(thread)).messages?.[0]?.metadata).toEqual(metadata);
  });

  it.each([
    ['invalid_metadata_format', ['a list']],
    ['invalid_metadata_schema', { event_type: 'x' }],
    ['invalid_metadata_schema', { event_type: 'no spaces', event_payload: {} }],
    ['invalid_metadata_schema', { event_type: 'x', event_payload: { deep: { er: { still: 1 } } } }],
    ['metadata_too_large', { event_type: 'x', event_payload: { key: 'x'.repeat(9_000) } }],
  ])('%s refuses %j', async (error, given) => {
    expect((await refusalOf(post(given))).error).toBe(error);
  });

  it('is found within a range of time, and with the scope of the channel’s kind', async () => {
    const stamps: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      stamps.push(String((await post(metadata)).ts));
      workspace.advance(60_000);
    }
    const range = { channel: 'CGEN', oldest: stamps[1] ?? '', latest: stamps[3] ?? '' };
    const texts = async (more = {}) =>
      (await workspace.client.conversations.history({ ...range, ...more })).messages?.map(({ ts }) => ts);
    expect(await texts()).toEqual([stamps[2]]);
    expect(await texts({ inclusive: true })).toEqual([stamps[3], stamps[2], stamps[1]]);
    await workspace.stop();
    await start({ scopes: ['chat:write', 'im:write', 'channels:history'] });
    const direct = await workspace.client.conversations.open({ users: 'UMIRA' });
    const refused = await refusalOf(
      workspace.client.conversations.history({ channel: direct.channel?.id ?? '' }),
    );
    expect(refused).toMatchObject({ error: 'missing_scope', needed: 'im:history' });
  });
});
