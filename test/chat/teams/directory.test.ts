/** Who people are in Teams now, asked of a stand-in over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TeamsConfig } from '../../../src/chat/teams/config.ts';
import { createTeamsDirectory } from '../../../src/chat/teams/directory.ts';
import type { KnownConversation } from '../../../src/chat/teams/types.ts';
import type { Directory } from '../../../src/chat/types.ts';
import { recordingLog } from '../slack/slack-stand-in.ts';
import { createMemory, type MemoryInTests } from './memory.ts';
import { startTeamsStandIn, type TeamsStandIn } from './teams-stand-in.ts';
import {
  BOT,
  CLOSED,
  GROUP_CHAT,
  OTHER_TENANT,
  PEOPLE,
  type PersonName,
  SEARCH,
  TENANT,
} from './teams-stand-in-world.ts';

let teams: TeamsStandIn;
let memory: MemoryInTests;
let directory: Directory;
let now: number;

function connect(config: Partial<TeamsConfig> = {}): Directory {
  return createTeamsDirectory(
    { ...teams.config, ...config },
    { memory, log: recordingLog().logger, now: () => now, wait: async () => undefined, random: () => 0 },
  );
}

beforeEach(async () => {
  teams = await startTeamsStandIn();
  memory = createMemory();
  now = Date.now();
  directory = connect();
  await memory.remember({ conversation: known(SEARCH), people: [] });
});
afterEach(() => teams.close());

function known(id: string, kind: KnownConversation['kind'] = 'channel'): KnownConversation {
  return { id, workspace: TENANT, kind, serviceUrl: teams.serviceUrl.replace(/\/$/, ''), botId: BOT.id };
}

/** Somebody wrote in a conversation. */
async function heard(name: PersonName, conversation: string): Promise<void> {
  const { id, userId } = PEOPLE[name];
  await memory.remember({ people: [{ id, userId, workspace: TENANT, conversation }] });
}

const asked = () => teams.calls.length;

describe('a person', () => {
  it('with name, e-mail and organisation', async () => {
    await heard('mira', SEARCH);
    expect(await directory.person(PEOPLE.mira.id)).toEqual({
      id: PEOPLE.mira.id,
      name: 'Mira Chen',
      email: 'mira@acme.example',
      active: true,
      kind: 'member',
      workspace: TENANT,
    });
    expect(await directory.workspace?.()).toBe(TENANT);
  });

  it('who never wrote is asked for where the bot is, in any spelling of the id', async () => {
    expect(await directory.person(PEOPLE.jon.id.toUpperCase())).toMatchObject({ id: PEOPLE.jon.id });
  });

  it.each([
    ['a guest', 'guest', { kind: 'guest', workspace: TENANT }],
    ['of another organisation', 'stranger', { workspace: OTHER_TENANT }],
  ] as const)('%s', async (_, name, expected) => {
    await memory.remember({ conversation: known(GROUP_CHAT, 'group'), people: [] });
    await heard(name, name === 'stranger' ? GROUP_CHAT : SEARCH);
    expect(await directory.person(PEOPLE[name].id)).toMatchObject(expected);
  });

  it('whom Teams does not know, and what is no id at all', async () => {
    expect(await directory.person(PEOPLE.newcomer.id)).toBeUndefined();
    const before = asked();
    for (const id of ['', 'U1', '../members', '29:1x', PEOPLE.mira.email, `${PEOPLE.mira.id}/..`])
      expect(await directory.person(id)).toBeUndefined();
    expect(asked()).toBe(before);
  });

  it('who left the conversation they were seen in is found in another one', async () => {
    await memory.remember({ conversation: known(GROUP_CHAT, 'group'), people: [] });
    await heard('ana', GROUP_CHAT);
    await memory.remember({ conversation: known(SEARCH), people: [] });
    expect(await directory.person(PEOPLE.ana.id)).toMatchObject({ name: 'Ana Souza' });
  });

  it('is asked for once a minute', async () => {
    await Promise.all([directory.person(PEOPLE.mira.id), directory.person(PEOPLE.mira.id)]);
    now += 59_000;
    await directory.person(PEOPLE.mira.id);
    expect(asked()).toBe(1);
    const channel = teams.world.conversations.get(SEARCH);
    if (channel) channel.members = [];
    now += 1_000;
    expect(await directory.person(PEOPLE.mira.id)).toBeUndefined();
  });

  it('is nobody before anybody has used the app', async () => {
    memory.conversations.clear();
    expect(await directory.person(PEOPLE.mira.id)).toBeUndefined();
    expect(await directory.personByEmail?.(PEOPLE.mira.email)).toBeUndefined();
    expect(asked()).toBe(0);
  });
});

describe('an e-mail', () => {
  it('that is the sign-in name', async () => {
    expect(await directory.personByEmail?.('Mira@ACME.example')).toMatchObject({ id: PEOPLE.mira.id });
    expect(asked()).toBe(1);
  });

  it('that nobody has, looked for on every page of members, once in five minutes', async () => {
    teams.pageMembers(2);
    expect(await directory.personByEmail?.('nobody@acme.example')).toBeUndefined();
    expect(await directory.personByEmail?.('noone@acme.example')).toBeUndefined();
    expect(teams.calls.filter(({ kind }) => kind === 'members')).toHaveLength(2);
  });
});

describe('several organisations', () => {
  it('are all ours, and whoever is of none of them is nobody', async () => {
    const third = '7e9a0000-0000-4000-8000-000000000003';
    await memory.remember({ conversation: known(GROUP_CHAT, 'group'), people: [] });
    await heard('stranger', GROUP_CHAT);
    const both = connect({ tenants: [TENANT, OTHER_TENANT] });
    expect(both.workspace).toBeUndefined();
    expect(await both.person(PEOPLE.stranger.id)).toMatchObject({ name: 'Sam Stranger', kind: 'member' });
    expect(await connect({ tenants: [TENANT, third] }).person(PEOPLE.stranger.id)).toBeUndefined();
  });
});

describe('a Teams that does not answer', () => {
  it.each([
    ['an error of its own', { status: 500 }],
    ['a wait longer than a person would', { status: 429, retryAfter: 30 }],
    ['a lost answer', { cut: true }],
  ])('%s is UPSTREAM, and not asked again at once', async (_, fault) => {
    teams.failNext({ on: 'member', times: 99, ...fault });
    await expect(directory.person(PEOPLE.mira.id)).rejects.toMatchObject({ code: 'UPSTREAM' });
    const before = asked();
    await expect(directory.person(PEOPLE.mira.id)).rejects.toMatchObject({ code: 'UPSTREAM' });
    expect(asked()).toBe(before);
  });

  it('is asked again after some seconds', async () => {
    teams.failNext({ on: 'member', status: 429, retryAfter: 30 });
    await expect(directory.person(PEOPLE.mira.id)).rejects.toMatchObject({ code: 'UPSTREAM' });
    now += 5_000;
    expect(await directory.person(PEOPLE.mira.id)).toMatchObject({ active: true });
  });

  it('says nothing of somebody when the bot is in none of their conversations', async () => {
    memory.conversations.clear();
    await memory.remember({ conversation: known(CLOSED), people: [] });
    await expect(directory.person(PEOPLE.mira.id)).rejects.toMatchObject({
      code: 'UPSTREAM',
      hint: expect.stringContaining('Add the app'),
    });
  });
});

it('has no user groups', async () => {
  expect(await directory.groupMembers('@ml-leads')).toBeUndefined();
  expect(asked()).toBe(0);
});
