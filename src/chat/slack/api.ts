/** The few Slack Web API calls we make, each with bounded waiting and errors in words. Nothing else calls Slack's API. */
import type { HomeView, ModalView } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { Logger } from '../../core/log.ts';
import { createSlackLog } from './bolt-log.ts';
import { slackDetails, slackError } from './errors.ts';
import { createLimiter, type Turn, type Urgency, type Wait } from './limiter.ts';
import { keyMetadata, type PostPage, readPosts } from './metadata.ts';
import type { SlackMessage } from './render.ts';
import type { SlackMethod } from './scopes.ts';

export type { Wait } from './limiter.ts';

export interface Place {
  readonly channel: string;
  readonly thread?: string;
}

export type SlackApi = ReturnType<typeof createApi>;

/** Nothing in a message may turn into a link, a mention or markup that we did not write as one. */
const INERT = {
  mrkdwn: false,
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

/** Messages of one page of a channel's history; Slack recommends no more. */
const PAGE = 200;

export function createApi(options: {
  readonly token: string;
  readonly apiUrl?: string;
  readonly log: Logger;
  readonly wait: Wait;
  readonly now: () => number;
  /** Milliseconds a call may take, and how often it is tried again when Slack cannot be reached; 10 s and twice unless told. */
  readonly timeout?: number;
  readonly retries?: number;
}) {
  const limiter = createLimiter(options.wait, options.now);
  const clients = {
    patient: newClient({ retries: options.retries ?? 2, minTimeout: 200, maxTimeout: 1_000 }),
    // A message whose answer was lost may stand in the channel: trying again blindly would post it twice.
    once: newClient({ retries: 0 }),
  };

  function newClient(retryConfig: { retries: number; minTimeout?: number; maxTimeout?: number }): WebClient {
    return new WebClient(options.token, {
      ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
      logger: createSlackLog(options.log),
      // A 429 must not hold up the calls for other channels: the limiter waits, channel by channel.
      rejectRateLimitedCalls: true,
      retryConfig,
      timeout: options.timeout ?? 10_000,
    });
  }

  async function call<Result>(
    method: SlackMethod,
    run: (client: WebClient) => Promise<Result>,
    turn: Turn = { lane: method, urgency: 'person' },
  ): Promise<Result> {
    const client = method === 'chat.postMessage' ? clients.once : clients.patient;
    try {
      return await limiter.run(turn, () => run(client));
    } catch (error) {
      const details = slackDetails(error);
      if (details.length > 0) options.log.warn({ method, details }, 'Slack refused a call');
      throw slackError(error, method);
    }
  }

  return {
    /** Posts to everybody in a channel, with an unseen key if there is one; resolves to where the message is. */
    async postMessage(
      place: Place,
      message: SlackMessage,
      { urgency, key }: { readonly urgency: Urgency; readonly key?: string },
    ): Promise<{ channel: string; ts: string }> {
      const sent = await call(
        'chat.postMessage',
        (client) =>
          client.chat.postMessage({
            ...INERT,
            channel: place.channel,
            ...(place.thread ? { thread_ts: place.thread } : {}),
            ...(key ? { metadata: keyMetadata(key) } : {}),
            text: message.text,
            blocks: message.blocks,
          }),
        posting(place.channel, urgency),
      );
      return { channel: sent.channel ?? place.channel, ts: sent.ts ?? '' };
    },

    async updateMessage(channel: string, ts: string, message: SlackMessage, urgency: Urgency): Promise<void> {
      await call(
        'chat.update',
        (client) =>
          client.chat.update({
            channel,
            ts,
            text: message.text,
            blocks: message.blocks,
            parse: 'none',
            link_names: false,
          }),
        posting(channel, urgency),
      );
    },

    /** Shows a message in a channel to one person only; they must be in it, and so must the bot. */
    async postEphemeral(place: Place, user: string, message: SlackMessage): Promise<void> {
      await call(
        'chat.postEphemeral',
        (client) =>
          client.chat.postEphemeral({
            channel: place.channel,
            ...(place.thread ? { thread_ts: place.thread } : {}),
            user,
            text: message.text,
            blocks: message.blocks,
            parse: 'none',
            link_names: false,
          }),
        // A lane of their own: Slack counts these apart, so they need not wait out a 429 of the channel's posts.
        { lane: `${place.channel} privately`, channel: place.channel, urgency: 'person' },
      );
    },

    /** One page of what was posted in a channel (newest first) or thread since `oldest` (seconds), with our keys. */
    async readPosts(
      place: Place,
      { oldest, cursor }: { readonly oldest: string; readonly cursor?: string },
    ): Promise<PostPage> {
      const range = {
        channel: place.channel,
        oldest,
        inclusive: true,
        limit: PAGE,
        include_all_metadata: true,
        ...(cursor ? { cursor } : {}),
      };
      const { thread } = place;
      return readPosts(
        thread
          ? await call('conversations.replies', (client) =>
              client.conversations.replies({ ...range, ts: thread }),
            )
          : await call('conversations.history', (client) => client.conversations.history(range)),
      );
    },

    /** Enters a public channel, which is needed to read what is in it. */
    async joinChannel(channel: string): Promise<void> {
      await call('conversations.join', (client) => client.conversations.join({ channel }));
    },

    /** The direct message channel with one person. */
    async openDirectMessage(user: string): Promise<string> {
      const opened = await call('conversations.open', (client) => client.conversations.open({ users: user }));
      return opened.channel?.id ?? user;
    },

    /** Opens a dialog, on top of another one if it was asked for in it; resolves to its id. */
    async openView(trigger: string, view: ModalView, onTop = false): Promise<string> {
      const opened = onTop
        ? await call('views.push', (client) => client.views.push({ trigger_id: trigger, view }))
        : await call('views.open', (client) => client.views.open({ trigger_id: trigger, view }));
      return opened.view?.id ?? '';
    },

    async updateView(id: string, view: ModalView): Promise<void> {
      await call('views.update', (client) => client.views.update({ view_id: id, view }));
    },

    /** What one person sees on the app's home. */
    async publishHome(user: string, view: HomeView): Promise<void> {
      await call('views.publish', (client) => client.views.publish({ user_id: user, view }));
    },

    async startUpload(file: {
      filename: string;
      length: number;
      altText: string;
    }): Promise<{ id: string; url: string }> {
      const started = await call('files.getUploadURLExternal', (client) =>
        client.files.getUploadURLExternal({
          filename: file.filename,
          length: file.length,
          alt_text: file.altText,
        }),
      );
      return { id: started.file_id ?? '', url: started.upload_url ?? '' };
    },

    async completeUpload(id: string, title: string): Promise<void> {
      await call('files.completeUploadExternal', (client) =>
        client.files.completeUploadExternal({ files: [{ id, title }] }),
      );
    },

    /** Whether Slack has looked at an uploaded picture yet; only then may a message show it. */
    async isProcessed(id: string): Promise<boolean> {
      const { file } = await call('files.info', (client) => client.files.info({ file: id }));
      return Boolean(file?.mimetype && file.original_w);
    },

    async findUser(user: string) {
      return (await call('users.info', (client) => client.users.info({ user }))).user;
    },

    async findUserByEmail(email: string) {
      return (await call('users.lookupByEmail', (client) => client.users.lookupByEmail({ email }))).user;
    },

    async listGroups() {
      const listed = await call('usergroups.list', (client) =>
        client.usergroups.list({ include_users: false }),
      );
      return listed.usergroups ?? [];
    },

    /** Ids of the people in a user group. */
    async listGroupMembers(usergroup: string): Promise<readonly string[]> {
      const listed = await call('usergroups.users.list', (client) =>
        client.usergroups.users.list({ usergroup }),
      );
      return listed.users ?? [];
    },

    /** Who the token belongs to and what it may do; scopes are undefined when Slack does not say. */
    async whoAmI() {
      const me = await call('auth.test', (client) => client.auth.test());
      return {
        team: me.team ?? '',
        teamId: me.team_id ?? '',
        user: me.user ?? '',
        userId: me.user_id ?? '',
        botId: me.bot_id ?? '',
        scopes: me.response_metadata?.scopes as readonly string[] | undefined,
      };
    },
  };
}

/** Posts and rewrites of one channel go out in order, people's answers first. */
function posting(channel: string, urgency: Urgency): Turn {
  return { lane: channel, channel, urgency };
}
