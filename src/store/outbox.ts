/** Messages to be posted, each exactly once: written with the work that makes them, posted afterwards. */
import type { Store, StoreTransaction } from './open.ts';
import { editKey, ROOT_GONE } from './outbox-edits.ts';

export interface OutgoingMessage {
  /** Names the message for good; a second one with the same key is not taken. */
  readonly key: string;
  /** What it belongs to, in words. */
  readonly about: string;
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
  /** Key of the message whose thread it goes in. */
  readonly threadKey?: string;
  /** JSON of the view. */
  readonly view: string;
}

/** A process that has taken a message has this long to say what became of it, in milliseconds. */
export const SENDING_LEASE = 600_000;

export interface DueMessage extends OutgoingMessage {
  readonly id: number;
  readonly attempts: number;
  /** An earlier attempt may have been accepted by the platform. */
  readonly mayBeThere: boolean;
  /** Where the message is whose thread it goes in, as `settleSent` was told. */
  readonly threadRef?: string;
  /** Of an edit: where the message is that it rewrites, and which edit of it this is. */
  readonly editRef?: string;
  readonly revision?: number;
}

/** pending: new. sending: under way. failed: refused, comes again. uncertain: perhaps accepted, comes again. */
type Status = 'pending' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'given-up';

/** Not settled for good. */
const WAITING = ['pending', 'failed', 'uncertain', 'sending'] as const satisfies readonly Status[];

/** Adds messages in the caller's transaction; those whose key is known are left as they are. */
export async function enqueue(
  tx: StoreTransaction,
  messages: readonly OutgoingMessage[],
  at: Date,
): Promise<void> {
  for (const message of messages) {
    if (await tx.outboxMessage.findUnique({ where: { key: message.key }, select: { id: true } })) continue;
    await tx.outboxMessage.create({
      data: { ...message, status: 'pending' satisfies Status, createdAt: at, nextAttemptAt: at },
    });
  }
}

/**
 * Takes up to `limit` due messages, oldest first, and marks them as under way; in a transaction that holds the write
 * lock. A reply or an edit waits until the message it belongs to is sent. `notIn` leaves out messages that this
 * process is posting; one that has been "sending" for longer than its lease belongs to a process that died.
 */
export async function takeDue(
  tx: StoreTransaction,
  options: { readonly now: Date; readonly limit: number; readonly notIn: readonly number[] },
): Promise<DueMessage[]> {
  const { now, limit, notIn } = options;
  const unsent = await unsentRoots(tx);
  const due = await tx.outboxMessage.findMany({
    where: {
      id: { notIn: [...notIn] },
      status: { in: [...WAITING] },
      nextAttemptAt: { lte: now },
      AND: [
        { OR: [{ threadKey: null }, { threadKey: { notIn: unsent } }] },
        { OR: [{ editOf: null }, { editOf: { notIn: unsent } }] },
      ],
    },
    orderBy: { id: 'asc' },
    take: limit,
  });
  const roots = await tx.outboxMessage.findMany({
    where: { key: { in: due.flatMap((row) => row.threadKey ?? row.editOf ?? []) } },
    select: { key: true, ref: true },
  });
  const rootOf = new Map(roots.map((root) => [root.key, root]));
  await tx.outboxMessage.updateMany({
    where: { id: { in: due.map((row) => row.id) } },
    data: {
      status: 'sending' satisfies Status,
      attempts: { increment: 1 },
      nextAttemptAt: new Date(now.getTime() + SENDING_LEASE),
    },
  });
  return due.map((row) => ({
    id: row.id,
    key: row.key,
    about: row.about,
    platform: row.platform,
    ...(row.workspace && { workspace: row.workspace }),
    channel: row.channel,
    ...(row.threadKey && { threadKey: row.threadKey }),
    view: row.view,
    attempts: row.attempts + 1,
    mayBeThere: row.status === 'sending' || row.status === 'uncertain',
    ...optional('threadRef', row.threadKey === null ? null : rootOf.get(row.threadKey)?.ref),
    ...optional('editRef', row.editOf === null ? null : rootOf.get(row.editOf)?.ref),
    ...(row.editOf !== null && { revision: row.revision }),
  }));
}

/**
 * Keys of messages that replies and edits wait for. Left out of the query and not of its result: they must not fill
 * its limit.
 */
