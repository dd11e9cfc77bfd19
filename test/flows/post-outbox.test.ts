/** The outbox on a real database: order, threads, retries, crashes between posting and noting it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliverOptions, MessageRef } from '../../src/chat/types.ts';
import type { Conversation } from '../../src/core/conversation.ts';
import { AppError } from '../../src/core/errors.ts';
import { createOutbox, createPoster, type Deliverer } from '../../src/flows/post-outbox.ts';
import { enqueue, type OutgoingMessage, troubledMessages } from '../../src/store/outbox.ts';
import { text } from '../../src/view/elements.ts';
import { openTempStore, rememberingLog, type TempStore } from '../temp-store.ts';

const MINUTE = 60_000;
let bench: TempStore;
let now: number;
let channel: ReturnType<typeof createChannel>;
beforeEach(async () => {
  bench = await openTempStore();
  now = Date.parse('2026-11-16T09:00:00Z');
  channel = createChannel();
});
afterEach(() => bench.close());

/** A chat platform that keeps what it is given, and can lose its answer or refuse. */
function createChannel() {
  const posted: { key: string; target: Conversation; id: string }[] = [];
  const troubles: (AppError | 'answer lost')[] = [];
  const deliver: Deliverer['deliver'] = async (
    target,
    _view,
    { key = '', mayBeThere }: DeliverOptions = {},
  ) => {
    const there = mayBeThere ? posted.find((one) => one.key === key) : undefined;
    if (there) return refOf(there.target.channel, there.id);
    const trouble = troubles.shift();
    if (trouble instanceof AppError) throw trouble;
    const id = `ts-${posted.length + 1}`;
    posted.push({ key, target, id });
    if (trouble) throw new AppError('UPSTREAM', 'Slack could not be reached.', { uncertain: true });
    return refOf(target.channel, id);
  };
  return { posted, troubles, deliver, update: noUpdate };
}

const noUpdate: Deliverer['update'] = async () => {
  throw new Error('nothing was to be rewritten');
};

function refOf(where: string, id: string): MessageRef {
  return { platform: 'slack', channel: where === 'U1' ? 'D1' : where, id };
}

function message(key: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const view = JSON.stringify({ elements: [{ kind: 'text', spans: [text(key)] }] });
  return { key, about: 'a report', platform: 'slack', channel: 'C1', view, ...more };
}

const add = (...messages: OutgoingMessage[]) =>
  bench.store.$transaction((tx) => enqueue(tx, messages, new Date(now)));

function newPoster(deliver: Deliverer['deliver'] = channel.deliver) {
  return createPoster({
    outbox: createOutbox(bench.store),
    platforms: { slack: { deliver, update: noUpdate } },
    now: () => now,
    log: rememberingLog(),
  });
}

describe('posting', () => {
  it('posts once, replies into the thread of their message, also in the channel opened for a person', async () => {
    await add(message('root', { channel: 'U1' }), message('reply', { channel: 'U1', threadKey: 'root' }));
    expect(await newPoster().post()).toEqual({ sent: 2, failed: 0 });
    expect(await newPoster().post()).toEqual({ sent: 0, failed: 0 });
    expect(channel.posted.map(({ key, target }) => [key, target.channel, target.thread])).toEqual([
      ['root', 'U1', undefined],
      ['reply', 'D1', 'ts-1'],
    ]);
  });

  it('takes a key once, whoever adds it', async () => {
    await add(message('same'));
    await add(message('same'), message('other'));
    await newPoster().post();
    expect(channel.posted.map(({ key }) => key)).toEqual(['same', 'other']);
  });

  it('does not post twice when two posters run at once', async () => {
    await add(...Array.from({ length: 30 }, (_, i) => message(`m${i}`, { channel: `C${i % 3}` })));
    await Promise.all([newPoster().post(), newPoster().post(), newPoster().post()]);
    expect(channel.posted.map(({ key }) => key).sort()).toEqual(
      Array.from({ length: 30 }, (_, i) => `m${i}`).sort(),
    );
  });
});

