/** A TeamsMemory without a database, for tests of what stands in front of it. */
import type { KnownConversation, KnownPerson, TeamsMemory } from '../../../src/chat/teams/types.ts';

export interface MemoryInTests extends TeamsMemory {
  readonly conversations: Map<string, KnownConversation>;
  readonly people: Map<string, KnownPerson>;
  /** How often something was written. */
  readonly written: () => number;
}

export function createMemory(seed: Parameters<TeamsMemory['remember']>[0][] = []): MemoryInTests {
  /** In the order of hearing. */
  const conversations = new Map<string, KnownConversation>();
  const people = new Map<string, KnownPerson>();
  let written = 0;

  function keep({ conversation, people: heard }: Parameters<TeamsMemory['remember']>[0]): void {
    if (conversation) {
      const known = conversations.get(conversation.id);
      conversations.delete(conversation.id);
      conversations.set(conversation.id, { ...known, ...conversation });
    }
    for (const person of heard) people.set(person.id, { ...people.get(person.id), ...person });
  }
  seed.forEach(keep);
  const newest = () => [...conversations.values()].reverse();

  return {
    conversations,
    people,
    written: () => written,
    conversation: async (id) => conversations.get(id),
    directWith: async (person) =>
      newest().find(({ kind, personId }) => kind === 'direct' && personId === person),
    anyOf: async (workspace) =>
      newest().find((one) => workspace === undefined || one.workspace === workspace),
    person: async (id) => people.get(id),
    personByUserId: async (userId) => [...people.values()].find((one) => one.userId === userId),
    remember: async (seen) => {
      written += 1;
      keep(seen);
    },
    forget: async (id) => void conversations.delete(id),
  };
}
