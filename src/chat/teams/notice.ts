/** Notes from every activity where the bot is and who people are: only so can it write to them later. */
import type { Logger } from '../../core/log.ts';
import type { WhoIs } from './mentions.ts';
import { createRememberer } from './remember-activity.ts';
import { isSafeId, originOf } from './requests.ts';
import type { TeamsActivity, TeamsAddress, TeamsMember, TeamsMemory } from './types.ts';

export interface Notice {
  /** Never rejects. */
  remember(activity: TeamsActivity): Promise<void>;
  forget(conversation: string): Promise<void>;
  /** Who is mentioned in a message. Never rejects. */
  whoIs(activity: TeamsActivity): WhoIs;
}

export function createNotice(parts: {
  readonly memory: TeamsMemory;
  /** Undefined when the conversation has no such member. */
  readonly member: (of: TeamsAddress, userId: string) => Promise<TeamsMember | undefined>;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): Notice {
  const { memory, member, log } = parts;
  const rememberer = createRememberer(parts);

  return {
    remember: rememberer.activity,
    forget: rememberer.forget,

    whoIs: (activity) => async (mentioned) => {
      const said = mentioned.aadObjectId?.toLowerCase();
      if (said !== undefined && isSafeId(said)) return said;
      if (/^(?:19|28|a):/.test(mentioned.id)) return undefined;
      try {
        const known = await memory.personByUserId(mentioned.id);
        if (known) return known.id;
        const { address, conversation } = originOf(activity);
        const found = await member({ ...address, conversationId: conversation.channel }, mentioned.id);
        if (!found?.id || !isSafeId(found.id)) return undefined;
        await rememberer.people([
          {
            id: found.id,
            workspace: address.tenantId,
            userId: mentioned.id,
            ...(found.name && { name: found.name }),
            conversation: conversation.channel,
          },
        ]);
        return found.id;
      } catch (error) {
        log.warn({ err: error }, 'Teams did not say who is mentioned in a message');
        return undefined;
      }
    },
  };
}
