/** The Events API: what happened, told to the app in an envelope, and again while it is not acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { appId } from '../people.ts';
import type { WorkspaceState } from '../state.ts';
import { VERIFICATION_TOKEN } from './payload.ts';
import { type Ack, type AppLink, postToApp } from './send.ts';

/** Slack's own: almost at once, after one minute, after five. */
export const RETRY_MS: readonly number[] = [100, 60_000, 300_000];

export interface EventSender {
  /** Sends without making anybody wait, if the app has subscribed to it. */
  send(event: Readonly<Record<string, unknown>>): void;
  /** Gives up what is still to be sent again. */
  stop(): void;
}

export function createEventSender(
  state: WorkspaceState,
  link: AppLink,
  retryMs: readonly number[] = RETRY_MS,
): EventSender {
  const stopping = new AbortController();

  async function deliver(event: Readonly<Record<string, unknown>>): Promise<void> {
    const body = JSON.stringify(envelope(state, event));
    let ack = await postToApp(link, body, JSON_HEADERS);
    for (const [index, pause] of retryMs.entries()) {
      if (ack.ok) return;
      await sleep(pause, undefined, { signal: stopping.signal, ref: false });
      const again = { 'x-slack-retry-num': String(index + 1), 'x-slack-retry-reason': reasonOf(ack) };
      ack = await postToApp(link, body, { ...JSON_HEADERS, ...again });
    }
    if (!ack.ok) link.log.warn({ event: event.type }, 'the app never acknowledged an event');
  }

  return {
    send(event) {
      if (!state.events.includes(subscriptionOf(event))) return;
      deliver(event).catch((error: unknown) => {
        if (!stopping.signal.aborted) link.log.error({ err: error }, 'an event could not be sent to the app');
      });
    },
    stop: () => stopping.abort(),
  };
}

const JSON_HEADERS = { 'content-type': 'application/json' };

function envelope(state: WorkspaceState, event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { teamId, botUserId } = state.seed;
  return {
    token: VERIFICATION_TOKEN,
    team_id: teamId,
    api_app_id: appId(state),
    event,
    type: 'event_callback',
    event_id: state.ids.next('Ev'),
    event_time: Math.floor(state.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: teamId,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}

/** The name an app subscribes to: messages by the kind of channel. */
function subscriptionOf({ type, channel_type }: Readonly<Record<string, unknown>>): string {
  return type === 'message' ? `message.${String(channel_type)}` : String(type);
}

function reasonOf(ack: Ack): string {
  if (ack.ok) return '';
  return ack.error === 'operation_timeout' ? 'http_timeout' : 'http_error';
}
