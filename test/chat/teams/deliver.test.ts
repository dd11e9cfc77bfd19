/** Where messages go in Teams, how they are rewritten, and what happens when Teams does not take them as they are. */
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { type Button, text, type View } from '../../../src/view/elements.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { type ConnectedTeams, type ConnectOptions, connectTeams } from './connected.ts';
import { textOfMessage } from './teams-stand-in-cards.ts';
import { CLOSED, GENERAL, GROUP_CHAT, OTHER_TENANT, PEOPLE, SEARCH, TENANT } from './teams-stand-in-world.ts';

let connected: ConnectedTeams | undefined;
afterEach(() => connected?.stop());

async function connect(options: ConnectOptions = {}): Promise<ConnectedTeams> {
  connected = await connectTeams(async () => [], options);
  return connected;
}

const said = (words: string): View => ({ elements: [{ kind: 'text', spans: [text(words)] }] });
const to = (channel: string, more: { thread?: string; workspace?: string } = {}) => ({
  platform: 'teams',
  channel,
  ...more,
});

describe('where a message goes', () => {
  it('a new post in a channel, and replies in its thread', async () => {
    const { platform, teams } = await connect();
    const root = await platform.deliver(to(SEARCH), said('anomaly'));
    const reply = await platform.deliver(to(SEARCH, { thread: root.id }), said('details'));
    expect(root).toEqual({ platform: 'teams', channel: SEARCH, id: expect.stringMatching(/^\d+$/) });
    expect(reply).toEqual({ ...root, id: expect.stringMatching(/^\d+$/), thread: root.id });
    expect(teams.messages(SEARCH).map(({ id, thread }) => ({ id, thread }))).toEqual([
      { id: root.id, thread: undefined },
      { id: reply.id, thread: root.id },
    ]);
    expect(teams.calls.map(({ kind }) => kind)).toEqual(['create', 'send']);
  });

  it('a group chat has no threads: the answer is the next message', async () => {
    const { platform, teams } = await connect();
    const ref = await platform.deliver(to(GROUP_CHAT, { thread: '17' }), said('shared'));
    expect(ref).toEqual({ platform: 'teams', channel: GROUP_CHAT, id: expect.any(String) });
    expect(teams.posted(GROUP_CHAT)).toEqual(['shared']);
  });

  it('a person: the chat is opened once, and remembered', async () => {
    const { platform, teams, memory } = await connect();
    const { id } = PEOPLE.jon;
    const first = await platform.deliver(to(id), said('one'));
    const second = await platform.deliver(to(id.toUpperCase()), said('two'));
    expect(second.channel).toBe(first.channel);
    expect(teams.posted(teams.as('jon').direct)).toEqual(['one', 'two']);
    expect(teams.calls.filter(({ kind }) => kind === 'create')).toHaveLength(1);
    expect(await memory.directWith(id)).toMatchObject({ kind: 'direct', personId: id, workspace: TENANT });
  });

  it('a chat whose id looks like a person’s, as Microsoft’s local client has them', async () => {
    const { platform, teams, memory } = await connect();
    const id = 'abcdef00-0000-4000-8000-000000000009';
    teams.world.conversations.set(id, { id, kind: 'group', members: [], installed: true });
    const [known] = memory.conversations.values();
    if (known) await memory.remember({ conversation: { ...known, id, kind: 'group' }, people: [] });
    await platform.deliver(to(id), said('hello'));
    expect(teams.posted(id)).toEqual(['hello']);
  });

  it('a channel nobody told of, where another one says which connector serves the organisation', async () => {
    const { platform, teams } = await connect();
    await platform.deliver(to(GENERAL, { workspace: TENANT }), said('hello'));
    expect(teams.posted(GENERAL)).toEqual(['hello']);
  });

  it.each([
    ['a channel, before anybody has used the app', SEARCH, {}, false],
    ['a person, before anybody has used the app', PEOPLE.jon.id, {}, false],
    ['another organisation', GENERAL, { workspace: OTHER_TENANT }, true],
    ['an id that is none of Teams', '../../v3/attachments', {}, true],
    ['nothing', '', {}, true],
  ])('asks to install the app: %s', async (_, channel, more, added) => {
    const { platform, teams } = await connect({ added });
    const failure = await platform.deliver(to(channel, more), said('x')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({
      code: 'CONFIG',
      hint: expect.stringMatching(/app .*Teams/i),
      uncertain: false,
    });
    expect(teams.calls).toEqual([]);
  });

  it.each([
    ['a team without the app', CLOSED],
    ['a person without the app', PEOPLE.newcomer.id],
  ])('passes on that Teams refuses: %s', async (_, channel) => {
    const { platform } = await connect();
    await expect(platform.deliver(to(channel), said('x'))).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('not installed'),
      hint: expect.stringContaining('Apps → Pennywatch'),
      uncertain: false,
    });
  });
});

