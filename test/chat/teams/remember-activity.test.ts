/** What activities teach about where the bot is and who people are there. */
import { beforeEach, describe, expect, it } from 'vitest';
import { parseActivity } from '../../../src/chat/teams/parse-activity.ts';
import { createRememberer, type Rememberer } from '../../../src/chat/teams/remember-activity.ts';
import type { TeamsActivity } from '../../../src/chat/teams/types.ts';
import { type Received, recordingLog } from '../slack/slack-stand-in.ts';
import { createMemory, type MemoryInTests } from './memory.ts';
import { installationActivity, membersActivity, messageActivity } from './teams-stand-in-activities.ts';
import type { Json } from './teams-stand-in-cards.ts';
import {
  BOT,
  createWorld,
  GENERAL,
  GROUP_CHAT,
  PEOPLE,
  SEARCH,
  TEAM,
  TENANT,
} from './teams-stand-in-world.ts';

const world = createWorld(() => 1);
let memory: MemoryInTests;
let rememberer: Rememberer;
let log: Received[];
let now: number;

beforeEach(() => {
  memory = createMemory();
  const recording = recordingLog();
  log = recording.entries;
  now = 1_000_000;
  rememberer = createRememberer({ memory, log: recording.logger, now: () => now });
});

function scene(id: string, person = PEOPLE.mira, thread?: string) {
  const conversation = world.conversations.get(id) ?? world.direct(person);
  const serviceUrl = 'https://smba.trafficmanager.net/emea/';
  return { id: '1', serviceUrl, at: 1, person, conversation, ...(thread && { thread }) };
}

function read(activity: Json): TeamsActivity {
  const parsed = parseActivity(activity);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.activity;
}

const hear = (activity: Json) => rememberer.activity(read(activity));
const everywhere = { workspace: TENANT, serviceUrl: 'https://smba.trafficmanager.net/emea', botId: BOT.id };

describe('an activity', () => {
  it('from a thread of a channel teaches the channel, and who wrote', async () => {
    await hear(messageActivity(scene(SEARCH, PEOPLE.mira, '17'), 'hello', true));
    expect(memory.conversations.get(SEARCH)).toEqual({
      ...everywhere,
      id: SEARCH,
      kind: 'channel',
      name: 'search',
    });
    expect([...memory.people.values()]).toEqual([
      {
        id: PEOPLE.mira.id,
        userId: PEOPLE.mira.userId,
        name: 'Mira Chen',
        workspace: TENANT,
        conversation: SEARCH,
      },
    ]);
  });

  it('from a direct chat teaches whose it is', async () => {
    await hear(messageActivity(scene('direct'), 'hello', false));
    expect(await memory.directWith(PEOPLE.mira.id)).toMatchObject({ kind: 'direct', name: 'Mira Chen' });
  });

  it('from a group chat', async () => {
    await hear(messageActivity(scene(GROUP_CHAT), 'hello', true));
    expect(memory.conversations.get(GROUP_CHAT)).toMatchObject({ kind: 'group' });
  });

  it('that tells of an installation teaches which group the team is, for its other channels too', async () => {
    await hear(installationActivity(scene(GENERAL), 'add'));
    expect(memory.conversations.get(GENERAL)).toMatchObject({ groupId: TEAM.aadGroupId });
    await hear(messageActivity(scene(SEARCH), 'hello', true));
    expect(memory.conversations.get(SEARCH)).toMatchObject({ groupId: TEAM.aadGroupId });
    await hear(messageActivity(scene(GENERAL), 'hello', true));
    expect(memory.conversations.get(GENERAL)).toMatchObject({ groupId: TEAM.aadGroupId });
  });

  it('that tells who came teaches them, but no bots', async () => {
    const { id, userId } = PEOPLE.jon;
    await hear(
      membersActivity(scene(GENERAL), 'membersAdded', [{ id: userId, aadObjectId: id }, { id: BOT.id }]),
    );
    expect([...memory.people.keys()].sort()).toEqual([PEOPLE.mira.id, id].sort());
  });

  it('from somebody Teams does not name teaches the place only', async () => {
    const activity = messageActivity(scene(GROUP_CHAT), 'hello', true);
    await hear({ ...activity, from: { id: '29:1anonymous', name: 'Anonymous' } });
    await hear({ ...activity, from: { id: '29:1x', aadObjectId: '../../v3' } });
    expect([...memory.conversations.keys()]).toEqual([GROUP_CHAT]);
    expect(memory.people.size).toBe(0);
  });

  it('of nowhere, or of a channel that is gone, teaches nothing of it', async () => {
    const activity = messageActivity(scene(SEARCH), 'hello', true);
    await hear({ ...activity, conversation: { id: 'x' }, channelData: {} });
    await hear({ ...activity, channelData: { ...activity.channelData, eventType: 'channelDeleted' } });
    expect(memory.conversations.size).toBe(0);
  });
});

describe('what is known', () => {
  const message = () => messageActivity(scene(SEARCH), 'hello', true);

  it('is written once an hour', async () => {
    await hear(message());
    await hear(message());
    expect(memory.written()).toBe(1);
    now += 60 * 60_000;
    await hear(message());
    expect(memory.written()).toBe(2);
  });

  it('is written when it changes, and after the bot was removed', async () => {
    await hear(message());
    await hear({ ...message(), serviceUrl: 'https://smba.trafficmanager.net/amer/' });
    expect(memory.conversations.get(SEARCH)?.serviceUrl).toBe('https://smba.trafficmanager.net/amer');
    await rememberer.forget(SEARCH);
    expect(memory.conversations.size).toBe(0);
    await hear(message());
    expect(memory.conversations.size).toBe(1);
  });

  it('is tried again when it could not be written, and nobody is bothered', async () => {
    const { remember } = memory;
    let fails = true;
    memory = {
      ...memory,
      remember: async (seen) => (fails ? Promise.reject(new Error('busy')) : remember(seen)),
    };
    rememberer = createRememberer({
      memory,
      log: {
        ...recordingLog().logger,
        error: (fields, message) => void log.push({ level: 'error', fields: { ...fields }, message }),
      },
      now: () => now,
    });
    await hear(message());
    expect(log).toHaveLength(1);
    fails = false;
    await hear(message());
    expect(memory.conversations.size).toBe(1);
  });
});
