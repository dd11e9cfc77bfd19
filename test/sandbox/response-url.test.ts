/** Answers to a response_url: five within thirty minutes, new, replacing or deleting. */
import { RespondError } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorkspace, type TestWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
let responseUrl = '';
beforeEach(async () => {
  workspace = await startWorkspace();
  workspace.app.command('/cost', async ({ ack, command }) => {
    responseUrl = command.response_url;
    await ack();
  });
  workspace.app.action('go', async ({ ack, body }) => {
    responseUrl = 'response_url' in body ? String(body.response_url) : '';
    await ack();
  });
  await workspace.page('message', { person: 'UMIRA', channel: 'CGEN', text: '/cost top' });
});
afterEach(() => workspace.stop());

async function answer(body: object): Promise<{ status: number; body: unknown }> {
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const seenBy = async (person: string) =>
  (await workspace.snapshot(person)).messages.map(({ text, ephemeral }) => [text, ephemeral]);

/** A message with a button, which Mira presses. */
async function pressButtonOf(method: 'chat.postMessage' | 'chat.postEphemeral'): Promise<string> {
  const blocks = [
    {
      type: 'actions',
      block_id: 'row',
      elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
    },
  ];
  const posted = await workspace.call(method, {
    channel: 'CGEN',
    user: 'UMIRA',
    text: 'original',
    blocks,
  });
  const ts = String(posted.ts ?? posted.message_ts);
  const action = { type: 'button' };
  await workspace.page('action', {
    person: 'UMIRA',
    channel: 'CGEN',
    ts,
    blockId: 'row',
    actionId: 'go',
    action,
    values: {},
  });
  return ts;
}

describe('an answer', () => {
  it('is for the asker unless it says in_channel', async () => {
    await answer({ text: 'private' });
    await answer({ text: 'public', response_type: 'in_channel' });
    expect(await seenBy('UMIRA')).toEqual([
      ['private', true],
      ['public', false],
    ]);
    expect(await seenBy('UJON')).toEqual([['public', false]]);
  });

  it('replaces the clicked message and leaves who sees it as it was', async () => {
    const ts = await pressButtonOf('chat.postEphemeral');
    expect((await answer({ text: 'new', replace_original: true, response_type: 'in_channel' })).status).toBe(
      200,
    );
    const mine = (await workspace.snapshot('UMIRA')).messages;
    expect(mine).toMatchObject([{ ts, text: 'new', blocks: [], ephemeral: true }]);
    expect(await seenBy('UJON')).toEqual([]);
  });

  it('replaces and deletes a message everybody sees', async () => {
    await pressButtonOf('chat.postMessage');
    await answer({ text: 'new', replace_original: true });
    expect(await seenBy('UJON')).toEqual([['new', false]]);
    await answer({ delete_original: true });
    expect(await seenBy('UJON')).toEqual([]);
  });

  it('is checked like any message, and a refused one is not counted', async () => {
    const refused = await answer({ text: 'x', blocks: [{ type: 'hologram' }] });
    expect(refused).toMatchObject({ status: 400, body: { ok: false, error: 'invalid_blocks' } });
    for (let use = 1; use <= 5; use += 1) expect((await answer({ text: `${use}` })).status).toBe(200);
  });
});

describe('the end', () => {
  it('comes after five uses', async () => {
    for (let use = 1; use <= 5; use += 1) await answer({ text: `${use}` });
    expect(await answer({ text: '6' })).toEqual({ status: 404, body: { ok: false, error: 'used_url' } });
    expect(await seenBy('UMIRA')).toHaveLength(5);
  });

  it('comes after thirty minutes', async () => {
    workspace.advance(30 * 60_000);
    expect((await answer({ text: 'in time' })).status).toBe(200);
    workspace.advance(1);
    expect(await answer({ text: 'late' })).toEqual({
      status: 404,
      body: { ok: false, error: 'expired_url' },
    });
  });

  it("is thrown to the app by Bolt's respond", async () => {
    let thrown: unknown;
    workspace.app.action('late', async ({ ack, respond }) => {
      await ack();
      workspace.advance(31 * 60_000);
      thrown = await respond('x').catch((error: unknown) => error);
    });
    const blocks = [
      {
        type: 'actions',
        block_id: 'row',
        elements: [{ type: 'button', action_id: 'late', text: { type: 'plain_text', text: 'x' } }],
      },
    ];
    const { ts } = await workspace.call('chat.postMessage', { channel: 'CGEN', text: 'x', blocks });
    await workspace.page('action', {
      person: 'UMIRA',
      channel: 'CGEN',
      ts,
      blockId: 'row',
      actionId: 'late',
      action: { type: 'button' },
      values: {},
    });
    await expect.poll(() => thrown).toBeInstanceOf(RespondError);
    expect(thrown).toMatchObject({ statusCode: 404 });
  });
});
