/** Posts what waits in the outbox: each message once, whatever crashes in between. */
import PQueue from 'p-queue';
import type { DeliverOptions, MessageRef } from '../chat/types.ts';
import type { Conversation } from '../core/conversation.ts';
import { AppError, describeError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Store } from '../store/open.ts';
import { type DueMessage, settleFailed, settleSent, takeDue } from '../store/outbox.ts';
import { lockForWriting, whenFree } from '../store/write-lock.ts';
import type { View } from '../view/elements.ts';

const MINUTE = 60_000;
/** Waits between attempts, in minutes; after the last one the message is given up. */
const BACK_OFF = [1, 2, 5, 15, 30, 60, 120, 240, 480, 960];
const BATCH = 20;
/** Each draws pictures, which answers need drawn too. */
const CHANNELS_AT_ONCE = 4;

export type Deliver = (target: Conversation, view: View, options: DeliverOptions) => Promise<MessageRef>;

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
      whenFree(() => settleSent(store, message.id, JSON.stringify(ref), new Date(now))),
    failed: (message, failure, now) => {
      const wait = BACK_OFF[message.attempts - 1];
      const next = wait === undefined ? {} : { nextAttemptAt: new Date(now + wait * MINUTE) };
      return whenFree(() => settleFailed(store, message.id, { ...failure, ...next }));
    },
  };
}

export interface PosterParts {
  readonly outbox: Outbox;
  /** Per platform that is set up. */
  readonly platforms: Readonly<Record<string, Deliver>>;
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
}

/** Channels are served side by side; within a channel, one message after the other. */
export function createPoster(parts: PosterParts): Poster {
  const underWay = new Set<number>();
  const channels = new PQueue({ concurrency: CHANNELS_AT_ONCE });

  return {
    async post() {
      let total = { sent: 0, failed: 0 };
      for (;;) {
        const due = await parts.outbox.take(parts.now(), [...underWay]);
        if (due.length === 0) return total;
        for (const message of due) underWay.add(message.id);
        const done = await Promise.all(byChannel(due).map((one) => channels.add(() => postInOrder(one))));
        const sent = done.reduce((sum, one) => sum + one, 0);
        total = { sent: total.sent + sent, failed: total.failed + due.length - sent };
      }
    },
  };

  async function postInOrder(messages: readonly DueMessage[]): Promise<number> {
    let sent = 0;
    for (const message of messages) {
      try {
        if (await postOne(parts, message)) sent += 1;
      } finally {
        underWay.delete(message.id);
      }
    }
    return sent;
  }
}

async function postOne(parts: PosterParts, message: DueMessage): Promise<boolean> {
  const { platform, channel, workspace, threadRef, key, mayBeThere, about } = message;
  const deliver = parts.platforms[platform];
  const thread = threadRef === undefined ? undefined : (JSON.parse(threadRef) as MessageRef);
  const target: Conversation = {
    platform,
    // A direct message's thread lives in the channel the platform opened for it.
    channel: thread?.channel ?? channel,
    ...(workspace && { workspace }),
    ...(thread && { thread: thread.id }),
  };
  try {
    if (!deliver) throw notSetUp(platform);
    const ref = await deliver(target, JSON.parse(message.view) as View, { key, mayBeThere });
    await parts.outbox.sent(message, ref, parts.now());
    return true;
  } catch (error) {
    parts.log.warn(
      { about, channel, attempts: message.attempts, err: error },
      'a message could not be posted',
    );
    await parts.outbox.failed(
      message,
      { error: describeError(error), uncertain: isUncertain(error) },
      parts.now(),
    );
    return false;
  }
}

function byChannel(messages: readonly DueMessage[]): DueMessage[][] {
  const channels = new Map<string, DueMessage[]>();
  for (const message of messages) {
    const key = `${message.platform} ${message.channel}`;
    channels.set(key, [...(channels.get(key) ?? []), message]);
  }
  return [...channels.values()];
}

/** Whether the platform may have taken the message although the call failed. */
function isUncertain(error: unknown): boolean {
  return error instanceof AppError ? error.uncertain : true;
}

function notSetUp(platform: string): AppError {
  return new AppError('CONFIG', `${platform} is not set up here, so nothing can be posted to it.`, {
    hint: 'Set its credentials (see the README) and start the server again.',
  });
}
