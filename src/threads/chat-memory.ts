/** What a chat platform has to remember, in the database; what cannot be written yet is known all the same. */
import type { KnownConversation, KnownPerson, TeamsMemory } from '../chat/teams/types.ts';
import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import {
  type ConversationQuery,
  findChatPerson,
  findConversation,
  leaveConversation,
  rememberHeard,
} from '../store/chat-conversations.ts';
import type { Store } from '../store/open.ts';

const PLATFORM = 'teams';
/** Notes that the database has not taken yet; what is dropped is heard again. */
const MOST_WAITING = 10_000;

export type PersonQuery = { readonly id: string } | { readonly userId: string };

/** A question or a note as plain data, so that another thread can answer it. */
export type MemoryRequest =
  | { readonly ask: 'conversation'; readonly query: ConversationQuery }
  | { readonly ask: 'person'; readonly query: PersonQuery }
  | ({ readonly ask: 'remember' } & Heard)
  | { readonly ask: 'forget'; readonly id: string };

export type MemoryAnswer = KnownConversation | KnownPerson | null;

interface Heard {
  readonly conversation?: KnownConversation;
  readonly people: readonly KnownPerson[];
}

export interface ChatMemory {
  answer(request: MemoryRequest): Promise<MemoryAnswer>;
  /** Resolves when nothing is left to be written. */
  settle(): Promise<void>;
}

const memories = new WeakMap<Store, ChatMemory>();

/** One per database and thread: notes are taken at once and written as soon as nobody else writes. */
export function chatMemoryOf(
  store: Store,
  parts: { readonly log: Logger; readonly now: () => number },
): ChatMemory {
  const known = memories.get(store);
  if (known) return known;
  const memory = createChatMemory(store, parts);
  memories.set(store, memory);
  return memory;
}

function createChatMemory(
  store: Store,
  { log, now }: { readonly log: Logger; readonly now: () => number },
): ChatMemory {
  /** By when it was heard. */
  const waiting = new Map<Heard, Date>();
  let writing = Promise.resolve();

  function write(work: () => Promise<void>): void {
    writing = writing.then(work).catch((error: unknown) => {
      log.error({ err: error }, 'what Teams told of a conversation could not be written');
    });
  }

  /** What a database that is busy for long did not take stays, and is tried again with what is heard next. */
  async function writeWaiting(): Promise<void> {
    for (const [heard, at] of waiting) {
      try {
        await rememberHeard(store, ofPlatform(heard), at);
      } catch (error) {
        if (error instanceof AppError && error.code === 'CONFLICT') throw error;
        log.error({ err: error }, 'what Teams told of a conversation could not be written');
      }
      waiting.delete(heard);
    }
  }

  /** Newest first. */
  const unwritten = () => [...waiting.keys()].reverse();

  async function answer(request: MemoryRequest): Promise<MemoryAnswer> {
    switch (request.ask) {
      case 'conversation': {
        const { query } = request;
        const heard = unwritten().flatMap(({ conversation }) => conversation ?? []);
        return (
          heard.find((one) => fits(one, query)) ??
          withoutPlatform(await findConversation(store, PLATFORM, query))
        );
      }
      case 'person': {
        const { query } = request;
        const heard = unwritten().flatMap(({ people }) => people);
        const isMeant = (one: KnownPerson) =>
          'id' in query ? one.id === query.id : one.userId === query.userId;
        return heard.find(isMeant) ?? withoutPlatform(await findChatPerson(store, PLATFORM, query));
      }
      case 'remember': {
        const { ask: _, ...heard } = request;
        waiting.set(heard, new Date(now()));
        const [oldest] = waiting.keys();
        if (waiting.size > MOST_WAITING && oldest) waiting.delete(oldest);
        write(writeWaiting);
        return null;
      }
      case 'forget': {
        const at = new Date(now());
        for (const one of waiting.keys()) if (one.conversation?.id === request.id) waiting.delete(one);
        write(() => leaveConversation(store, { platform: PLATFORM, id: request.id }, at));
        return null;
      }
    }
  }

  return { answer, settle: () => writing };
}

/** The platform's memory behind one function that asks, wherever the database is. */
export function createMemory(ask: (request: MemoryRequest) => Promise<MemoryAnswer>): TeamsMemory {
  const conversation = async (query: ConversationQuery) =>
    ((await ask({ ask: 'conversation', query })) ?? undefined) as KnownConversation | undefined;
  const person = async (query: PersonQuery) =>
    ((await ask({ ask: 'person', query })) ?? undefined) as KnownPerson | undefined;
  return {
    conversation: (id) => conversation({ id }),
    directWith: (personId) => conversation({ personId }),
    anyOf: (workspace) => conversation(workspace === undefined ? {} : { workspace }),
    person: (id) => person({ id }),
    personByUserId: (userId) => person({ userId }),
    remember: async (seen) => void (await ask({ ask: 'remember', ...seen })),
    forget: async (id) => void (await ask({ ask: 'forget', id })),
  };
}

function fits(conversation: KnownConversation, query: ConversationQuery): boolean {
  if ('id' in query) return conversation.id === query.id;
  if ('personId' in query) return conversation.kind === 'direct' && conversation.personId === query.personId;
  return query.workspace === undefined || conversation.workspace === query.workspace;
}

function ofPlatform({ conversation, people }: Heard) {
  return {
    ...(conversation && { conversation: { platform: PLATFORM, ...conversation } }),
    people: people.map((person) => ({ platform: PLATFORM, ...person })),
  };
}

function withoutPlatform<T extends { readonly platform: string }>(
  row: T | undefined,
): Omit<T, 'platform'> | null {
  if (!row) return null;
  const { platform: _, ...rest } = row;
  return rest;
}
