/** Where a conversation of ours is in Teams: which connector serves it, and under which id. */
import { AppError } from '../../core/errors.ts';
import type { Conversation, MessageRef } from '../types.ts';
import type { TeamsApi } from './api.ts';
import type { KnownConversation, TeamsAddress, TeamsMemory } from './types.ts';

/** Somewhere to write to. */
export interface Place {
  readonly kind: KnownConversation['kind'];
  /** Of the channel or chat itself. */
  readonly channel: string;
  /** Root message, where something is to be a reply in a channel. */
  readonly thread?: string;
  /** Of the channel or chat, or of the thread in it. */
  readonly address: TeamsAddress;
  /** What Teams told of it; absent for one we only have the id of. */
  readonly known?: KnownConversation;
}

export interface Addresses {
  /** Opens the chat with a person if there is none yet. Throws CONFIG for what Teams never told us of, and UPSTREAM. */
  placeOf(target: Conversation): Promise<Place>;
  /** Where a message of ours is. Throws CONFIG for what Teams never told us of. */
  placeOfMessage(ref: MessageRef): Promise<Place>;
}

export function createAddresses({
  api,
  memory,
}: {
  readonly api: Pick<TeamsApi, 'openDirect'>;
  readonly memory: TeamsMemory;
}): Addresses {
  async function find(channel: string, workspace?: string): Promise<KnownConversation & { heard: boolean }> {
    const known = await memory.conversation(channel);
    if (known) return { ...known, heard: true };
    // The connector that serves one conversation of an organisation serves the others too.
    const other = await memory.anyOf(workspace);
    if (!other || !isTeamsId(channel)) throw unknownPlace(channel);
    const { serviceUrl, botId, workspace: tenant } = other;
    return { id: channel, workspace: tenant, kind: kindOf(channel), serviceUrl, botId, heard: false };
  }

  async function placed(channel: string, thread?: string, workspace?: string): Promise<Place> {
    const { heard, ...found } = await find(channel, workspace);
    const { kind, serviceUrl, workspace: tenantId } = found;
    const root = kind === 'channel' ? thread : undefined;
    return {
      kind,
      channel,
      ...(root ? { thread: root } : {}),
      address: { serviceUrl, tenantId, conversationId: root ? `${channel};messageid=${root}` : channel },
      ...(heard ? { known: found } : {}),
    };
  }

  async function chatWith(person: string, workspace: string | undefined): Promise<string> {
    const known = await memory.directWith(person);
    if (known) return known.id;
    const seen = await memory.person(person);
    const other = await memory.anyOf(seen?.workspace ?? workspace);
    if (!other) throw unknownPerson();
    const { serviceUrl, workspace: tenantId, botId } = other;
    const id = await api.openDirect({ serviceUrl, tenantId }, seen?.userId ?? person);
    const opened = { id, workspace: tenantId, kind: 'direct', serviceUrl, botId, personId: person } as const;
    await memory.remember({
      conversation: { ...opened, ...(seen?.name && { name: seen.name }) },
      people: [],
    });
    return id;
  }

  return {
    async placeOf({ channel, thread, workspace }) {
      // Microsoft's local client calls chats as others call people.
      const isPerson = isPersonId(channel) && !(await memory.conversation(channel));
      return isPerson
        ? placed(await chatWith(channel.toLowerCase(), workspace), undefined, workspace)
        : placed(channel, thread, workspace);
    },
    // A rewritten message is addressed by its thread, that of a root message being its own.
    placeOfMessage: ({ channel, id, thread }) => placed(channel, thread ?? id),
  };
}

/**
 * Whether a "channel" is a person: commands and settings may name either. Microsoft's local client gives its people ids
 * that are a little too long.
 */
export function isPersonId(channel: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12,14}$/i.test(channel);
}

/** An id of Teams, and nothing that could lead elsewhere in an address. */
function isTeamsId(channel: string): boolean {
  return /^(?:19:|a:)[\w.@:+=~-]{1,300}$/.test(channel);
}

/** As ids of Teams say: channels end in "@thread.tacv2" (or skype), chats do not. */
function kindOf(channel: string): KnownConversation['kind'] {
  if (channel.startsWith('a:') || channel.endsWith('@unq.gbl.spaces')) return 'direct';
  return channel.endsWith('@thread.v2') ? 'group' : 'channel';
}

function unknownPlace(channel: string): AppError {
  return new AppError('CONFIG', `Teams has not told Pennywatch of the channel or chat ${channel}.`, {
    hint: 'Add the app to that team or chat in Teams, or write to Pennywatch there once (@Pennywatch hello); then try again.',
  });
}

function unknownPerson(): AppError {
  return new AppError(
    'CONFIG',
    'Nobody has used Pennywatch in Teams yet, so it cannot write to anybody there.',
    {
      hint: 'Install the app in Teams and write to it once (hello); then try again.',
    },
  );
}
