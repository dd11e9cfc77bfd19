/** What people do reaches a real Bolt app, signed; what goes wrong is said to them. */
import type { BlockAction, SlashCommand } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signatureHeaders } from '../../src/sandbox/app/sign.ts';
import type { MessageView } from '../../src/sandbox/wire.ts';
import { SECRET, startWorkspace, type TestWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(() => workspace.stop());

async function restart(options: Parameters<typeof startWorkspace>[0]): Promise<void> {
  await workspace.stop();
  workspace = await startWorkspace(options);
}

const type = (text: string, more = {}) =>
  workspace.page('message', { person: 'UMIRA', channel: 'CGEN', text, ...more });

async function messagesOf(person: string): Promise<readonly MessageView[]> {
  return (await workspace.snapshot(person)).messages;
}

const buttons = [
  {
    type: 'actions',
    block_id: 'row',
    elements: [{ type: 'button', action_id: 'go', value: '42', text: { type: 'plain_text', text: 'Go' } }],
  },
];
const press = (ts: string, person = 'UMIRA') =>
  workspace.page('action', {
    person,
    channel: 'CGEN',
    ts,
    blockId: 'row',
    actionId: 'go',
    action: { type: 'button', value: '42' },
    values: {},
  });

describe('slash commands', () => {
  it("carry Slack's fields, and the answer is for the asker only", async () => {
    let seen: SlashCommand | undefined;
    workspace.app.command('/cost', async ({ command, ack }) => {
      seen = command;
      await ack({ text: 'bert: $12' });
    });
    await type('/cost  model "bert" & <!channel> 🚀');
    expect(seen).toMatchObject({
      command: '/cost',
      text: 'model "bert" & <!channel> 🚀',
      user_id: 'UMIRA',
      user_name: 'mira',
      channel_id: 'CGEN',
      channel_name: 'general',
      team_id: 'T1',
    });
    expect(await messagesOf('UMIRA')).toMatchObject([{ text: 'bert: $12', ephemeral: true, app: true }]);
    expect(await messagesOf('UJON')).toEqual([]);
  });

  it('show what was typed when the answer is for the channel', async () => {
    workspace.app.command('/cost', ({ ack }) => ack({ response_type: 'in_channel', text: 'all see this' }));
    await type('/cost top');
    const texts = (await messagesOf('UJON')).map(({ user, text }) => [user, text]);
    expect(texts).toEqual([
      ['UMIRA', '/cost top'],
      ['UBOT', 'all see this'],
    ]);
  });

  it('say operation_timeout when the app is too slow', async () => {
    await restart({ ackTimeoutMs: 100 });
    let release = () => {};
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    workspace.app.command('/cost', () => waiting);
    await type('/cost top');
    release();
    expect(await messagesOf('UMIRA')).toMatchObject([
      { user: 'USLACKBOT', ephemeral: true, text: '`/cost` failed with the error "operation_timeout"' },
    ]);
  });

  it('say dispatch_failed when the app is not there', async () => {
    await restart({ appUrl: () => 'http://127.0.0.1:1/slack/events' });
    await type('/cost top');
    expect((await messagesOf('UMIRA'))[0]?.text).toBe('`/cost` failed with the error "dispatch_failed"');
  });

  it('say so when the answer itself is not valid', async () => {
    workspace.app.command('/cost', ({ ack }) => ack({ text: 'x', blocks: [{ type: 'hologram' }] }));
    await type('/cost top');
    expect((await messagesOf('UMIRA'))[0]?.text).toBe('`/cost` failed with the error "invalid_blocks"');
  });

  it('that nobody has, or in a thread, never reach the app', async () => {
    await type('/nope');
    expect((await messagesOf('UMIRA'))[0]?.text).toContain('`/nope` is not a valid command');
    const { ts } = await workspace.client.chat.postMessage({ channel: 'CGEN', text: 'parent' });
    await type('/cost top', { threadTs: ts });
    expect((await messagesOf('UMIRA')).at(-1)?.text).toContain('`/cost` is not supported in threads');
  });
});

describe('buttons', () => {
  it("carry Slack's fields, with the message only when everybody sees it", async () => {
    const seen: BlockAction[] = [];
    workspace.app.action<BlockAction>('go', async ({ body, ack }) => {
      seen.push(body);
      await ack();
    });
    const open = await workspace.call('chat.postMessage', {
      channel: 'CGEN',
      text: 'x',
      blocks: buttons,
    });
    const hidden = await workspace.call('chat.postEphemeral', {
      channel: 'CGEN',
      user: 'UMIRA',
      text: 'x',
      blocks: buttons,
    });
    expect(await press(String(open.ts))).toEqual({ ok: true });
    expect(await press(String(hidden.message_ts))).toEqual({ ok: true });
    expect(seen[0]).toMatchObject({
      type: 'block_actions',
      user: { id: 'UMIRA', username: 'mira', team_id: 'T1' },
      team: { id: 'T1' },
      channel: { id: 'CGEN', name: 'general' },
      container: { type: 'message', message_ts: open.ts, channel_id: 'CGEN', is_ephemeral: false },
      message: { ts: open.ts, text: 'x', blocks: buttons },
      actions: [{ type: 'button', action_id: 'go', block_id: 'row', value: '42' }],
    });
    expect(seen[1]).toMatchObject({ container: { is_ephemeral: true } });
    expect(seen[1]?.message).toBeUndefined();
  });

  it('tell the page when the app does not answer, or the message is not theirs', async () => {
    await restart({ ackTimeoutMs: 100 });
    const open = await workspace.call('chat.postMessage', {
      channel: 'CGEN',
      text: 'x',
      blocks: buttons,
    });
    const hidden = await workspace.call('chat.postEphemeral', {
      channel: 'CGEN',
      user: 'UMIRA',
      text: 'x',
      blocks: buttons,
    });
    let release = () => {};
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    workspace.app.action('go', () => waiting);
    expect(await press(String(open.ts))).toEqual({ ok: false, error: 'operation_timeout' });
    release();
    expect(await press(String(hidden.message_ts), 'UJON')).toEqual({ ok: false, error: 'message_not_found' });
  });
});

describe('signatures', () => {
  const body = new URLSearchParams({
    command: '/cost',
    text: 'top',
    channel_id: 'CGEN',
    user_id: 'UMIRA',
    team_id: 'T1',
    trigger_id: 't',
    response_url: 'http://127.0.0.1:1/',
  }).toString();
  const now = () => Math.floor(Date.now() / 1000);
  const send = async (headers: Record<string, string>, text = body) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await fetch(workspace.appUrl, { method: 'POST', headers: { ...form, ...headers }, body: text }))
      .status;
  };

  it('are accepted by Bolt as they are, and refused when anything was changed', async () => {
    workspace.app.command('/cost', ({ ack }) => ack());
    const headers = signatureHeaders(SECRET, body, now());
    expect(await send(headers)).toBe(200);
    expect(await send(headers, body.replace('top', 'all'))).toBe(401);
    expect(await send(signatureHeaders('another secret', body, now()))).toBe(401);
    const shifted = String(Number(headers['x-slack-request-timestamp']) - 1);
    expect(await send({ ...headers, 'x-slack-request-timestamp': shifted })).toBe(401);
  });

  it('are refused when they are replayed after five minutes', async () => {
    expect(await send(signatureHeaders(SECRET, body, now() - 301))).toBe(401);
  });

  it("are Slack's own: the example of its documentation", () => {
    const example =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(
      signatureHeaders('8f742231b10e8888abcd99yyyzzz85a5', example, 1531420618)['x-slack-signature'],
    ).toBe('v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503');
  });
});