describe('rewriting', () => {
  it('changes a root message, a reply and a direct message in place', async () => {
    const { platform, teams } = await connect();
    const root = await platform.deliver(to(SEARCH), said('open'));
    const reply = await platform.deliver(to(SEARCH, { thread: root.id }), said('log'));
    const direct = await platform.deliver(to(PEOPLE.mira.id), said('approve?'));
    for (const ref of [root, reply, direct]) await platform.update(ref, said(`new ${ref.id}`));
    expect(teams.posted(SEARCH)).toEqual([`new ${root.id}`, `new ${reply.id}`]);
    expect(teams.posted(direct.channel)).toEqual([`new ${direct.id}`]);
  });

  it.each(['removed', 'unknown'])('says that a message is not there any more: %s', async (what) => {
    const { platform, teams } = await connect();
    const ref = await platform.deliver(to(SEARCH), said('open'));
    if (what === 'removed') teams.remove(ref.id);
    const gone = what === 'removed' ? ref : { ...ref, id: '1' };
    await expect(platform.update(gone, said('new'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      uncertain: false,
    });
  });

  it('tries again when nobody knows what became of it, because twice is once', async () => {
    const { platform, teams } = await connect();
    const ref = await platform.deliver(to(SEARCH), said('open'));
    teams.failNext({ on: 'update', lost: true });
    teams.failNext({ on: 'update', status: 500 });
    await platform.update(ref, said('closed'));
    expect(teams.posted(SEARCH)).toEqual(['closed']);
  });
});

describe('a message Teams does not take', () => {
  const pictured: View = { elements: [...said('Search: $41,200').elements, { kind: 'chart', chart }] };

  it('comes without its pictures, then as plain text', async () => {
    const { platform, teams, log } = await connect();
    teams.failNext({ on: 'create', status: 400, code: 'BadArgument' });
    await platform.deliver(to(SEARCH), pictured);
    teams.failNext({ on: 'create', status: 413, code: 'MessageSizeTooBig', times: 2 });
    await platform.deliver(to(SEARCH), pictured, { key: 'kept' });
    const [first = '', second = ''] = teams.posted(SEARCH);
    expect(first).toContain('Teams did not accept the picture');
    expect(second).toContain('as plain text');
    for (const shown of [first, second]) expect(shown).toContain('Search: $41,200');
    expect(JSON.stringify(log)).toContain('MessageSizeTooBig');
  });

  it('shows its picture when Teams does take it', async () => {
    const { platform, teams } = await connect();
    await platform.deliver(to(SEARCH), pictured);
    expect(JSON.stringify(teams.messages(SEARCH)[0]?.activity)).toContain('data:image/png;base64,');
  });

  it.each([
    [401, 'Unauthorized', /MicrosoftAppPassword/],
    [403, 'BotDisabledByAdmin', /admin center/],
    [403, 'ConversationBlockedByUser', /unblock/],
    [404, 'ConversationNotFound', /deleted, or its id is wrong/],
    [402, 'PaymentRequired', /log has the details/],
  ])('is explained: %i %s', async (status, code, hint) => {
    const { platform, teams } = await connect();
    teams.failNext({ on: 'create', status, code, times: 9 });
    await expect(platform.deliver(to(SEARCH), said('x'))).rejects.toMatchObject({
      code: 'UPSTREAM',
      hint: expect.stringMatching(hint),
      uncertain: false,
    });
  });
});

describe('a Teams that asks for patience', () => {
  it.each([412, 429, 502, 504])('is asked again after %i, later and later', async (status) => {
    const { platform, teams, waits } = await connect({ deps: { random: () => 1 } });
    teams.failNext({ on: 'create', status, times: 3 });
    await platform.deliver(to(SEARCH), said('x'));
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    expect(teams.posted(SEARCH)).toEqual(['x']);
  });

  it('is given the time it names, and is given up in words', async () => {
    const { platform, teams, waits } = await connect();
    teams.failNext({ on: 'create', status: 429, retryAfter: 7 });
    await platform.deliver(to(SEARCH), said('x'));
    expect(waits).toContain(7_000);
    const before = teams.calls.length;
    teams.failNext({ on: 'create', status: 429, retryAfter: 7, times: 99 });
    await expect(platform.deliver(to(SEARCH), said('x'))).rejects.toMatchObject({
      code: 'UPSTREAM',
      hint: expect.stringContaining('7 seconds'),
      uncertain: false,
    });
    expect(teams.calls.length - before).toBe(5);
  });

  it('is not waited for when the wait is too long', async () => {
    const { platform, teams, waits } = await connect();
    teams.failNext({ on: 'create', status: 429, retryAfter: 900 });
    await expect(platform.deliver(to(SEARCH), said('x'))).rejects.toMatchObject({
      hint: expect.stringContaining('900 seconds'),
    });
    expect(waits).toEqual([]);
    await platform.deliver(to(GROUP_CHAT), said('elsewhere'));
    expect(teams.posted(GROUP_CHAT)).toEqual(['elsewhere']);
  });
});

it('names those who see a view of their own as Teams calls them, as far as they are in the conversation', async () => {
  const { platform, teams, memory } = await connect();
  await teams.as('jon').says('hello');
  await expect.poll(() => memory.people.size).toBe(1);
  const button: Button = { label: 'Decide', action: { do: 'command', text: 'proposal 12' }, id: 'opaque-12' };
  const people = [PEOPLE.jon.id, PEOPLE.ana.id, PEOPLE.newcomer.id].map((id) => ({ teams: id }));
  await platform.deliver(to(SEARCH), { ...said('Shut down?'), mine: { button, people } });
  const [message] = teams.messages(SEARCH);
  const seenBy = [PEOPLE.jon.userId, PEOPLE.ana.userId];
  expect(message?.activity.attachments[0].content.refresh.userIds).toEqual(seenBy);
  expect(await memory.person(PEOPLE.ana.id)).toMatchObject({ userId: PEOPLE.ana.userId });
  const lookups = teams.calls.length;
  await platform.deliver(to(SEARCH), { ...said('And this?'), mine: { button, people } });
  expect(teams.messages(SEARCH).at(-1)?.activity.attachments[0].content.refresh.userIds).toEqual(seenBy);
  expect(teams.calls.slice(lookups).map(({ kind }) => kind)).toEqual(['create']);
  expect(textOfMessage(message?.activity)).toContain('Shut down?');
});
