/** Posts what waits in the outbox: each message once, whatever crashes in between. */
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { ChatPlatform, MessageRef } from '../chat/types.ts';
import type { Conversation } from '../core/conversation.ts';
import { AppError, describeError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { platformTitle } from '../core/refusals.ts';
import type { Notifier } from '../notify/types.ts';
import type { Store } from '../store/open.ts';
import { type DueMessage, settleFailed, settleSent, takeDue } from '../store/outbox.ts';
import { ROOT_GONE, settleEdit } from '../store/outbox-edits.ts';
import { lockForWriting, whenFree } from '../store/write-lock.ts';
import type { View } from '../view/elements.ts';

const MINUTE = 60_000;
/** Waits between attempts, in minutes; after the last one the message is given up. */
const BACK_OFF = [1, 2, 5, 15, 30, 60, 120, 240, 480, 960];
const BATCH = 20;
/** Taken and not settled yet; more would outlive their lease while they stand in line. */
const TAKEN = 3 * BATCH;
/** While a channel keeps its messages waiting, those of others are looked for this often, in milliseconds. */
const LOOK_EVERY = 2_000;
/** Each draws pictures, which answers need drawn too. */
const CHANNELS_AT_ONCE = 4;

/** What the poster needs of a chat platform. */
export type Deliverer = Pick<ChatPlatform, 'deliver' | 'update'>;

/** The outbox as the poster sees it: in this thread, or in another. */
export interface Outbox {
  take(now: number, underWay: readonly number[]): Promise<readonly DueMessage[]>;
  sent(message: DueMessage, ref: MessageRef, now: number): Promise<void>;
  /** Says what becomes of it, in words for the log. */
  failed(message: DueMessage, failure: Failure, now: number): Promise<void>;
}

export interface Failure {
  readonly error: string;
  readonly uncertain: boolean;
  /** Somebody removed the message that was to be rewritten: there is nothing left to do. */
  readonly gone?: boolean;
}

/** The outbox of an open database. */
export function createOutbox(store: Store): Outbox {
  return {
    take: (now, underWay) =>
      store.$transaction(async (tx) => {
        await lockForWriting(tx);
        return takeDue(tx, { now: new Date(now), limit: BATCH, notIn: underWay });
      }),
    sent: (message, ref, now) =>
      message.editRef === undefined
        ? whenFree(() => settleSent(store, message.id, JSON.stringify(ref), new Date(now)))
        : store.$transaction(async (tx) => {
            await lockForWriting(tx);
            await settleEdit(tx, message, new Date(now));
          }),
    failed: (message, { gone = false, error, uncertain }, now) => {
      const wait = gone ? undefined : BACK_OFF[message.attempts - 1];
      const next = wait === undefined ? {} : { nextAttemptAt: new Date(now + wait * MINUTE) };
      const words = gone ? ROOT_GONE : error;
      return whenFree(() => settleFailed(store, message.id, { error: words, uncertain, ...next }));
    },
  };
}

export interface PosterParts {
  readonly outbox: Outbox;
  /** Per platform that is set up. */
  readonly platforms: Readonly<Record<string, Deliverer>>;
  /** Pagers, webhooks and ticket systems, by the platform's name in the outbox. */
  readonly notifiers?: Readonly<Record<string, Notifier>>;
  readonly now: () => number;
  readonly log: Logger;
}

/** How many messages went out and how many could not. */
export interface Posted {
  readonly sent: number;
  readonly failed: number;
}

export interface Poster {
  /** Posts everything that is due; several calls may overlap. */
  post(): Promise<Posted>;
  /** Takes no more messages: `post` resolves when those it has are settled. */
  stop(): void;
}

/** Channels are served side by side, none waits for another; within a channel, one message after the other. */
export function createPoster(parts: PosterParts): Poster {
  const underWay = new Set<number>();
  const channels = new PQueue({ concurrency: CHANNELS_AT_ONCE });
  /** What each channel's next messages come after. */
  const last = new Map<string, Promise<number>>();
  let stopped = false;

  return {
    async post() {
      const total = { sent: 0, failed: 0 };
      const running = new Set<Promise<void>>();
      for (;;) {
        const due = await takeMore();
        for (const [channel, messages] of byChannel(due)) {
          const work = inTurn(channel, messages).then((sent) => {
            total.sent += sent;
            total.failed += messages.length - sent;
            running.delete(work);
          });
          running.add(work);
        }
        if (due.length > 0) continue;
        if (running.size === 0) return total;
        await Promise.race([...running, sleep(LOOK_EVERY, undefined, { ref: false })]);
      }
    },
    stop() {
      stopped = true;
    },
  };

  /** Nothing while others stand in line for a hand. */
  async function takeMore(): Promise<readonly DueMessage[]> {
    if (stopped || channels.size > 0 || underWay.size >= TAKEN) return [];
    const due = await parts.outbox.take(parts.now(), [...underWay]);
    for (const { id } of due) underWay.add(id);
    return due;
  }

  function inTurn(channel: string, messages: readonly DueMessage[]): Promise<number> {
    const before = last.get(channel) ?? Promise.resolve(0);
    const mine = before.then(() => channels.add(() => postInOrder(messages)));
    last.set(channel, mine);
    return mine.finally(() => {
      if (last.get(channel) === mine) last.delete(channel);
    });
  }

  async function postInOrder(messages: readonly DueMessage[]): Promise<number> {
    let sent = 0;
    for (const message of messages) {
      if (await postOne(parts, message)) sent += 1;
      underWay.delete(message.id);
    }
    return sent;
  }
}

/** Never rejects: what cannot be noted keeps its lease, and is looked for in the channel before it is tried again. */
async function postOne(parts: PosterParts, message: DueMessage): Promise<boolean> {
  const { outbox, log, now } = parts;
  const { about, channel, attempts } = message;
  try {
    const ref = await deliverOne(parts, message);
    await noted(() => outbox.sent(message, ref, now()));
    return true;
  } catch (error) {
    const gone = message.editRef !== undefined && error instanceof AppError && error.code === 'NOT_FOUND';
    if (gone) log.info({ about, channel }, 'a message that was to be rewritten is not there any more');
    else log.warn({ about, channel, attempts, err: error }, 'a message could not be posted');
    const failure = { error: describeError(error), uncertain: isUncertain(error), gone };
    await noted(() => outbox.failed(message, failure, now()));
    return false;
  }

  async function noted(note: () => Promise<void>): Promise<void> {
    try {
      await note();
    } catch (error) {
      log.error({ about, channel, err: error }, 'what became of a message could not be noted');
    }
  }
}

async function deliverOne(parts: PosterParts, message: DueMessage): Promise<MessageRef> {
  const { platform, channel, workspace, threadRef, editRef, key, mayBeThere, view } = message;
  const notifier = parts.notifiers?.[platform];
  if (notifier) {
    const { id } = await notifier.send(channel, view, { key, mayBeThere });
    return { platform, channel, id };
  }
  const chat = parts.platforms[platform];
  if (!chat) throw notSetUp(platform);
  if (editRef !== undefined) {
    const ref = JSON.parse(editRef) as MessageRef;
    await chat.update(ref, JSON.parse(view) as View);
    return ref;
  }
  const thread = threadRef === undefined ? undefined : (JSON.parse(threadRef) as MessageRef);
  const target: Conversation = {
    platform,
    // A direct message's thread lives in the channel the platform opened for it.
    channel: thread?.channel ?? channel,
    ...(workspace && { workspace }),
    ...(thread && { thread: thread.id }),
  };
  return chat.deliver(target, JSON.parse(view) as View, { key, mayBeThere });
}

function byChannel(messages: readonly DueMessage[]): Map<string, DueMessage[]> {
  const channels = new Map<string, DueMessage[]>();
  for (const message of messages) {
    const key = `${message.platform} ${message.channel}`;
    channels.set(key, [...(channels.get(key) ?? []), message]);
  }
  return channels;
}

/** Whether the platform may have taken the message although the call failed. */
function isUncertain(error: unknown): boolean {
  return error instanceof AppError ? error.uncertain : true;
}

function notSetUp(platform: string): AppError {
  return new AppError(
    'CONFIG',
    `${platformTitle(platform)} is not set up here, so nothing can be posted to it.`,
    {
      hint: 'Set its credentials (see the README) and start the server again.',
    },
  );
}