describe('trouble', () => {
  it('a refusal is tried again later; its replies wait for it and another channel does not', async () => {
    channel.troubles.push(new AppError('UPSTREAM', 'not_in_channel', { hint: 'Invite the app.' }));
    await add(
      message('root'),
      message('reply', { threadKey: 'root' }),
      message('elsewhere', { channel: 'C2' }),
    );
    await newPoster().post();
    expect(channel.posted.map(({ key }) => key)).toEqual(['elsewhere']);
    expect(await troubledMessages(bench.store, new Date(0))).toMatchObject([
      {
        status: 'failed',
        attempts: 1,
        error: 'not_in_channel\nInvite the app.',
        nextAttemptAt: new Date(now + MINUTE),
      },
    ]);
    now += MINUTE;
    await newPoster().post();
    expect(channel.posted.map(({ key }) => key)).toEqual(['elsewhere', 'root', 'reply']);
    expect(await troubledMessages(bench.store, new Date(0))).toEqual([]);
  });

  it('a lost answer does not post again: the message is looked for first', async () => {
    channel.troubles.push('answer lost');
    await add(message('root'), message('reply', { threadKey: 'root' }));
    await newPoster().post();
    now += MINUTE;
    await newPoster().post();
    expect(channel.posted.map(({ key, target }) => [key, target.thread])).toEqual([
      ['root', undefined],
      ['reply', 'ts-1'],
    ]);
  });

  it('a process that dies between posting and noting it leaves one message', async () => {
    await add(message('root'));
    let accepted = (): void => undefined;
    const seen = new Promise<void>((resolve) => {
      accepted = resolve;
    });
    const dying = newPoster(async (...call) => {
      await channel.deliver(...call);
      accepted();
      return new Promise<never>(() => undefined);
    });
    void dying.post();
    await seen;
    dying.stop();
    await newPoster().post();
    expect(channel.posted).toHaveLength(1);
    now += 11 * MINUTE;
    expect(await newPoster().post()).toEqual({ sent: 1, failed: 0 });
    expect(channel.posted).toHaveLength(1);
  });

  it('is given up after ten attempts over a day, and says so', async () => {
    const deliver: Deliverer['deliver'] = async () => {
      throw new AppError('UPSTREAM', 'channel_not_found');
    };
    await add(message('root'));
    for (let i = 0; i < 40; i++) {
      await newPoster(deliver).post();
      now += 60 * MINUTE;
    }
    const [trouble] = await troubledMessages(bench.store, new Date(0));
    expect(trouble).toMatchObject({ status: 'given-up', attempts: 11, error: 'channel_not_found' });
  });

  it('a platform that is not set up is told', async () => {
    await add(message('root', { platform: 'teams' }));
    await newPoster().post();
    expect(await troubledMessages(bench.store, new Date(0))).toMatchObject([
      { status: 'failed', error: expect.stringContaining('Microsoft Teams is not set up here') },
    ]);
  });

  it('replies to messages that cannot be posted hold up nothing, and are given up with them', async () => {
    const deliver: Deliverer['deliver'] = async (target, ...rest) => {
      if (target.channel === 'CGONE') throw new AppError('UPSTREAM', 'channel_not_found');
      return channel.deliver(target, ...rest);
    };
    for (let i = 0; i < 70; i++)
      await add(
        message(`root${i}`, { channel: 'CGONE' }),
        message(`reply${i}`, { channel: 'CGONE', threadKey: `root${i}` }),
      );
    await newPoster(deliver).post();
    await add(message('fine'));
    expect(await newPoster(deliver).post()).toEqual({ sent: 1, failed: 0 });
    for (let i = 0; i < 11; i++) {
      now += 960 * MINUTE;
      await newPoster(deliver).post();
    }
    expect(await bench.store.outboxMessage.groupBy({ by: ['status'], _count: true })).toEqual(
      expect.arrayContaining([
        { status: 'given-up', _count: 140 },
        { status: 'sent', _count: 1 },
      ]),
    );
    // What was never tried is not told beside the message it belongs to.
    const troubles = await troubledMessages(bench.store, new Date(0));
    expect(troubles.every(({ attempts }) => attempts === 11)).toBe(true);
  });

  it('a message that is out but could not be noted is looked for, not posted again', async () => {
    const outbox = createOutbox(bench.store);
    const busy = async () => {
      throw new AppError('CONFLICT', 'The database is busy.');
    };
    await add(message('root'), message('next'));
    const parts = { platforms: { slack: channel }, now: () => now, log: rememberingLog() };
    const poster = createPoster({ ...parts, outbox: { ...outbox, sent: busy } });
    await poster.post();
    expect(channel.posted.map(({ key }) => key)).toEqual(['root', 'next']);
    now += 30 * MINUTE;
    expect(await createPoster({ ...parts, outbox }).post()).toEqual({ sent: 2, failed: 0 });
    expect(channel.posted.map(({ key }) => key)).toEqual(['root', 'next']);
  });

  it('a channel that keeps its messages waiting does not hold up those of others, nor their order', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const deliver: Deliverer['deliver'] = async (target, ...rest) => {
      if (target.channel === 'CSLOW') await slow;
      return channel.deliver(target, ...rest);
    };
    await add(message('slow1', { channel: 'CSLOW' }), message('slow2', { channel: 'CSLOW' }));
    await add(...Array.from({ length: 45 }, (_, i) => message(`m${i}`, { channel: `C${i}` })));
    const poster = newPoster(deliver);
    const posting = poster.post();
    await expect.poll(() => channel.posted.length, { timeout: 5_000 }).toBe(45);
    await add(message('later', { channel: 'C1' }), message('slow3', { channel: 'CSLOW' }));
    await expect.poll(() => channel.posted.at(-1)?.key, { timeout: 5_000 }).toBe('later');
    release();
    expect(await posting).toEqual({ sent: 49, failed: 0 });
    expect(channel.posted.slice(-3).map(({ key }) => key)).toEqual(['slow1', 'slow2', 'slow3']);
  });

  it('takes no more when it is stopped, and settles what it has', async () => {
    await add(...Array.from({ length: 45 }, (_, i) => message(`m${i}`)));
    const poster = newPoster(async (...call) => {
      poster.stop();
      return channel.deliver(...call);
    });
    const { sent } = await poster.post();
    expect(sent).toBe(channel.posted.length);
    expect(sent).toBeLessThan(45);
    await newPoster().post();
    expect(new Set(channel.posted.map(({ key }) => key)).size).toBe(45);
  });
});
