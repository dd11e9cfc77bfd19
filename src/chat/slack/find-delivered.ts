/** Looks whether a message was delivered by an earlier attempt whose answer was lost. */
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Place, SlackApi } from './api.ts';
import { slackCode } from './errors.ts';
import type { PostPage } from './metadata.ts';

/** How far back an earlier attempt may lie, in milliseconds, and how many pages are read at most. */
const LOOK_BACK = 7 * 24 * 60 * 60_000;
const PAGES = 15;

/**
 * The `ts` of our message with this key, or undefined when the channel (or thread) does not have it. Throws UPSTREAM,
 * marked uncertain, when that cannot be known: posting then could double the message. `now` in milliseconds.
 */
export async function findDelivered(
  parts: { readonly api: SlackApi; readonly log: Logger },
  search: { readonly place: Place; readonly key: string; readonly now: number },
): Promise<string | undefined> {
  const oldest = ((search.now - LOOK_BACK) / 1_000).toFixed(6);
  let cursor: string | undefined;
  for (let page = 1; page <= PAGES; page += 1) {
    const { posts, next } = await read(parts.api, search.place, { oldest, ...(cursor ? { cursor } : {}) });
    const found = posts.find(({ key }) => key === search.key);
    if (found) return found.ts;
    if (posts.some(({ hidden }) => hidden)) throw hiddenKeys();
    if (!next) return undefined;
    cursor = next;
  }
  // A channel with thousands of messages since: posting twice at worst is better than never.
  parts.log.warn(
    { channel: search.place.channel, pages: PAGES },
    'The end of a busy Slack channel was searched in vain for an earlier delivery; the message is posted',
  );
  return undefined;
}

async function read(
  api: SlackApi,
  place: Place,
  range: { readonly oldest: string; readonly cursor?: string },
) {
  try {
    return await api.readPosts(place, range);
  } catch (error) {
    if (slackCode(error) !== 'not_in_channel') throw cannotLook(error);
    return readAsMember(api, place, range, error);
  }
}

/** Public channels may be written to by anybody but read by members only: this one time it is worth entering. */
async function readAsMember(
  api: SlackApi,
  place: Place,
  range: { readonly oldest: string; readonly cursor?: string },
  refusal: unknown,
): Promise<PostPage> {
  try {
    await api.joinChannel(place.channel);
  } catch {
    // What has to be done is what the first refusal says: an invitation.
    throw cannotLook(refusal);
  }
  return api.readPosts(place, range).catch((error: unknown) => {
    throw cannotLook(error);
  });
}

/** Whether the message is there stays unknown, so whoever tries again must look first. */
export function cannotLook(error: unknown): AppError {
  const known = error instanceof AppError ? error : undefined;
  return new AppError(
    'UPSTREAM',
    `The message may already stand in the channel, and Slack does not let us look: ${known?.message ?? 'the call failed'}`,
    { hint: known?.hint ?? 'The log has the cause.', cause: error, uncertain: true },
  );
}

function hiddenKeys(): AppError {
  return new AppError(
    'UPSTREAM',
    'The message may already stand in the channel, and Slack hides the keys of our messages.',
    {
      hint: 'The Slack app lacks the scope metadata.message:read. Add it under OAuth & Permissions (or install the manifest again) and reinstall the app.',
      uncertain: true,
    },
  );
}
