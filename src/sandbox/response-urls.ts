/** response_urls: five answers within thirty minutes, to the person or the channel of an interaction. */
import { randomBytes } from 'node:crypto';
import { readContent } from './content.ts';
import { addMessage, changeMessage, findMessage, removeMessage } from './messages.ts';
import { Refusal } from './refusal.ts';
import type { Channel, Message, ResponseUrl, WorkspaceState } from './state.ts';

const MAX_USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

/** The address an app may answer to. `source` is the message whose element was used. */
export function newResponseUrl(
  state: WorkspaceState,
  origin: { person: string; channel: string; source?: Message },
): string {
  const id = `${state.seed.teamId}/${state.responseUrls.size + 1}/${randomBytes(18).toString('base64url')}`;
  const { source } = origin;
  state.responseUrls.set(id, {
    person: origin.person,
    channel: origin.channel,
    expiresAt: state.now() + LIFETIME_MS,
    usesLeft: MAX_USES,
    ...(source
      ? {
          source: {
            ts: source.ts,
            ephemeral: source.onlyFor !== undefined,
            ...(source.threadTs ? { threadTs: source.threadTs } : {}),
          },
        }
      : {}),
  });
  return `${state.baseUrl()}/actions/${id}`;
}

/** Takes an app's answer. Refuses `used_url`, `expired_url` and bad content; a refused answer costs no use. */
export function answerResponseUrl(
  state: WorkspaceState,
  id: string,
  body: Readonly<Record<string, unknown>>,
): void {
  const link = state.responseUrls.get(id);
  if (!link || state.now() > link.expiresAt) throw new Refusal('expired_url');
  if (link.usesLeft === 0) throw new Refusal('used_url');
  const channel = state.channels.get(link.channel);
  if (!channel) throw new Refusal('channel_not_found');
  const original = link.source && findMessage(state, link.channel, link.source.ts);
  if (body.delete_original === true) {
    if (original) removeMessage(state, original);
  } else if (body.replace_original === true && original) {
    replace(state, original, body);
  } else {
    post(state, link, channel, body);
  }
  link.usesLeft -= 1;
}

/** An ephemeral message stays one: replacing never changes who sees it. */
function replace(state: WorkspaceState, original: Message, body: Readonly<Record<string, unknown>>): void {
  const { text, blocks } = readContent(state, body);
  changeMessage(state, original, { text: text ?? '', blocks: blocks ?? [] });
}

function post(
  state: WorkspaceState,
  link: ResponseUrl,
  channel: Channel,
  body: Readonly<Record<string, unknown>>,
): void {
  const { text, blocks } = readContent(state, body);
  const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : undefined;
  const message = addMessage(state, {
    channel,
    user: state.seed.botUserId,
    text: text ?? '',
    blocks: blocks ?? [],
    ...(threadTs ? { threadTs } : {}),
    ...(body.response_type === 'in_channel' ? {} : { onlyFor: link.person }),
  });
  // A command's first answer is what a later replace_original rewrites.
  link.source ??= {
    ts: message.ts,
    ephemeral: message.onlyFor !== undefined,
    ...(threadTs ? { threadTs } : {}),
  };
}
