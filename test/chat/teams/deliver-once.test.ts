/** What happens to a message whose fate is unknown: it is looked for in Teams, and at worst said to be a repeat. */
import { afterEach, describe, expect, it } from 'vitest';
import { createGraphMessages } from '../../../src/chat/teams/graph-messages.ts';
import { text, type View } from '../../../src/view/elements.ts';
import { type ConnectedTeams, type ConnectOptions, connectTeams } from './connected.ts';
import { GENERAL, GROUP_CHAT, PEOPLE, SEARCH, TEAM, TENANT } from './teams-stand-in-world.ts';

let connected: ConnectedTeams | undefined;
afterEach(() => connected?.stop());

async function connect(options: ConnectOptions = {}): Promise<ConnectedTeams> {
  connected = await connectTeams(async () => [], options);
  return connected;
}

const report: View = { elements: [{ kind: 'text', spans: [text('report')] }] };
const to = (channel: string, thread?: string) => ({ platform: 'teams', channel, ...(thread && { thread }) });
const AGAIN = { key: 'weekly', mayBeThere: true } as const;
const REPEAT = /^report\n.*Perhaps a repeat/;

/** The first attempt arrives, but its answer does not. */
async function lose({ platform, teams }: ConnectedTeams, channel: string, thread?: string): Promise<void> {
  teams.failNext({ on: channel === SEARCH && !thread ? 'create' : 'send', lost: true });
  await expect(platform.deliver(to(channel, thread), report, { key: 'weekly' })).rejects.toMatchObject({
    code: 'UPSTREAM',
    uncertain: true,
  });
}

describe('a message that may be there already', () => {
  it.each([
    ['a channel', SEARCH],
    ['a group chat', GROUP_CHAT],
    ['a chat with a person', PEOPLE.jon.id],
  ])('is found in %s', async (_, channel) => {
    const all = await connect();
    await lose(all, channel);
    const ref = await all.platform.deliver(to(channel), report, AGAIN);
    expect(all.teams.posted(ref.channel)).toEqual(['report']);
    await all.platform.update(ref, { elements: [{ kind: 'text', spans: [text('restated')] }] });
    expect(all.teams.posted(ref.channel)).toEqual(['restated']);
  });

  it('is found in its thread, which is not the channel', async () => {
    const all = await connect();
    const root = await all.platform.deliver(to(SEARCH), report, { key: 'weekly' });
    await lose(all, SEARCH, root.id);
    const reply = await all.platform.deliver(to(SEARCH, root.id), report, AGAIN);
    expect(reply).toMatchObject({ thread: root.id });
    expect(reply.id).not.toBe(root.id);
    expect(all.teams.posted(SEARCH)).toEqual(['report', 'report']);
  });

  it('is found pages back, among what others wrote and messages with other keys', async () => {
    const all = await connect();
    await lose(all, SEARCH);
    for (let count = 0; count < 120; count += 1)
      all.teams.world.add({
        conversation: SEARCH,
        from: PEOPLE.jon.id,
        activity: { type: 'message', text: `line ${count}` },
      });
    await all.platform.deliver(to(SEARCH), report, { key: 'weekly 2' });
    await all.platform.deliver(to(SEARCH), report, AGAIN);
    expect(all.teams.posted(SEARCH)).toHaveLength(2);
    expect(all.teams.graphAsked).toHaveLength(3);
  });

  it('is not looked for in what is older than a week', async () => {
    let now = Date.now() - 8 * 24 * 60 * 60_000;
    const all = await connect({ now: () => now });
    for (let count = 0; count < 60; count += 1)
      all.teams.world.add({ conversation: SEARCH, from: PEOPLE.jon.id, activity: { text: 'old' } });
    now = Date.now();
    await all.platform.deliver(to(SEARCH), report, AGAIN);
    expect(all.teams.posted(SEARCH)).toEqual(['report']);
    expect(all.teams.graphAsked).toHaveLength(1);
  });

  it('is found in a channel of whose team only the first channel told the group', async () => {
    const all = await connect({ added: false });
    await all.teams.as('mira').addsToTeam();
    await expect.poll(() => all.memory.conversations.get(GENERAL)?.groupId).toBe(TEAM.aadGroupId);
    await all.teams.as('mira').says('hello', { in: SEARCH });
    await expect.poll(() => all.memory.conversations.get(SEARCH)?.groupId).toBe(TEAM.aadGroupId);
    await lose(all, SEARCH);
    await all.platform.deliver(to(SEARCH), report, AGAIN);
    expect(all.teams.posted(SEARCH)).toEqual(['report']);
  });
});

