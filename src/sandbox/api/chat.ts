/** chat.*: post, change and delete messages. */
import { readContent } from '../content.ts';
import {
  addMessage,
  changeMessage,
  findMessage,
  messageObject,
  removeMessage,
  repliesTo,
  requireMessage,
} from '../messages.ts';
import { findPerson, requireChannel } from '../people.ts';
import { takePostingSlot } from '../rate-limit.ts';
import { Refusal } from '../refusal.ts';
import type { Channel, Message, WorkspaceState } from '../state.ts';
import { readMetadata } from '../validate/metadata.ts';
import { type Arguments, flagArgument, type Method, textArgument } from './method.ts';

export const postMessage: Method = {
  scope: 'chat:write',
  needs: ['channel'],
  run(state, args) {
    const channel = requireWritable(state, textArgument(args, 'channel'));
    const { text, blocks } = readContent(state, args);
    const threadTs = threadOf(state, channel, args);
    const metadata = readMetadata(args);
    takePostingSlot(state, channel.id);
    const message = addMessage(state, {
      channel,
      user: state.seed.botUserId,
      text: text ?? '',
      ...(blocks ? { blocks } : {}),
      ...(threadTs ? { threadTs } : {}),
      broadcast: flagArgument(args, 'reply_broadcast'),
      metadata,
    });
    const shown = messageObject(state, message, { metadata: 'all' });
    return { channel: channel.id, ts: message.ts, message: shown };
  },
};

export const postEphemeral: Method = {
  scope: 'chat:write',
  needs: ['channel', 'user'],
  run(state, args) {
    const channel = requireWritable(state, textArgument(args, 'channel'));
    const user = textArgument(args, 'user');
    if (!findPerson(state, user)) throw new Refusal('user_not_found');
    if (!channel.memberIds.includes(user)) throw new Refusal('user_not_in_channel');
    const { text, blocks } = readContent(state, args);
    const threadTs = threadOf(state, channel, args);
    const message = addMessage(state, {
      channel,
      user: state.seed.botUserId,
      text: text ?? '',
      ...(blocks ? { blocks } : {}),
      ...(threadTs ? { threadTs } : {}),
      onlyFor: user,
    });
    return { message_ts: message.ts };
  },
};

export const update: Method = {
  scope: 'chat:write',
  needs: ['channel', 'ts'],
  run(state, args) {
    const message = requireOwn(state, args, 'cant_update_message');
    const { text, blocks } = readContent(state, args);
    const metadata = readMetadata(args);
    changeMessage(state, message, {
      ...(text === undefined ? {} : { text }),
      ...(blocks ? { blocks } : {}),
      metadata,
    });
    return {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: messageObject(state, message),
    };
  },
};

export const remove: Method = {
  scope: 'chat:write',
  needs: ['channel', 'ts'],
  run(state, args) {
    const message = requireOwn(state, args, 'cant_delete_message');
    if (repliesTo(state, message).length > 0) {
      // Slack keeps the place of a deleted parent, so that its thread stays reachable.
      changeMessage(state, message, { text: 'This message was deleted.', blocks: [], fileIds: [] });
    } else {
      removeMessage(state, message);
    }
    return { channel: message.channel, ts: message.ts };
  },
};

export const getPermalink: Method = {
  needs: ['channel', 'message_ts'],
  run(state, args) {
    const channel = requireChannel(state, textArgument(args, 'channel'));
    const message = requireMessage(state, channel.id, textArgument(args, 'message_ts'));
    const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
    const permalink = `${state.baseUrl()}/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink };
  },
};

/** A channel the app may post in. */
export function requireWritable(state: WorkspaceState, reference: string): Channel {
  const channel = requireChannel(state, reference);
  if (channel.memberIds.includes(state.seed.botUserId)) return channel;
  // Private channels do not exist for those who are not in them.
  if (channel.kind !== 'channel') throw new Refusal('channel_not_found');
  if (state.scopes.includes('chat:write.public')) return channel;
  throw new Refusal('not_in_channel');
}

export function threadOf(state: WorkspaceState, channel: Channel, args: Arguments): string | undefined {
  const ts = textArgument(args, 'thread_ts');
  if (!ts) return undefined;
  const parent = findMessage(state, channel.id, ts);
  if (!parent || parent.onlyFor) throw new Refusal('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

function requireOwn(state: WorkspaceState, args: Arguments, otherwise: string): Message {
  const channel = requireChannel(state, textArgument(args, 'channel'));
  const message = requireMessage(state, channel.id, textArgument(args, 'ts'));
  if (message.user !== state.seed.botUserId) throw new Refusal(otherwise);
  return message;
}
