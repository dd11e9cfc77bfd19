import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KnownConversation, KnownPerson, TeamsMemory } from '../../src/chat/teams/types.ts';
import { AppError } from '../../src/core/errors.ts';
import { createLog } from '../../src/log.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import { type ChatMemory, chatMemoryOf, createMemory } from '../../src/threads/chat-memory.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

const TENANT = '8b1f7c1e-0000-4000-8000-000000000001';
const MIRA = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const direct: KnownConversation = {
  id: 'a:mira',
  workspace: TENANT,
  kind: 'direct',
  serviceUrl: 'https://smba.example',
  botId: '28:bot',
  personId: MIRA,
};
const channel: KnownConversation = {
  id: '19:search@thread.tacv2',
  workspace: TENANT,
  kind: 'channel',
  serviceUrl: 'https://smba.example',
  botId: '28:bot',
  name: 'search',
  groupId: 'g-1',
};
const mira: KnownPerson = {
  id: MIRA,
  workspace: TENANT,
  userId: '29:1mira',
  name: 'Mira',
  conversation: 'a:mira',
};

const log = createLog('silent');
let temp: TempStore;
let other: Store;
let kept: ChatMemory;
let memory: TeamsMemory;
let now = Date.parse('2026-11-20T10:00:00Z');

beforeEach(async () => {
  temp = await openTempStore();
  other = await openStore(temp.url);
  kept = chatMemoryOf(temp.store, { log, now: () => now });
  memory = createMemory((request) => kept.answer(structuredClone(request)));
});
afterEach(async () => {
  await kept.settle();
  await other.$disconnect();
  await temp.close();
});

/** What somebody else finds in the database. */
const elsewhere = () =>
  createMemory((request) => chatMemoryOf(other, { log, now: () => now }).answer(request));

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

describe('what Teams told', () => {
  it('is found again by id, by person, by tenant, also by another process', async () => {
    await memory.remember({ conversation: direct, people: [mira] });
    now += 1_000;
    await memory.remember({ conversation: channel, people: [] });
    await kept.settle();
    for (const one of [memory, elsewhere()]) {
      expect(await one.conversation('a:mira')).toEqual(direct);
      expect(await one.directWith(MIRA)).toEqual(direct);
      expect(await one.anyOf(TENANT)).toEqual(channel);
      expect(await one.anyOf('another')).toBeUndefined();
      expect(await one.conversation('19:nobody')).toBeUndefined();
      expect(await one.person(MIRA)).toEqual(mira);
      expect(await one.personByUserId('29:1mira')).toEqual(mira);
      expect(await one.personByUserId(MIRA)).toBeUndefined();
    }
  });

  it('is asked about in a channel rather than in a chat, where only one person is', async () => {
    await memory.remember({ conversation: channel, people: [] });
    await kept.settle();
    now += 1_000;
    await memory.remember({ conversation: direct, people: [mira] });
    await kept.settle();
    expect(await memory.anyOf(TENANT)).toEqual(channel);
    expect(await memory.anyOf()).toEqual(channel);
  });

  it('is known at once while an import is writing, and written when that is done', async () => {
    const held = signal();
    const over = signal();
    const importing = other.$transaction(
      async (tx) => {
        await lockForWriting(tx);
        held.give();
        await over.given;
      },
      { timeout: 20_000 },
    );
    await held.given;
    await memory.remember({ conversation: direct, people: [mira] });
    expect(await memory.directWith(MIRA)).toEqual(direct);
    expect(await memory.personByUserId('29:1mira')).toEqual(mira);
    expect(await temp.store.chatConversation.count()).toBe(0);
    over.give();
    await importing;
    await kept.settle();
    expect(await elsewhere().directWith(MIRA)).toEqual(direct);
  });

  it('is written with what is heard next when an import kept the database for too long', async () => {
    let busy = 1;
    const store = new Proxy(temp.store, {
      get: (target, name, self) =>
        name === '$transaction' && busy-- > 0
          ? () => Promise.reject(new AppError('CONFLICT', 'The database is busy.'))
          : Reflect.get(target, name, self),
    });
    const late = chatMemoryOf(store, { log, now: () => now });
    const heard = createMemory((request) => late.answer(structuredClone(request)));
    await heard.remember({ conversation: direct, people: [mira] });
    await late.settle();
    expect(await elsewhere().directWith(MIRA)).toBeUndefined();
    expect(await heard.directWith(MIRA)).toEqual(direct);
    await heard.remember({ conversation: channel, people: [] });
    await late.settle();
    expect(await elsewhere().directWith(MIRA)).toEqual(direct);
    expect(await elsewhere().conversation(channel.id)).toEqual(channel);
  });

  it('the newest counts, and a name once heard stays', async () => {
    await memory.remember({ conversation: channel, people: [mira] });
    const { name: _, ...nameless } = channel;
    await memory.remember({
      conversation: { ...nameless, serviceUrl: 'https://moved.example' },
      people: [{ ...mira, userId: '29:2mira' }],
    });
    await kept.settle();
    expect(await memory.conversation(channel.id)).toEqual({
      ...channel,
      serviceUrl: 'https://moved.example',
    });
    expect(await memory.personByUserId('29:2mira')).toMatchObject({ id: MIRA });
    expect(await memory.personByUserId('29:1mira')).toBeUndefined();
  });

  it('a conversation the bot was removed from is none until it is added again', async () => {
    await memory.remember({ conversation: channel, people: [] });
    await memory.forget(channel.id);
    await kept.settle();
    expect(await memory.conversation(channel.id)).toBeUndefined();
    expect(await memory.anyOf(TENANT)).toBeUndefined();
    await memory.remember({ conversation: channel, people: [] });
    await kept.settle();
    expect(await memory.conversation(channel.id)).toEqual(channel);
  });
});
