/** What people write to the bot or choose from a message's menu → requests. Undefined: nothing to answer. */
import type { MessageShortcut as SlackShortcut } from '@slack/bolt';
import type { AppHomeOpenedEvent, AppMentionEvent } from '@slack/types';
import { type ChosenMessage, MESSAGE_SHORTCUTS } from '../types.ts';
import type { Request } from './answer.ts';
import { plainMessage } from './plain-message.ts';
import { personOf } from './requests.ts';
import { SHORTCUT_PREFIX } from './scopes.ts';

/** The envelope Slack puts around every event. */
export interface Envelope {
  readonly team_id?: string;
  readonly event_id?: string;
  readonly authorizations?: readonly { readonly user_id?: string; readonly is_bot?: boolean }[] | undefined;
}

/** Who we are in the workspace. */
export interface Self {
  readonly userId: string;
  readonly botId: string;
}

/** The fields of `message.im` we look at; Slack's union of message subtypes has them all. */
export interface DirectMessage {
  readonly channel: string;
  readonly channel_type?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly subtype?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly blocks?: unknown;
}

/** Answers to a mention go into its thread. */
export function mentionRequest(event: AppMentionEvent, envelope: Envelope): Request | undefined {
  // Direct messages that name the bot arrive as messages too; a changed message was answered when it was new.
  if (!event.user || event.bot_id || event.edited || event.channel.startsWith('D')) return undefined;
  const channel = { platform: 'slack', channel: event.channel, ...workspaceOf(envelope) };
  const thread = event.thread_ts;
  return {
    interaction: {
      kind: 'sentence',
      text: plainMessage(event, ownId(envelope) ?? firstMention(event.text)),
      actor: personOf({ id: event.user }, envelope.team_id),
      conversation: { ...channel, thread: thread ?? event.ts },
    },
    user: event.user,
    // Slack shows a private message in a thread only where the thread already has a reply.
    privately: { ...channel, ...(thread ? { thread } : {}) },
    ownMessage: false,
  };
}

/** Only what a person newly wrote, in words; not edits, joins, our own messages or those of other apps. */
export function directMessageRequest(event: DirectMessage, envelope: Envelope): Request | undefined {
  const { user } = event;
  if (event.channel_type !== 'im' || event.bot_id || !user || user === ownId(envelope)) return undefined;
  if (event.subtype && !['file_share', 'thread_broadcast'].includes(event.subtype)) return undefined;
  const text = plainMessage(event, ownId(envelope));
  if (!text) return undefined;
  const conversation = {
    platform: 'slack',
    channel: event.channel,
    ...workspaceOf(envelope),
    ...(event.thread_ts ? { thread: event.thread_ts } : {}),
  };
  return {
    interaction: {
      kind: 'sentence',
      text,
      actor: personOf({ id: user }, envelope.team_id),
      conversation,
    },
    user,
    privately: conversation,
    ownMessage: false,
  };
}

export function homeRequest(event: AppHomeOpenedEvent, envelope: Envelope): Request | undefined {
  if (event.tab !== undefined && event.tab !== 'home') return undefined;
  const conversation = { platform: 'slack', channel: event.channel, ...workspaceOf(envelope) };
  return {
    interaction: { kind: 'home', actor: personOf({ id: event.user }, envelope.team_id), conversation },
    user: event.user,
    privately: conversation,
    ownMessage: false,
  };
}

/** `self` tells our own messages from those of people. Public answers go into the thread of the chosen message. */
export function shortcutRequest(body: SlackShortcut, self: Self | undefined): Request | undefined {
  const shortcut = MESSAGE_SHORTCUTS.find((name) => `${SHORTCUT_PREFIX}${name}` === body.callback_id);
  if (!shortcut) return undefined;
  const { message } = body;
  const workspace = body.team?.id ?? body.user.team_id;
  const channel = {
    platform: 'slack',
    channel: body.channel.id,
    ...(workspace ? { workspace } : {}),
  };
  const thread: unknown = message.thread_ts;
  const inThread = typeof thread === 'string' && thread ? { thread } : {};
  return {
    interaction: {
      kind: 'shortcut',
      shortcut,
      message: chosenMessage(body, self),
      actor: personOf(body.user, workspace),
      conversation: { ...channel, thread: message.ts, ...inThread },
    },
    user: body.user.id,
    privately: { ...channel, ...inThread },
    responseUrl: body.response_url,
    trigger: body.trigger_id,
    ownMessage: false,
  };
}

function chosenMessage({ message }: SlackShortcut, self: Self | undefined): ChosenMessage {
  const ours =
    self !== undefined &&
    (message.user === self.userId || (self.botId !== '' && message.bot_id === self.botId));
  const name: unknown = message.username ?? message.bot_profile?.name;
  return {
    id: message.ts,
    text: plainMessage(message, self?.userId),
    ...(!ours && message.user ? { author: message.user } : {}),
    ...(!ours && typeof name === 'string' && name ? { authorName: name } : {}),
  };
}

function workspaceOf({ team_id }: Envelope): { workspace?: string } {
  return team_id ? { workspace: team_id } : {};
}

function ownId({ authorizations }: Envelope): string | undefined {
  return authorizations?.find(({ is_bot }) => is_bot)?.user_id;
}

/** Without an authorisation in the envelope: whoever is named first is most likely us. */
function firstMention(text: string | undefined): string | undefined {
  return /<@([A-Z0-9]+)/.exec(text ?? '')?.[1];
}
