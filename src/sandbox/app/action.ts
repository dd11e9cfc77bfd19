/** A click or a choice in a message, a modal or the app's home. */
import { findMessage, messageObject } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { newResponseUrl } from '../response-urls.ts';
import type { Message, WorkspaceState } from '../state.ts';
import { newTrigger } from '../triggers.ts';
import { findView, viewObject } from '../views.ts';
import type { ActionRequest } from '../wire.ts';
import { payloadBase } from './payload.ts';
import { type Ack, type AppLink, sendPayload } from './send.ts';

/** Refuses when the message or view is gone or not visible to that person. */
export function runAction(state: WorkspaceState, link: AppLink, request: ActionRequest): Promise<Ack> {
  return sendPayload(link, {
    ...payloadBase(state, 'block_actions', request.person),
    ...(request.viewId ? inView(state, request, request.viewId) : inMessage(state, request)),
    actions: [
      {
        ...request.action,
        action_id: request.actionId,
        block_id: request.blockId,
        action_ts: state.ids.ts(),
      },
    ],
  });
}

function inView(state: WorkspaceState, request: ActionRequest, viewId: string): Record<string, unknown> {
  const view = findView(state, { id: viewId });
  if (!view || view.person !== request.person) throw new Refusal('not_found');
  return {
    container: { type: 'view', view_id: view.id },
    trigger_id: newTrigger(state, request.person, view.id),
    view: viewObject(state, view, request.values),
  };
}

function inMessage(state: WorkspaceState, request: ActionRequest): Record<string, unknown> {
  const channel = state.channels.get(request.channel ?? '');
  const message = channel && findMessage(state, channel.id, request.ts ?? '');
  if (!channel || !message || !isVisible(message, request.person)) throw new Refusal('message_not_found');
  const ephemeral = message.onlyFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    trigger_id: newTrigger(state, request.person),
    channel: { id: channel.id, name: channel.kind === 'direct' ? 'directmessage' : channel.name },
    // Slack does not give an ephemeral message back.
    ...(ephemeral ? {} : { message: messageObject(state, message) }),
    state: { values: request.values },
    response_url: newResponseUrl(state, { person: request.person, channel: channel.id, source: message }),
  };
}

function isVisible(message: Message, person: string): boolean {
  return !message.onlyFor || message.onlyFor === person;
}
