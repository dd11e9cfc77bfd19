/** Which messages the app hears of: those that name it, and those in its direct conversations, its own among them. */
import type { Channel, Message, WorkspaceState } from './state.ts';

type Describe = () => Record<string, unknown>;

export function tellOfMessage(
  state: WorkspaceState,
  channel: Channel,
  message: Message,
  describe: Describe,
): void {
  const { botUserId } = state.seed;
  // Slack tells of no message that one person alone sees, and of none in a channel the app is not in.
  if (message.onlyFor || !channel.memberIds.includes(botUserId)) return;
  const event = { channel: channel.id, event_ts: message.ts, ...describe() };
  if (channel.kind === 'direct') state.tellApp({ ...event, type: 'message', channel_type: 'im' });
  else if (message.user !== botUserId && message.text.includes(`<@${botUserId}>`))
    state.tellApp({ ...event, type: 'app_mention' });
}

export function tellOfChange(state: WorkspaceState, message: Message, describe: Describe): void {
  if (message.onlyFor || state.channels.get(message.channel)?.kind !== 'direct') return;
  const ts = state.ids.ts();
  state.tellApp({
    type: 'message',
    subtype: 'message_changed',
    channel: message.channel,
    channel_type: 'im',
    message: describe(),
    ts,
    event_ts: ts,
  });
}
