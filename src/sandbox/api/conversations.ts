/** conversations.*: channels, their members and their messages. */
import { messageObject, messagesOf, repliesTo, requireMessage } from '../messages.ts';
import { channelObject, joinChannel, openDirect, requireChannel } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { Channel, WorkspaceState } from '../state.ts';
import { type Method, paginate, textArgument } from './method.ts';

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
  scope: 'channels:history',
  needs: ['channel'],
  run(state, args) {
    const channel = requireReadable(state, textArgument(args, 'channel'));
    const roots = messagesOf(state, channel.id)
      .filter(({ onlyFor, threadTs, broadcast }) => !onlyFor && (!threadTs || broadcast))
      .reverse();
    const { items, response_metadata } = paginate(roots, args, 100);
    return {
      messages: items.map((message) => messageObject(state, message)),
      has_more: response_metadata.next_cursor !== '',
      response_metadata,
    };
  },
};

export const replies: Method = {
  scope: 'channels:history',
  needs: ['channel', 'ts'],
  run(state, args) {
    const channel = requireReadable(state, textArgument(args, 'channel'));
    const parent = findThread(state, channel, textArgument(args, 'ts'));
    const { items, response_metadata } = paginate([parent, ...repliesTo(state, parent)], args, 1000);
    return {
      messages: items.map((message) => messageObject(state, message)),
      has_more: response_metadata.next_cursor !== '',
      response_metadata,
    };
  },
};

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

/** Reading messages takes membership, also in public channels. */
function requireReadable(state: WorkspaceState, reference: string): Channel {
  const channel = requireKnown(state, reference);
  if (!channel.memberIds.includes(state.seed.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}
