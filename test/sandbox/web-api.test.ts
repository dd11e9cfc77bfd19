/** The Web API as Slack's own client sees it. */
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, startWorkspace, type TestWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
let client: WebClient;
beforeAll(async () => {
  workspace = await startWorkspace();
  client = workspace.client;
});
afterAll(() => workspace.stop());

describe('authentication', () => {
  it('says who the token is, with its scopes', async () => {
    const answer = await client.auth.test();
    expect(answer).toMatchObject({
      ok: true,
      user_id: 'UBOT',
      team_id: 'T1',
      team: 'Example',
      bot_id: 'BBOT',
    });
    expect(answer.response_metadata?.scopes).toContain('chat:write');
  });

  it('refuses a wrong token and none', async () => {
    const wrong = new WebClient('xoxb-wrong', { slackApiUrl: `${workspace.url}/api/` });
    expect((await refusalOf(wrong.auth.test())).error).toBe('invalid_auth');
    const bare = new WebClient(undefined, { slackApiUrl: `${workspace.url}/api/` });
    expect((await refusalOf(bare.auth.test())).error).toBe('not_authed');
  });

  it('takes JSON with a bearer token, and a token in a form', async () => {
    const json = await fetch(`${workspace.url}/api/users.info`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-test' },
      body: JSON.stringify({ user: 'UMIRA' }),
    });
    expect(await json.json()).toMatchObject({ ok: true, user: { real_name: 'Mira Chen' } });
    const form = await fetch(`${workspace.url}/api/auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'xoxb-test' }),
    });
    expect(await form.json()).toMatchObject({ ok: true });
  });

  it('echoes api.test and refuses unknown methods', async () => {
    expect(await client.apiCall('api.test', { foo: 'bar' })).toMatchObject({
      ok: true,
      args: { foo: 'bar' },
    });
    expect((await refusalOf(client.api.test({ error: 'my_error' }))).error).toBe('my_error');
    expect((await refusalOf(client.apiCall('nothing.here'))).error).toBe('unknown_method');
  });

  it('refuses calls whose scope the token lacks', async () => {
    const narrow = await startWorkspace({ scopes: ['chat:write'] });
    expect(await refusalOf(narrow.client.users.list({}))).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
    });
    await narrow.stop();
  });
});

describe('messages', () => {
  it('posts, updates and deletes', async () => {
    const posted = await client.chat.postMessage({ channel: 'CGEN', text: 'one' });
    expect(posted).toMatchObject({ ok: true, channel: 'CGEN', message: { text: 'one', user: 'UBOT' } });
    const ts = posted.ts ?? '';
    expect(ts).toMatch(/^\d{10}\.\d{6}$/);
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'two' } };
    const updated = await client.chat.update({ channel: 'CGEN', ts, text: 'two', blocks: [section] });
    expect(updated.message).toMatchObject({ text: 'two', blocks: [section] });
    await client.chat.delete({ channel: 'CGEN', ts });
    expect((await refusalOf(client.chat.update({ channel: 'CGEN', ts, text: 'x' }))).error).toBe(
      'message_not_found',
    );
  });

  it('accepts a channel by name and a person as a direct conversation', async () => {
    expect((await client.chat.postMessage({ channel: '#general', text: 'x' })).channel).toBe('CGEN');
    const direct = await client.chat.postMessage({ channel: 'UMIRA', text: 'x' });
    const opened = await client.conversations.open({ users: 'UMIRA' });
    expect(opened.channel?.id).toBe(direct.channel);
  });

  it('keeps threads, with replies in order and a count on the parent', async () => {
    const parent = await client.chat.postMessage({ channel: 'CGEN', text: 'parent' });
    const ts = parent.ts ?? '';
    for (const text of ['first', 'second'])
      await client.chat.postMessage({ channel: 'CGEN', text, thread_ts: ts });
    const { messages } = await client.conversations.replies({ channel: 'CGEN', ts });
    expect(messages?.map(({ text }) => text)).toEqual(['parent', 'first', 'second']);
    expect(messages?.[0]).toMatchObject({ reply_count: 2, latest_reply: messages?.[2]?.ts });
    const history = await client.conversations.history({ channel: 'CGEN', limit: 1 });
    expect(history.messages?.[0]).toMatchObject({ text: 'parent' });
    expect(history.has_more).toBe(true);
  });

  it('shows an ephemeral message to one person only, and never to the app again', async () => {
    const { message_ts: ts = '' } = await client.chat.postEphemeral({
      channel: 'CGEN',
      user: 'UMIRA',
      text: 'psst',
    });
    expect((await workspace.snapshot('UMIRA')).messages.find((one) => one.ts === ts)).toMatchObject({
      ephemeral: true,
    });
    expect((await workspace.snapshot('UJON')).messages.find((one) => one.ts === ts)).toBeUndefined();
    expect((await refusalOf(client.chat.update({ channel: 'CGEN', ts, text: 'x' }))).error).toBe(
      'message_not_found',
    );
  });

  it('links to a message', async () => {
    const { ts = '' } = await client.chat.postMessage({ channel: 'CGEN', text: 'x' });
    const { permalink } = await client.chat.getPermalink({ channel: 'CGEN', message_ts: ts });
    expect(permalink).toBe(`${workspace.url}/archives/CGEN/p${ts.replace('.', '')}`);
  });

  it.each([
    ['channel_not_found', () => client.chat.postMessage({ channel: 'CNONE', text: 'x' })],
    ['channel_not_found', () => client.chat.postMessage({ channel: 'CSECRET', text: 'x' })],
    ['no_text', () => client.chat.postMessage({ channel: 'CGEN', text: '' })],
    ['msg_too_long', () => client.chat.postMessage({ channel: 'CGEN', text: 'x'.repeat(40_001) })],
    [
      'thread_not_found',
      () => client.chat.postMessage({ channel: 'CGEN', text: 'x', thread_ts: '1.000001' }),
    ],
    ['message_not_found', () => client.chat.delete({ channel: 'CGEN', ts: '1.000001' })],
    ['user_not_in_channel', () => client.chat.postEphemeral({ channel: 'COPEN', user: 'UJON', text: 'x' })],
    ['user_not_found', () => client.users.info({ user: 'UNONE' })],
    ['users_not_found', () => client.users.lookupByEmail({ email: 'nobody@example.com' })],
    ['no_such_subteam', () => client.usergroups.users.list({ usergroup: 'SNONE' })],
    ['not_in_channel', () => client.conversations.history({ channel: 'COPEN' })],
    ['thread_not_found', () => client.conversations.replies({ channel: 'CGEN', ts: '1.000001' })],
  ])('refuses with %s', async (error, call) => {
    expect((await refusalOf(call())).error).toBe(error);
  });

  it('names missing arguments', async () => {
    const refused = await refusalOf(client.apiCall('chat.postEphemeral', { text: 'x' }));
    expect(refused.error).toBe('invalid_arguments');
    expect(refused.response_metadata?.messages).toEqual([
      '[ERROR] missing required field: channel',
      '[ERROR] missing required field: user',
    ]);
  });

  it('does not let the app change what a person wrote', async () => {
    await workspace.page('message', { person: 'UMIRA', channel: 'CGEN', text: 'mine' });
    const mine = (await workspace.snapshot('UMIRA')).messages.find(({ text }) => text === 'mine');
    const place = { channel: 'CGEN', ts: mine?.ts ?? '' };
    expect((await refusalOf(client.chat.update({ ...place, text: 'x' }))).error).toBe('cant_update_message');
    expect((await refusalOf(client.chat.delete(place))).error).toBe('cant_delete_message');
  });

  it('needs membership where it may not post to all public channels', async () => {
    const member = await startWorkspace({ scopes: ['chat:write', 'channels:join'] });
    const post = () => member.client.chat.postMessage({ channel: 'COPEN', text: 'x' });
    expect((await refusalOf(post())).error).toBe('not_in_channel');
    await member.client.conversations.join({ channel: 'COPEN' });
    expect((await post()).ok).toBe(true);
    await member.stop();
  });
});

describe('people and channels', () => {
  it('knows people, their zone and their address', async () => {
    expect((await client.users.info({ user: 'UJON' })).user).toMatchObject({
      tz: 'Europe/Berlin',
      is_bot: false,
    });
    expect((await client.users.lookupByEmail({ email: 'MIRA@example.com' })).user?.id).toBe('UMIRA');
    const { members } = await client.users.list({});
    expect(members?.map(({ id }) => id)).toEqual(['UMIRA', 'UJON', 'UBOT']);
  });

  it('knows groups', async () => {
    const { usergroups } = await client.usergroups.list({ include_users: true });
    expect(usergroups?.[0]).toMatchObject({ id: 'SLEADS', handle: 'leads', users: ['UMIRA'] });
    expect((await client.usergroups.users.list({ usergroup: 'SLEADS' })).users).toEqual(['UMIRA']);
  });

  it('lists public channels page by page, and never a private one it is not in', async () => {
    const first = await client.conversations.list({ limit: 1, types: 'public_channel,private_channel' });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.list({
      limit: 1,
      types: 'public_channel,private_channel',
      cursor,
    });
    expect([first, second].flatMap(({ channels }) => channels?.map(({ name }) => name))).toEqual([
      'general',
      'open',
    ]);
    expect(second.response_metadata?.next_cursor).toBe('');
    expect((await refusalOf(client.conversations.info({ channel: 'CSECRET' }))).error).toBe(
      'channel_not_found',
    );
  });

  it('tells who is in a channel, and joins', async () => {
    expect((await client.conversations.members({ channel: 'CGEN' })).members).toEqual([
      'UMIRA',
      'UJON',
      'UBOT',
    ]);
    expect((await client.conversations.info({ channel: 'COPEN' })).channel?.is_member).toBe(false);
    await client.conversations.join({ channel: 'COPEN' });
    expect((await client.conversations.info({ channel: 'COPEN' })).channel?.is_member).toBe(true);
  });
});

describe('rate limit', () => {
  it('tolerates a burst, then says how long to wait, per channel', async () => {
    const limited = await startWorkspace({ rateLimit: { perSecond: 1, burst: 2 } });
    const post = (channel: string) =>
      fetch(`${limited.url}/api/chat.postMessage`, {
        method: 'POST',
        body: new URLSearchParams({ token: 'xoxb-test', channel, text: 'x' }),
      });
    expect([(await post('CGEN')).status, (await post('CGEN')).status]).toEqual([200, 200]);
    const refused = await post('CGEN');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' });
    expect((await post('COPEN')).status).toBe(200);
    limited.advance(1000);
    expect((await post('CGEN')).status).toBe(200);
    await limited.stop();
  });

  it("reaches Slack's client as a rate limit", async () => {
    const limited = await startWorkspace({ rateLimit: { perSecond: 0.1, burst: 1 } });
    const client = new WebClient('xoxb-test', {
      slackApiUrl: `${limited.url}/api/`,
      rejectRateLimitedCalls: true,
    });
    await client.chat.postMessage({ channel: 'CGEN', text: 'x' });
    await expect(client.chat.postMessage({ channel: 'CGEN', text: 'x' })).rejects.toMatchObject({
      retryAfter: 10,
    });
    await limited.stop();
  });
});
