/** What Slack sends for a command, a click and a submitted dialog, in the documented shapes. */
import type { SlackStandIn } from './slack-stand-in.ts';

export function commandPayload(slack: SlackStandIn, text: string): Record<string, unknown> {
  return {
    token: 'deprecated',
    api_app_id: 'A1',
    team_id: 'T1',
    team_domain: 'acme',
    channel_id: 'C1',
    channel_name: 'ml-search',
    user_id: 'U1',
    user_name: 'mira',
    command: '/cost',
    text,
    response_url: slack.responseUrl,
    trigger_id: `1.${Math.random()}`,
    is_enterprise_install: false,
  };
}

export function clickPayload(
  slack: SlackStandIn,
  value: string,
  options: { ephemeral?: boolean; thread?: string } = {},
): Record<string, unknown> {
  return {
    type: 'block_actions',
    enterprise: null,
    team: { id: 'T1', domain: 'acme' },
    user: { id: 'U1', username: 'mira', name: 'mira', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'deprecated',
    container: {
      type: 'message',
      message_ts: '1700000000.000100',
      channel_id: 'C1',
      is_ephemeral: options.ephemeral ?? true,
      ...(options.thread ? { thread_ts: options.thread } : {}),
    },
    trigger_id: `1.${Math.random()}`,
    channel: { id: 'C1', name: 'ml-search' },
    is_enterprise_install: false,
    response_url: slack.responseUrl,
    actions: [
      {
        type: 'button',
        action_id: 'button:3.0',
        block_id: 'b1',
        value,
        text: { type: 'plain_text', text: 'By service' },
        action_ts: '1',
      },
    ],
  };
}

export function submitPayload(metadata: string, values: Record<string, unknown>): Record<string, unknown> {
  return {
    type: 'view_submission',
    enterprise: null,
    team: { id: 'T1', domain: 'acme' },
    user: { id: 'U1', username: 'mira', name: 'mira', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'deprecated',
    trigger_id: `1.${Math.random()}`,
    view: {
      id: 'V1',
      team_id: 'T1',
      type: 'modal',
      private_metadata: metadata,
      callback_id: 'form',
      state: { values },
      hash: '1.abc',
      title: { type: 'plain_text', text: 'Compare', emoji: false },
    },
    response_urls: [],
    is_enterprise_install: false,
  };
}
