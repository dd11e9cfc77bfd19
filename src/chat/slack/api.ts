/** The few Slack Web API calls we make, each with bounded waiting and errors in words. Nothing else calls Slack's API. */
import type { ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { Logger } from '../../core/log.ts';
import { createSlackLog } from './bolt-log.ts';
import { retryAfterSeconds, slackDetails, slackError } from './errors.ts';
import type { SlackMessage } from './render.ts';
import type { SlackMethod } from './scopes.ts';

export interface Place {
  readonly channel: string;
  readonly thread?: string;
}

export type Wait = (milliseconds: number) => Promise<void>;

export type SlackApi = ReturnType<typeof createApi>;

/** How often a rate-limited call is tried, and the longest single wait, in seconds. */
const RATE_LIMIT_TRIES = 4;
const LONGEST_WAIT = 60;

/** Nothing in a message may turn into a link, a mention or markup that we did not write as one. */
const INERT = {
  mrkdwn: false,
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

export function createApi(options: {
  readonly token: string;
  readonly apiUrl?: string;
  readonly log: Logger;
  readonly wait: Wait;
}) {
  const client = new WebClient(options.token, {
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    logger: createSlackLog(options.log),
    // A 429 must not hold up the calls for other channels, so each waits for itself, below.
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 2, minTimeout: 200, maxTimeout: 1_000 },
    timeout: 10_000,
  });

  async function call<Result>(method: SlackMethod, run: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        const seconds = retryAfterSeconds(error);
        if (seconds === undefined || attempt >= RATE_LIMIT_TRIES || seconds > LONGEST_WAIT) {
          const details = slackDetails(error);
          if (details.length > 0) options.log.warn({ method, details }, 'Slack refused a call');
          throw slackError(error, method);
        }
        options.log.info({ method, seconds }, 'Slack asks to wait before the next call');
        await options.wait(seconds * 1_000);
      }
    }
  }

  return {
    /** Posts to everybody in a channel; resolves to where the message is. */
    async postMessage(place: Place, message: SlackMessage): Promise<{ channel: string; ts: string }> {
      const sent = await call('chat.postMessage', () =>
        client.chat.postMessage({
          ...INERT,
          channel: place.channel,
          ...(place.thread ? { thread_ts: place.thread } : {}),
          text: message.text,
          blocks: message.blocks,
        }),
      );
      return { channel: sent.channel ?? place.channel, ts: sent.ts ?? '' };
    },

    async updateMessage(channel: string, ts: string, message: SlackMessage): Promise<void> {
      await call('chat.update', () =>
        client.chat.update({
          channel,
          ts,
          text: message.text,
          blocks: message.blocks,
          parse: 'none',
          link_names: false,
        }),
      );
    },

    /** Shows a message in a channel to one person only; they must be in it, and so must the bot. */
    async postEphemeral(place: Place, user: string, message: SlackMessage): Promise<void> {
      await call('chat.postEphemeral', () =>
        client.chat.postEphemeral({
          channel: place.channel,
          ...(place.thread ? { thread_ts: place.thread } : {}),
          user,
          text: message.text,
          blocks: message.blocks,
          parse: 'none',
          link_names: false,
        }),
      );
    },

    /** The direct message channel with one person. */
    async openDirectMessage(user: string): Promise<string> {
      const opened = await call('conversations.open', () => client.conversations.open({ users: user }));
      return opened.channel?.id ?? user;
    },

    async openView(trigger: string, view: ModalView): Promise<void> {
      await call('views.open', () => client.views.open({ trigger_id: trigger, view }));
    },

    async startUpload(file: {
      filename: string;
      length: number;
      altText: string;
    }): Promise<{ id: string; url: string }> {
      const started = await call('files.getUploadURLExternal', () =>
        client.files.getUploadURLExternal({
          filename: file.filename,
          length: file.length,
          alt_text: file.altText,
        }),
      );
      return { id: started.file_id ?? '', url: started.upload_url ?? '' };
    },

    async completeUpload(id: string, title: string): Promise<void> {
      await call('files.completeUploadExternal', () =>
        client.files.completeUploadExternal({ files: [{ id, title }] }),
      );
    },

    /** Whether Slack has looked at an uploaded picture yet; only then may a message show it. */
    async isProcessed(id: string): Promise<boolean> {
      const { file } = await call('files.info', () => client.files.info({ file: id }));
      return Boolean(file?.mimetype && file.original_w);
    },

    /** Who the token belongs to and what it may do; scopes are undefined when Slack does not say. */
    async whoAmI(): Promise<{ team: string; user: string; scopes: readonly string[] | undefined }> {
      const me = await call('auth.test', () => client.auth.test());
      return { team: me.team ?? '', user: me.user ?? '', scopes: me.response_metadata?.scopes };
    },
  };
}
