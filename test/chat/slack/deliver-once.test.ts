/** What happens to a message whose fate is unknown, and to a channel that Slack holds back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../../src/chat/slack/index.ts';
import { MANIFEST_SCOPES } from '../../../src/sandbox/manifest.ts';
import { simulateRateLimit } from '../../../src/sandbox/rate-limit.ts';
import { text, type View } from '../../../src/view/elements.ts';
import { type Connected, connectToWorkspace } from './connected.ts';
import { PNG, recordingLog, startSlackStandIn } from './slack-stand-in.ts';

let workspace: Connected | undefined;
afterEach(() => workspace?.stop());

const report: View = { elements: [{ kind: 'text', spans: [text('report')] }] };
const to = (channel: string) => ({ platform: 'slack', channel });
const AGAIN = { key: 'weekly', mayBeThere: true } as const;

async function connect(options: Parameters<typeof connectToWorkspace>[1] = {}): Promise<Connected> {
  workspace = await connectToWorkspace(async () => [], options);
  return workspace;
}

describe('a message that may be there already', () => {
  it.each([
    ['CGEN', 'channels:history'],
    ['UMIRA', 'im:history'],
  ])('is not posted to %s when history may not be read; the scope is named', async (channel, scope) => {
    const { platform, messages } = await connect({
      scopes: MANIFEST_SCOPES.filter((one) => one !== scope),
    });
    const first = await platform.deliver(to(channel), report, { key: 'weekly' });
    await expect(platform.deliver(to(channel), report, AGAIN)).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('may already stand in the channel'),
      hint: expect.stringContaining(scope),
      // So that the next attempt looks again.
      uncertain: true,
    });
    expect(messages(first.channel)).toHaveLength(1);
  });

  it('in a public channel the bot is not in is found all the same: it enters', async () => {
    const { platform, messages, sandbox } = await connect();
    const first = await platform.deliver(to('COPEN'), report, { key: 'weekly' });
    expect(sandbox.state.channels.get('COPEN')?.memberIds).not.toContain('UBOT');
    expect(await platform.deliver(to('COPEN'), report, AGAIN)).toEqual(first);
    expect(messages('COPEN')).toHaveLength(1);
  });

  it('in a channel the bot cannot enter asks for an invitation', async () => {
    const { platform, messages } = await connect({
      scopes: MANIFEST_SCOPES.filter((one) => one !== 'channels:join'),
    });
    await platform.deliver(to('COPEN'), report, { key: 'weekly' });
    await expect(platform.deliver(to('COPEN'), report, AGAIN)).rejects.toMatchObject({
      hint: expect.stringContaining('/invite @Pennywatch'),
      uncertain: true,
    });
    expect(messages('COPEN')).toHaveLength(1);
  });

  it('to a person is found in their direct messages', async () => {
    const { platform, messages, sandbox } = await connect();
    const first = await platform.deliver(to('UMIRA'), report, { key: 'weekly' });
    expect(sandbox.state.channels.get(first.channel)?.kind).toBe('direct');
    expect(await platform.deliver(to('UMIRA'), report, AGAIN)).toEqual(first);
    expect(messages(first.channel)).toHaveLength(1);
  });

  it('is found pages back, among what others wrote and messages with other keys', async () => {
    const { platform, page, messages } = await connect();
    const first = await platform.deliver(to('CGEN'), report, { key: 'weekly' });
    for (let count = 0; count < 450; count += 1)
      await page('message', { person: 'UJON', channel: 'CGEN', text: `line ${count}` });
    await platform.deliver(to('CGEN'), report, { key: 'weekly 2' });
    expect(await platform.deliver(to('CGEN'), report, AGAIN)).toEqual(first);
    expect(messages('CGEN').filter(({ user }) => user === 'UBOT')).toHaveLength(2);
  });
});

describe('against Slack’s answers', () => {
  let slack: Awaited<ReturnType<typeof startSlackStandIn>>;
  beforeEach(async () => {
    slack = await startSlackStandIn();
  });
  afterEach(() => slack.close());
  const platformOf = (apiUrl = slack.apiUrl) =>
    createSlack(
      { botToken: 'xoxb-1', signingSecret: 's', apiUrl },
      {
        dispatch: async () => [],
        drawChart: async () => PNG,
        log: recordingLog().logger,
        wait: async () => undefined,
      },
    );

  it('does not post when Slack hides the key of our message', async () => {
    slack.on('conversations.history', () => ({
      body: { ok: true, messages: [{ ts: '17.1', metadata: { event_type: 'pennywatch_message' } }] },
    }));
    await expect(platformOf().deliver(to('C1'), report, AGAIN)).rejects.toMatchObject({
      hint: expect.stringContaining('metadata.message:read'),
      uncertain: true,
    });
    expect(slack.of('chat.postMessage')).toEqual([]);
    const { args } = slack.of('conversations.history')[0] ?? {};
    expect(args).toMatchObject({ channel: 'C1', include_all_metadata: 'true' });
    expect(Number(args.oldest)).toBeGreaterThan(1_700_000_000);
  });

  it('tells a lost answer from a refusal, and never tries a post again by itself', async () => {
    slack.on('chat.postMessage', () => ({ status: 503, body: 'busy' }));
    await expect(platformOf().deliver(to('C1'), report)).rejects.toMatchObject({ uncertain: true });
    expect(slack.of('chat.postMessage')).toHaveLength(1);
    slack.on('chat.postMessage', () => ({ body: { ok: false, error: 'is_archived' } }));
    await expect(platformOf().deliver(to('C1'), report)).rejects.toMatchObject({ uncertain: false });
    const nobody = await startSlackStandIn();
    await nobody.close();
    await expect(platformOf(nobody.apiUrl).deliver(to('C1'), report)).rejects.toMatchObject({
      uncertain: false,
    });
  });
});

it('serves other channels while Slack holds one back', async () => {
  const { platform, sandbox, messages, waits } = await connect();
  simulateRateLimit(sandbox.state, 'CGEN', { times: 3, retryAfter: 15 });
  const order: string[] = [];
  const deliver = (channel: string, count: number) =>
    Array.from({ length: count }, (_, index) =>
      platform.deliver(to(channel), report).then(() => order.push(`${channel} ${index}`)),
    );
  await Promise.all([...deliver('CGEN', 2), ...deliver('COPEN', 3)]);
  expect(messages('CGEN')).toHaveLength(2);
  expect(messages('COPEN')).toHaveLength(3);
  expect(order.indexOf('COPEN 0')).toBeLessThan(order.indexOf('CGEN 0'));
  expect(waits.filter((ms) => ms === 15_000)).toHaveLength(3);
  simulateRateLimit(sandbox.state, 'CGEN', { times: 99, retryAfter: 900 });
  await expect(platform.deliver(to('CGEN'), report)).rejects.toMatchObject({
    code: 'UPSTREAM',
    hint: expect.stringContaining('900 seconds'),
    uncertain: false,
  });
  await platform.deliver(to('COPEN'), report);
});
