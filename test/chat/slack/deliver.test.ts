/** Posting, rewriting and the credentials check against a stand-in of Slack's Web API. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redact } from '../../../src/chat/slack/bolt-log.ts';
import { createSlack } from '../../../src/chat/slack/index.ts';
import { AppError } from '../../../src/core/errors.ts';
import { text, type View } from '../../../src/view/elements.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { visible } from './block-kit.ts';
import { PNG, recordingLog, type SlackStandIn, startSlackStandIn, TOKEN } from './slack-stand-in.ts';

let slack: SlackStandIn;
beforeEach(async () => {
  slack = await startSlackStandIn();
});
afterEach(() => slack.close());

function connect() {
  const waits: number[] = [];
  const { entries, logger } = recordingLog();
  const platform = createSlack(
    { botToken: TOKEN, signingSecret: 's', apiUrl: slack.apiUrl },
    {
      dispatch: async () => [],
      drawChart: async () => PNG,
      log: logger,
      wait: async (pause) => void waits.push(pause),
    },
  );
  return { platform, waits, log: entries };
}

const view: View = {
  elements: [
    { kind: 'text', spans: [text('Search: $41,200 & <more>')] },
    { kind: 'chart', chart },
  ],
};
const target = { platform: 'slack', channel: 'C9', thread: '17.1' };

describe('deliver and update', () => {
  it('posts with the picture and can rewrite what it posted', async () => {
    const { platform } = connect();
    const ref = await platform.deliver(target, view);
    expect(ref).toEqual({ platform: 'slack', channel: 'C9', id: '1700000000.000200' });
    const posted = slack.of('chat.postMessage')[0];
    expect(posted?.args).toMatchObject({ channel: 'C9', thread_ts: '17.1' });
    expect(posted?.args.text).toMatch(/^Search: \$41,200 &amp; &lt;more&gt;/);
    expect(posted?.args.blocks.at(-1)).toMatchObject({ type: 'image', slack_file: { id: 'F1' } });
    expect(posted?.headers.authorization).toBe(`Bearer ${TOKEN}`);

    await platform.update(ref, { elements: [{ kind: 'text', spans: [text('corrected')] }] });
    expect(slack.of('chat.update')[0]?.args).toMatchObject({
      channel: 'C9',
      ts: '1700000000.000200',
      text: 'corrected',
    });
  });

  it('waits as long as Slack asks, and gives up in words', async () => {
    slack.on('chat.postMessage', (_, times) =>
      times === 1
        ? { status: 429, headers: { 'retry-after': '3' }, body: { ok: false, error: 'ratelimited' } }
        : undefined,
    );
    const { platform, waits } = connect();
    await platform.deliver(target, view);
    expect(waits).toContain(3_000);
    expect(slack.of('chat.postMessage')).toHaveLength(2);

    slack.on('chat.postMessage', () => ({
      status: 429,
      headers: { 'retry-after': '3' },
      body: { ok: false },
    }));
    await expect(platform.deliver(target, view)).rejects.toMatchObject({
      code: 'UPSTREAM',
      hint: expect.stringContaining('3 seconds'),
    });
    expect(slack.of('chat.postMessage')).toHaveLength(6);
  });

  it.each([
    ['missing_scope', { needed: 'chat:write' }, /scope chat:write/],
    ['not_in_channel', {}, /\/invite @Pennywatch/],
    ['channel_not_found', {}, /private/],
    ['invalid_auth', {}, /SLACK_BOT_TOKEN/],
    ['is_archived', {}, /archived/],
  ])('explains %s', async (error, more, hint) => {
    slack.on('chat.postMessage', () => ({ body: { ok: false, error, ...more } }));
    const failure = await connect()
      .platform.deliver(target, view)
      .catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining(error),
      hint: expect.stringMatching(hint),
    });
  });

  it('keeps Slack’s own reasons for a refused layout in the log, and still delivers', async () => {
    slack.on('chat.postMessage', (_, times) =>
      times > 2
        ? undefined
        : {
            body: {
              ok: false,
              error: 'invalid_blocks',
              response_metadata: { messages: ['[ERROR] invalid slack file [json-pointer:/blocks/1]'] },
            },
          },
    );
    const { platform, log } = connect();
    await platform.deliver(target, view);
    expect(visible(slack.of('chat.postMessage')[1]?.args.blocks)).toContain(
      'Slack did not accept the picture',
    );
    expect(visible(slack.of('chat.postMessage')[2]?.args.blocks)).toContain('as plain text');
    expect(JSON.stringify(log)).toContain('invalid slack file');
  });
});

describe('check', () => {
  it('is content with the scopes of the manifest', async () => {
    expect(await connect().platform.check()).toEqual({
      ok: true,
      detail: expect.stringContaining('Acme as pennywatch (HTTP)'),
    });
  });

  it('names what is missing and how to mend it', async () => {
    slack.on('auth.test', () => ({
      headers: { 'x-oauth-scopes': 'chat:write,commands,im:write,files:read' },
      body: { ok: true, team: 'Acme' },
    }));
    expect(await connect().platform.check()).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/missing: app_mentions:read, .*chat:write\.public, files:write/),
      mend: expect.stringContaining('slack-manifest.yaml'),
    });
  });

  it('says when the token does not work, and when Slack cannot be reached', async () => {
    slack.on('auth.test', () => ({ body: { ok: false, error: 'invalid_auth' } }));
    expect(await connect().platform.check()).toMatchObject({
      ok: false,
      mend: expect.stringContaining('SLACK_BOT_TOKEN'),
    });
    const { platform } = connect();
    await slack.close();
    expect(await platform.check()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('could not be reached'),
    });
  });
});

describe('configuration', () => {
  const deps = { dispatch: async () => [], drawChart: async () => PNG, log: recordingLog().logger };
  it('asks for what is missing', () => {
    expect(() => createSlack({ botToken: '' }, deps)).toThrow(/bot token/);
    expect(() => createSlack({ botToken: 'xoxb-1' }, deps)).toThrow(
      /neither a signing secret nor an app token/,
    );
  });
});

describe('what the SDK logs', () => {
  it('loses tokens and secret addresses', () => {
    expect(
      redact([
        'failed with xoxb-1-abc and',
        new Error('xapp-1-A2-b at https://hooks.slack.com/commands/T1/2/xyz now'),
      ]),
    ).toBe('failed with [token] and [token] at https://hooks.slack.com/commands/[secret] now');
  });
});