async function unsentRoots(tx: StoreTransaction): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ key: string }[]>(
    `SELECT DISTINCT root_key key FROM
       (SELECT COALESCE("threadKey", "editOf") root_key, "status" FROM "OutboxMessage") reply
       LEFT JOIN "OutboxMessage" root ON root."key" = reply.root_key
     WHERE reply.root_key IS NOT NULL AND COALESCE(root."status", '') <> 'sent'
       AND reply."status" IN (SELECT value FROM json_each(?))`,
    JSON.stringify(WAITING),
  );
  return rows.map(({ key }) => key);
}

function optional<K extends string>(key: K, value: string | null | undefined): { [P in K]?: string } {
  return (value ? { [key]: value } : {}) as { [P in K]?: string };
}

/** The message is posted; `ref` is JSON of where. */
export async function settleSent(store: Store, id: number, ref: string, at: Date): Promise<void> {
  const data = { status: 'sent' satisfies Status, ref, sentAt: at, error: null };
  await store.outboxMessage.update({ where: { id }, data });
}

/**
 * The attempt failed; without `nextAttemptAt` no other is made, and none of the replies to it. `uncertain`: the
 * platform may have taken it.
 */
export async function settleFailed(
  store: Store,
  id: number,
  failure: { readonly error: string; readonly uncertain: boolean; readonly nextAttemptAt?: Date },
): Promise<void> {
  const { error, uncertain, nextAttemptAt } = failure;
  const status: Status = !nextAttemptAt ? 'given-up' : uncertain ? 'uncertain' : 'failed';
  const { key } = await store.outboxMessage.update({
    where: { id },
    data: { status, error, ...(nextAttemptAt && { nextAttemptAt }) },
  });
  if (status === 'given-up')
    await store.outboxMessage.updateMany({
      where: { OR: [{ threadKey: key }, { editOf: key }], attempts: 0 },
      data: { status },
    });
}

export interface WaitingMessage {
  readonly about: string;
  readonly channel: string;
  readonly status: Status;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly nextAttemptAt?: Date;
  readonly error?: string;
}

/** Messages that were tried in vain, newest first. */
export async function troubledMessages(store: Store, since: Date): Promise<WaitingMessage[]> {
  const rows = await store.outboxMessage.findMany({
    where: {
      status: { in: ['failed', 'uncertain', 'given-up'] },
      attempts: { gt: 0 },
      createdAt: { gte: since },
      // Somebody removed the message that was to be rewritten: that is no trouble.
      NOT: { editOf: { not: null }, status: 'given-up', error: ROOT_GONE },
    },
    orderBy: { id: 'desc' },
    take: 50,
  });
  return rows.map(({ about, channel, status, attempts, createdAt, nextAttemptAt, error }) => ({
    about,
    channel,
    status: status as Status,
    attempts,
    createdAt,
    ...(status !== 'given-up' && { nextAttemptAt }),
    ...(error && { error }),
  }));
}

/** How many messages wait, how many are posted. */
export async function countMessages(
  store: Store,
): Promise<{ waiting: number; sent: number; givenUp: number }> {
  const rows = await store.outboxMessage.groupBy({ by: ['status'], _count: { id: true } });
  const of = (...wanted: Status[]) =>
    rows
      .filter((row) => wanted.some((status) => status === row.status))
      .reduce((sum, row) => sum + row._count.id, 0);
  return {
    waiting: of(...WAITING),
    sent: of('sent'),
    givenUp: of('given-up'),
  };
}

/** Messages that live on after they were posted, by how their keys begin, and their edits. */
const LIVING = ['anomaly:', 'proposal:'].flatMap((start) => [start, editKey(start)]);
/** How much longer they are kept: they are rewritten, and say that something was told. */
const LIVING_DAYS = 120;
const DAY_MS = 86_400_000;

/** Removes messages that were posted or given up before `before`; those that are still rewritten much later. */
export async function forgetMessages(store: Store, before: Date): Promise<void> {
  const living = LIVING.map((start) => ({ key: { startsWith: start } }));
  const done = { status: { in: ['sent', 'given-up'] satisfies Status[] } };
  await store.outboxMessage.deleteMany({
    where: { ...done, createdAt: { lt: before }, NOT: { OR: living } },
  });
  const long = new Date(before.getTime() - LIVING_DAYS * DAY_MS);
  const recent = await store.outboxMessage.findMany({
    where: { editOf: { not: null }, OR: [{ sentAt: { gte: long } }, { createdAt: { gte: long } }] },
    select: { key: true, editOf: true },
  });
  const kept = recent.flatMap(({ key, editOf }) => [key, editOf ?? key]);
  await store.outboxMessage.deleteMany({
    where: { ...done, createdAt: { lt: long }, OR: living, key: { notIn: kept } },
  });
}
