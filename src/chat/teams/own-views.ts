/** Finds what Teams calls the people who are to see a view of their own: it wants to be told beforehand. */
import type { Logger } from '../../core/log.ts';
import type { View } from '../../view/elements.ts';
import { remember } from '../remember.ts';
import type { TeamsApi } from './api.ts';
import { isObjectId } from './escape.ts';
import { limits } from './limits.ts';
import type { KnownPerson, TeamsAddress, TeamsMemory } from './types.ts';

export interface OwnViews {
  /** "29:…" by Entra object id, of those who are in the conversation. Never rejects: the others have a button to ask. */
  userIds(view: View, address: TeamsAddress): Promise<ReadonlyMap<string, string>>;
}

/** Milliseconds for which Teams is not asked again about somebody who is not in a conversation, or when it is silent. */
const ABSENT_FOR = 60 * 60_000;
const SILENT_FOR = 60_000;
const KEPT = 2_000;

/** Who has written or clicked before is known; about the others the conversation is asked. */
export function createOwnViews({
  api,
  memory,
  log,
  now,
}: {
  readonly api: Pick<TeamsApi, 'member'>;
  readonly memory: TeamsMemory;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): OwnViews {
  const asked = remember(
    async (key) => {
      const { address, id } = JSON.parse(key) as { address: TeamsAddress; id: string };
      const member = await api.member(address, id);
      if (!member) return undefined;
      const person: KnownPerson = {
        id,
        workspace: member.tenantId ?? address.tenantId,
        userId: member.userId,
        ...(member.name && { name: member.name }),
        conversation: withoutThread(address.conversationId),
      };
      await memory.remember({ people: [person] });
      return person;
    },
    { keep: ABSENT_FOR, keepFailure: SILENT_FOR, most: KEPT, now },
  );

  async function userId(id: string, address: TeamsAddress): Promise<string | undefined> {
    try {
      const of = { ...address, conversationId: withoutThread(address.conversationId) };
      return ((await memory.person(id)) ?? (await asked(JSON.stringify({ address: of, id }))))?.userId;
    } catch (error) {
      log.info({ err: error }, 'Teams did not say who is to see a view of their own');
      return undefined;
    }
  }

  return {
    async userIds({ mine }, address) {
      const ids = [...new Set(mine?.people.flatMap(({ teams }) => teams?.toLowerCase() ?? []))];
      const known = ids.filter(isObjectId).slice(0, limits.refreshUsers);
      const found = await Promise.all(known.map(async (id) => [id, await userId(id, address)] as const));
      return new Map(found.flatMap(([id, own]) => (own === undefined ? [] : [[id, own] as const])));
    },
  };
}

function withoutThread(id: string): string {
  return id.split(';messageid=')[0] ?? id;
}
