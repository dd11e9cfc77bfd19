/** Who people are in Teams now: members or guests of which organisation, and their e-mail. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { remember } from '../remember.ts';
import type { Directory, DirectoryPerson } from '../types.ts';
import { isPersonId } from './addresses.ts';
import { createApi, type TeamsApi, type Wait } from './api.ts';
import { createBotFramework } from './bot-framework.ts';
import type { TeamsConfig } from './config.ts';
import { isClosedToBot } from './refusal-words.ts';
import type { KnownConversation, TeamsAddress, TeamsMember, TeamsMemory } from './types.ts';

/** Milliseconds an answer is good for; somebody removed is shut out after so long at the latest. */
const PERSON_FOR = 60_000;
const MEMBERS_FOR = 5 * 60_000;
/** Whoever clicks next is not made to wait for a Teams that has just not answered. */
const SILENT_FOR = 5_000;
const PEOPLE_KEPT = 5_000;
/** Somebody waits for the answer to a click: longer waits than this, in milliseconds, are not waited for. */
const PATIENCE = 1_500;

export interface TeamsDirectoryDeps {
  readonly memory: TeamsMemory;
  readonly log: Logger;
  /** Milliseconds since 1970, a pause, and randomness in [0, 1); the real ones unless a test says otherwise. */
  readonly now?: () => number;
  readonly wait?: Wait;
  readonly random?: () => number;
}

/** A directory with a connection of its own, for threads that receive nothing. Calls nothing until it is used. */
export function createTeamsDirectory(config: TeamsConfig, deps: TeamsDirectoryDeps): Directory {
  const { memory, log, now = Date.now, random = Math.random } = deps;
  const wait = deps.wait ?? ((milliseconds) => sleep(milliseconds));
  const framework = createBotFramework(config, { log, now, receive: async () => undefined });
  const impatient: Wait = (milliseconds) => {
    if (milliseconds > PATIENCE) return Promise.reject(tooLong());
    return wait(milliseconds);
  };
  const api = createApi({ framework, log, now, wait: impatient, random });
  return createDirectory(config, { api, memory, now });
}

/** What is asked is remembered: people for a minute, members for five. Throws UPSTREAM when Teams does not answer. */
export function createDirectory(
  { tenants, tenantId }: Pick<TeamsConfig, 'tenants' | 'tenantId'>,
  parts: { readonly api: TeamsApi; readonly memory: TeamsMemory; readonly now: () => number },
): Directory {
  const { api, memory, now } = parts;
  const kept = (keep: number, most: number) => ({ keep, keepFailure: SILENT_FOR, most, now });
  const home = tenantId && tenants.includes(tenantId) ? tenantId : tenants[0];
  const toPerson = (member: TeamsMember) => personOf(member, { tenants, home });

  /** Whoever has left the conversation they were seen in may still be in another one. */
  async function findPerson(id: string): Promise<DirectoryPerson | undefined> {
    const seen = await memory.person(id);
    const member = await askIn(
      [
        () => (seen ? memory.conversation(seen.conversation) : undefined),
        () => memory.directWith(id),
        () => memory.anyOf(seen?.workspace),
      ],
      (address) => askAbout(address, id, seen?.userId),
    );
    return member && toPerson(member);
  }

  /** Whoever answers to the name that was noted must be who was asked for: no right may hang on a name. */
  async function askAbout(address: TeamsAddress, id: string, userId = id): Promise<TeamsMember | undefined> {
    const named = await api.member(address, userId);
    if (!named || named.id === id) return named;
    const asked = userId === id ? undefined : await api.member(address, id);
    return asked?.id === id ? asked : undefined;
  }

  async function findByEmail(email: string): Promise<DirectoryPerson | undefined> {
    const any = () => memory.anyOf();
    // Teams takes a sign-in name in the place of an id; that is mostly, but not always, the e-mail.
    const named = await askIn([any], (address) => api.member(address, email));
    if (named) return knownByEmail(named);
    const listed = await askIn([any], async ({ conversationId }) =>
      (await members(conversationId)).find((one) => one.email?.toLowerCase() === email),
    );
    return listed && knownByEmail(listed);
  }

  function knownByEmail(member: TeamsMember): DirectoryPerson | undefined {
    const found = toPerson(member);
    return tenants.length > 1 && found?.email === undefined ? undefined : found;
  }

  /** The first answer there is. Undefined when every conversation says no; throws when none says anything. */
  async function askIn(
    places: readonly (() => Promise<KnownConversation | undefined> | undefined)[],
    ask: (address: TeamsAddress) => Promise<TeamsMember | undefined>,
  ): Promise<TeamsMember | undefined> {
    const asked = new Set<string>();
    let closed: unknown;
    let heard = false;
    for (const place of places) {
      const conversation = await place();
      if (!conversation || asked.has(conversation.id)) continue;
      asked.add(conversation.id);
      try {
        const member = await ask(addressOf(conversation));
        if (member) return member;
        heard = true;
      } catch (error) {
        if (!isClosedToBot(error)) throw error;
        closed = error;
      }
    }
    if (closed !== undefined && !heard) throw closed;
    return undefined;
  }

  const person = remember(findPerson, kept(PERSON_FOR, PEOPLE_KEPT));
  const byEmail = remember(findByEmail, kept(PERSON_FOR, PEOPLE_KEPT));
  const members = remember(
    async (id: string) => {
      const conversation = await memory.conversation(id);
      return conversation ? api.members(addressOf(conversation)) : [];
    },
    kept(MEMBERS_FOR, 20),
  );
  const ours = tenants.length === 1 ? tenants[0] : tenants.length === 0 ? tenantId : undefined;

  return {
    // Where several organisations are served there is no one that is ours; whoever is of none is not known.
    ...(ours === undefined ? {} : { workspace: async () => ours }),
    person: async (id) => (isPersonId(id) ? person(id.toLowerCase()) : undefined),
    personByEmail: (email) => byEmail(email.toLowerCase()),
    // Teams has no user groups that a bot could ask for; those of other platforms count by e-mail.
    groupMembers: async () => undefined,
  };
}

/**
 * Undefined for somebody who is nobody here: without an id, or where several organisations are served, of none of them.
 * An e-mail is what an organisation's administrators write, so that of another one than the bot's own says nothing of
 * who somebody is in ours: its people are known by the ids in pennywatch.yaml.
 */
function personOf(
  member: TeamsMember,
  { tenants, home }: { readonly tenants: readonly string[]; readonly home: string | undefined },
): DirectoryPerson | undefined {
  const { id, userId, name, email, tenantId, role } = member;
  if (!id) return undefined;
  const workspace = tenantId?.toLowerCase();
  if (tenants.length > 1 && workspace && !tenants.includes(workspace)) return undefined;
  const known = email && (tenants.length <= 1 || workspace === home);
  return {
    id: id.toLowerCase(),
    name: name || email || id,
    ...(known && { email }),
    active: true,
    kind: kindOf(userId, role),
    ...(workspace && tenants.length <= 1 && { workspace }),
  };
}

function kindOf(userId: string, role: string | undefined): DirectoryPerson['kind'] {
  if (userId.startsWith('28:')) return 'bot';
  return role === undefined || role === '' || role.toLowerCase() === 'user' ? 'member' : 'guest';
}

function addressOf({ id, serviceUrl, workspace }: KnownConversation): TeamsAddress {
  return { serviceUrl, tenantId: workspace, conversationId: id };
}

function tooLong(): AppError {
  return new AppError('UPSTREAM', 'Teams is limiting how often Pennywatch may ask who somebody is.', {
    hint: 'Try again in a minute.',
  });
}