describe('where nobody can look', () => {
  it('Graph is not allowed: it is posted, and says that it may be a repeat', async () => {
    const all = await connect();
    all.teams.allowGraph(false);
    await lose(all, SEARCH);
    await all.platform.deliver(to(SEARCH), report, AGAIN);
    expect(all.teams.posted(SEARCH)).toEqual(['report', expect.stringMatching(REPEAT)]);
    expect(all.log.map(({ fields }) => fields.status)).toContain(403);
  });

  it('Graph does not answer: after some tries it is posted all the same', async () => {
    const all = await connect();
    all.teams.failNext({ on: 'graph', status: 429, retryAfter: 3 });
    all.teams.failNext({ on: 'graph', status: 503, times: 9 });
    await all.platform.deliver(to(SEARCH), report, AGAIN);
    expect(all.teams.graphAsked).toHaveLength(3);
    expect(all.waits).toContain(3_000);
    expect(all.teams.posted(SEARCH)).toEqual([expect.stringMatching(REPEAT)]);
  });

  it('stays in doubt when the next attempt fails too, until somebody could look', async () => {
    const all = await connect();
    all.teams.allowGraph(false);
    all.teams.failNext({ on: 'create', status: 403, times: 2 });
    const failed = { code: 'UPSTREAM', hint: expect.stringContaining('Add the app') };
    const again = () => all.platform.deliver(to(SEARCH), report, AGAIN);
    await expect(again()).rejects.toMatchObject({ ...failed, uncertain: true });
    all.teams.allowGraph(true);
    await expect(again()).rejects.toMatchObject({ ...failed, uncertain: false });
    all.memory.conversations.clear();
    await expect(again()).rejects.toMatchObject({ code: 'CONFIG', uncertain: true });
  });

  it('there are no credentials, with Microsoft’s local client', async () => {
    const all = await connect({ local: true });
    await lose(all, SEARCH);
    await all.platform.deliver(to(SEARCH), report, AGAIN);
    expect(all.teams.posted(SEARCH)).toEqual(['report', expect.stringMatching(REPEAT)]);
    expect(all.teams.graphAsked).toEqual([]);
  });

  it('what was never in doubt says nothing of a repeat', async () => {
    const all = await connect();
    all.teams.allowGraph(false);
    await all.platform.deliver(to(SEARCH), report, { key: 'weekly' });
    expect(all.teams.posted(SEARCH)).toEqual(['report']);
    expect(all.teams.graphAsked).toEqual([]);
  });
});

describe('the doubt itself', () => {
  it('is there after a server error, but not when nobody was reached', async () => {
    const all = await connect();
    all.teams.failNext({ on: 'create', status: 500 });
    await expect(all.platform.deliver(to(SEARCH), report)).rejects.toMatchObject({ uncertain: true });
    expect(all.teams.calls).toHaveLength(1);
    await all.memory.remember({
      conversation: {
        id: SEARCH,
        workspace: TENANT,
        kind: 'channel',
        serviceUrl: 'http://127.0.0.1:1/smba',
        botId: '28:x',
      },
      people: [],
    });
    await expect(all.platform.deliver(to(SEARCH), report)).rejects.toMatchObject({ uncertain: false });
  });
});

it('sends its token for Graph nowhere else, whatever an answer points to', async () => {
  const all = await connect();
  const graph = createGraphMessages(all.teams.config, { wait: async () => undefined });
  expect((await graph?.page(TENANT, `/chats/${GROUP_CHAT}/messages`))?.messages).toEqual([]);
  for (const address of [all.teams.serviceUrl, `${all.teams.config.endpoints?.graph}.evil.example/x`, ''])
    await expect(graph?.page(TENANT, '/chats/x/messages', address)).rejects.toThrow(/pointed elsewhere/);
  expect(all.teams.graphAsked).toHaveLength(1);
  expect(all.teams.tokens.map(({ scope }) => scope)).toEqual(['https://graph.microsoft.com/.default']);
});
