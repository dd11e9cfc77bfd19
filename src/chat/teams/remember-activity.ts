/** What activities teach: which conversations there are, which connector serves them, and what people are called there. */
import type { Logger } from '../../core/log.ts';
import { isSafeId, tenantOf } from './requests.ts';
import type { KnownConversation, KnownPerson, TeamsActivity, TeamsMemory } from './types.ts';

export interface Rememberer {
  /** Notes who an activity is from and where. Never rejects: what could not be noted is noted the next time. */
  activity(activity: TeamsActivity): Promise<void>;
  /** The same for what was asked about people. */
  people(people: readonly KnownPerson[]): Promise<void>;
  /** The bot was removed from a conversation. Rejects when that cannot be noted. */
  forget(conversation: string): Promise<void>;
}

/** Milliseconds for which the same news is not written again, and how much of it is kept in mind. */
const FRESH = 60 * 60_000;
const KEPT = 5_000;
/** Of those who are added at once. */
const MOST_PEOPLE = 50;

export function createRememberer(parts: {
  readonly memory: TeamsMemory;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): Rememberer {
  const { memory, log, now } = parts;
  const noted = new Map<string, number>();

  function isNews(fact: object): boolean {
    const at = noted.get(JSON.stringify(fact));
    return at === undefined || now() - at >= FRESH;
  }

  function note(fact: object): void {
    const text = JSON.stringify(fact);
    noted.delete(text);
    noted.set(text, now());
    const [oldest] = noted.keys();
    if (noted.size > KEPT && oldest !== undefined) noted.delete(oldest);
  }

  async function remember(
    hear: () => Promise<{ conversation?: KnownConversation | undefined; people: readonly KnownPerson[] }>,
  ): Promise<void> {
    try {
      const heard = await hear();
      const people = heard.people.filter(isNews);
      const conversation = heard.conversation && isNews(heard.conversation) ? heard.conversation : undefined;
      if (!conversation && people.length === 0) return;
      await memory.remember({ ...(conversation && { conversation }), people });
      for (const fact of [...people, ...(conversation ? [conversation] : [])]) note(fact);
    } catch (error) {
      log.error({ err: error }, 'What Teams told of a conversation could not be noted');
    }
  }

  return {
    activity: (activity) =>
      remember(async () => ({
        conversation: await conversationOf(memory, activity),
        people: peopleOf(activity),
      })),
    people: (people) => remember(async () => ({ people })),
    async forget(conversation) {
      noted.clear();
      await memory.forget(conversation);
    },
  };
}

/** Undefined for one that cannot be written to. */
async function conversationOf(
  memory: TeamsMemory,
  activity: TeamsActivity,
): Promise<KnownConversation | undefined> {
  const { conversation, channel, team, recipient, serviceUrl, from } = activity;
  const workspace = tenantOf(activity);
  const kind = kindOf(activity);
  const id = (kind === 'channel' && channel?.id) || withoutThread(conversation.id);
  if (!workspace || !kind || activity.eventType === 'channelDeleted') return undefined;
  const common = { id, workspace, kind, serviceUrl, botId: recipient.id };
  switch (kind) {
    case 'channel': {
      // Which group a team is, is said when the app is installed, of the team's first channel.
      const groupId = team?.aadGroupId ?? (await groupIdOf(memory, [id, team?.id]));
      const name = channel?.name ?? conversation.name;
      return { ...common, ...(name && { name }), ...(groupId && { groupId }) };
    }
    case 'group':
      return { ...common, ...(conversation.name && { name: conversation.name }) };
    case 'direct': {
      const person = [from, ...(activity.membersAdded ?? [])].find((one) => personId(one) !== undefined);
      const known = person && personId(person);
      return { ...common, ...(known && { personId: known }), ...(person?.name && { name: person.name }) };
    }
  }
}

async function groupIdOf(
  memory: TeamsMemory,
  ids: readonly (string | undefined)[],
): Promise<string | undefined> {
  for (const id of ids) {
    const groupId = id === undefined ? undefined : (await memory.conversation(id))?.groupId;
    if (groupId) return groupId;
  }
  return undefined;
}

/** The sender and who was added, where Teams says who they are; a mention is only what somebody wrote. */
function peopleOf(activity: TeamsActivity): KnownPerson[] {
  const workspace = tenantOf(activity);
  if (!workspace) return [];
  const accounts = [activity.from, ...(activity.membersAdded ?? []).slice(0, MOST_PEOPLE)];
  const conversation = withoutThread(activity.conversation.id);
  const people = accounts.flatMap((account): KnownPerson[] => {
    const id = personId(account);
    if (id === undefined) return [];
    return [{ id, workspace, userId: account.id, ...(account.name && { name: account.name }), conversation }];
  });
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** Undefined for bots and for people Teams does not name. */
function personId({
  id,
  aadObjectId,
}: {
  readonly id: string;
  readonly aadObjectId?: string;
}): string | undefined {
  const person = aadObjectId?.toLowerCase();
  return person && isSafeId(person) && !id.startsWith('28:') ? person : undefined;
}

function kindOf({ conversation, team, channel }: TeamsActivity): KnownConversation['kind'] | undefined {
  switch (conversation.conversationType) {
    case 'personal':
      return 'direct';
    case 'groupChat':
      return 'group';
    case 'channel':
      return 'channel';
    default:
      return team || channel ? 'channel' : undefined;
  }
}

function withoutThread(id: string): string {
  return id.split(';messageid=')[0] ?? id;
}
