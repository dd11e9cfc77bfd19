/** Conversations and people as a chat platform told of them: where the bot may write, and what they are called there. */
import type { Store, StoreTransaction } from './open.ts';
import { lockForWriting } from './write-lock.ts';

export interface StoredConversation {
  readonly platform: string;
  /** A channel's or chat's id, without a thread. */
  readonly id: string;
  readonly workspace: string;
  readonly kind: 'channel' | 'group' | 'direct';
  readonly serviceUrl: string;
  readonly botId: string;
  /** Of a direct one: whose it is. */
  readonly personId?: string;
  readonly name?: string;
  readonly groupId?: string;
}

export interface StoredChatPerson {
  readonly platform: string;
  readonly id: string;
  readonly workspace: string;
  readonly userId: string;
  readonly name?: string;
  readonly conversation: string;
}

/** Which conversation is asked for: by id, the direct one with a person, or any of a workspace. */
export type ConversationQuery =
  | { readonly id: string }
  | { readonly personId: string }
  | { readonly workspace?: string };

/** The newest that fits and that the bot was not removed from; of any, a channel, where most people can be asked about. */
export async function findConversation(
  store: StoreTransaction,
  platform: string,
  query: ConversationQuery,
): Promise<StoredConversation | undefined> {
  const where = 'personId' in query ? { ...query, kind: 'direct' } : query;
  const isAny = !('id' in query || 'personId' in query);
  const row = await store.chatConversation.findFirst({
    where: { platform, ...where, leftAt: null },
    orderBy: [...(isAny ? [{ kind: 'asc' as const }] : []), { updatedAt: 'desc' }, { id: 'asc' }],
  });
  if (!row) return undefined;
  const { kind, personId, name, groupId, leftAt: _l, updatedAt: _u, ...rest } = row;
  return {
    ...rest,
    kind: kind === 'direct' || kind === 'group' ? kind : 'channel',
    ...(personId !== null && { personId }),
    ...(name !== null && { name }),
    ...(groupId !== null && { groupId }),
  };
}

/** By the person's id, or by the platform's other id for them. */
export async function findChatPerson(
  store: StoreTransaction,
  platform: string,
  query: { readonly id: string } | { readonly userId: string },
): Promise<StoredChatPerson | undefined> {
  const row = await store.chatPerson.findFirst({
    where: { platform, ...query },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
  });
  if (!row) return undefined;
  const { name, updatedAt: _, ...rest } = row;
  return { ...rest, ...(name !== null && { name }) };
}

/** Writes what was heard over what was known; what is heard without a name keeps the one it has. */
export async function rememberHeard(
  store: Store,
  heard: {
    readonly conversation?: StoredConversation;
    readonly people: readonly StoredChatPerson[];
  },
  at: Date,
): Promise<void> {
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (heard.conversation) await saveConversation(tx, heard.conversation, at);
    for (const person of heard.people) {
      const { platform, id } = person;
      const data = { ...person, updatedAt: at };
      await tx.chatPerson.upsert({ where: { platform_id: { platform, id } }, create: data, update: data });
    }
  });
}

async function saveConversation(
  tx: StoreTransaction,
  conversation: StoredConversation,
  at: Date,
): Promise<void> {
  const { platform, id } = conversation;
  const data = { ...conversation, leftAt: null, updatedAt: at };
  await tx.chatConversation.upsert({ where: { platform_id: { platform, id } }, create: data, update: data });
}

/** The bot was removed: nothing can be sent there until somebody adds it again. */
export async function leaveConversation(
  store: Store,
  { platform, id }: { readonly platform: string; readonly id: string },
  at: Date,
): Promise<void> {
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await tx.chatConversation.updateMany({ where: { platform, id }, data: { leftAt: at } });
  });
}
