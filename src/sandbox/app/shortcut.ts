/** Something chosen from a message's menu. */
import { findMessage, messageObject } from '../messages.ts';
import { canSee } from '../people.ts';
import { Refusal } from '../refusal.ts';
import { newResponseUrl } from '../response-urls.ts';
import type { WorkspaceState } from '../state.ts';
import { newTrigger } from '../triggers.ts';
import type { ShortcutRequest } from '../wire.ts';
import { payloadBase } from './payload.ts';
import { type Ack, type AppLink, sendPayload } from './send.ts';

/** Refuses unknown shortcuts, and messages that are gone or that only one person sees: those have no menu. */
export function runShortcut(state: WorkspaceState, link: AppLink, request: ShortcutRequest): Promise<Ack> {
  const { person, callbackId } = request;
  if (!state.shortcuts.some((shortcut) => shortcut.callbackId === callbackId))
    throw new Refusal('unknown_shortcut');
  const channel = state.channels.get(request.channel);
  const message = channel && findMessage(state, channel.id, request.ts);
  if (!channel || !canSee(channel, person) || !message || message.onlyFor)
    throw new Refusal('message_not_found');
  return sendPayload(link, {
    ...payloadBase(state, 'message_action', person),
    callback_id: callbackId,
    action_ts: state.ids.ts(),
    trigger_id: newTrigger(state, person),
    response_url: newResponseUrl(state, { person, channel: channel.id }),
    message_ts: message.ts,
    channel: { id: channel.id, name: channel.kind === 'direct' ? 'directmessage' : channel.name },
    message: messageObject(state, message),
  });
}
