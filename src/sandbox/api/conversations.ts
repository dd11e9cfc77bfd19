/** conversations.*: channels, their members and their messages. */
import { messageObject, messagesOf, repliesTo, requireMessage } from '../messages.ts';
import { channelObject, joinChannel, openDirect, requireChannel } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { Channel, Message, WorkspaceState } from '../state.ts';
import { type Arguments, flagArgument, type Method, paginate, textArgument } from './method.ts';

export const list: Method = {
  scope: 'channels:read',
  run(state, args) {
    const types = (textArgument(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
    const wanted = [...state.channels.values()].filter(
      (channel) => isKnownToApp(state, channel) && types.includes(apiType(channel)),
    );
    const { items, response_metadata } = paginate(wanted, args, 100);
    return { channels: items.map((channel) => channelObject(state, channel)), response_metadata };
  },
};

export const info: Method = {
  scope: 'channels:read',
  needs: ['channel'],
  run(state, args) {
    return { channel: channelObject(state, requireKnown(state, textArgument(args, 'channel'))) };
  },
};

export const members: Method = {
  scope: 'channels:read',
  needs: ['channel'],
  run(state, args) {
    const channel = requireKnown(state, textArgument(args, 'channel'));
    const { items, response_metadata } = paginate(channel.memberIds, args, 100);
    return { members: items, response_metadata };
  },
};

export const join: Method = {
  scope: 'channels:join',
  needs: ['channel'],
  run(state, args) {
    const channel = requireKnown(state, textArgument(args, 'channel'));
    if (channel.kind !== 'channel') throw new Refusal('method_not_supported_for_channel_type');
    const already = channel.memberIds.includes(state.seed.botUserId);
    joinChannel(state, channel, state.seed.botUserId);
    return { channel: channelObject(state, channel), ...(already ? { warning: 'already_in_channel' } : {}) };
  },
};

export const open: Method = {
  scope: 'im:write',
  run(state, args) {
    const known = textArgument(args, 'channel');
    if (known) return { channel: channelObject(state, requireKnown(state, known)) };
    const people = textArgument(args, 'users').split(',').filter(Boolean);
    if (people.length === 0) throw new Refusal('users_list_not_supplied');
    return { channel: channelObject(state, openDirect(state, people)) };
  },
};

export const history: Method = {
  needs: ['channel'],
  run(state, args) {
    const channel = requireReadable(state, textArgument(args, 'channel'));
    const roots = messagesOf(state, channel.id)
      .filter(({ onlyFor, threadTs, broadcast }) => !onlyFor && (!threadTs || broadcast))
      .filter(inRange(args))
      .reverse();
    return onePage(state, args, roots, 100);
  },
};

export const replies: Method = {
  needs: ['channel', 'ts'],
  run(state, args) {
    const channel = requireReadable(state, textArgument(args, 'channel'));
    const parent = findThread(state, channel, textArgument(args, 'ts'));
    const later = repliesTo(state, parent).filter(inRange(args));
    return onePage(state, args, [parent, ...later], 1000);
  },
};

/** Of a message's metadata Slack tells the name only, unless it is asked for all of it. */
function onePage(
  state: WorkspaceState,
  args: Arguments,
  messages: readonly Message[],
  limit: number,
): Record<string, unknown> {
  const { items, response_metadata } = paginate(messages, args, limit);
  const metadata = flagArgument(args, 'include_all_metadata') ? 'all' : 'name';
  return {
    messages: items.map((message) => messageObject(state, message, { metadata })),
    has_more: response_metadata.next_cursor !== '',
    response_metadata,
  };
}

/** After `oldest` and before `latest`; those two themselves only when `inclusive`. */
function inRange(args: Arguments): (message: Message) => boolean {
  const [oldest, latest] = [textArgument(args, 'oldest'), textArgument(args, 'latest')].map(Number);
  const inclusive = flagArgument(args, 'inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    if (inclusive && (at === oldest || at === latest)) return true;
    return (!oldest || at > oldest) && (!latest || at < latest);
  };
}

function findThread(state: WorkspaceState, channel: Channel, ts: string) {
  try {
    return requireMessage(state, channel.id, ts);
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('thread_not_found') : error;
  }
}

function apiType({ kind }: Channel): string {
  if (kind === 'direct') return 'im';
  return kind === 'private' ? 'private_channel' : 'public_channel';
}

function isKnownToApp(state: WorkspaceState, channel: Channel): boolean {
  return channel.kind === 'channel' || channel.memberIds.includes(state.seed.botUserId);
}

function requireKnown(state: WorkspaceState, reference: string): Channel {
  const channel = requireChannel(state, reference);
  if (!isKnownToApp(state, channel)) throw new Refusal('channel_not_found');
  return channel;
}

const HISTORY_SCOPES = {
  channel: 'channels:history',
  private: 'groups:history',
  direct: 'im:history',
} as const satisfies Record<Channel['kind'], string>;

/** Reading messages takes the scope of the channel's kind, and membership, also in public channels. */
function requireReadable(state: WorkspaceState, reference: string): Channel {
  const channel = requireKnown(state, reference);
  const needed = HISTORY_SCOPES[channel.kind];
  if (!state.scopes.includes(needed))
    throw new Refusal('missing_scope', { extra: { needed, provided: state.scopes.join(',') } });
  if (!channel.memberIds.includes(state.seed.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}
