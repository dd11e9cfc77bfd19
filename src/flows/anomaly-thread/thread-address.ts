/** Web addresses at which chat platforms open a message. */
import type { MessageRef } from '../../chat/types.ts';
import type { KnownMessage } from '../../store/anomaly-notices.ts';
import { findConversation } from '../../store/chat-conversations.ts';
import type { StoreTransaction } from '../../store/open.ts';

/** Of the thread on this platform, else of one on another; undefined before any of them is posted. */
export async function threadAddress(
  tx: StoreTransaction,
  roots: readonly KnownMessage[],
  platform: string,
): Promise<string | undefined> {
  const refs = roots.flatMap(({ ref }) => (ref === undefined ? [] : [JSON.parse(ref) as MessageRef]));
  const own = refs.find((ref) => ref.platform === platform);
  for (const ref of own ? [own] : refs) {
    const address = await addressOf(tx, ref);
    if (address !== undefined) return address;
  }
  return undefined;
}

/**
 * Slack: https://docs.slack.dev/interactivity/deep-linking. Teams:
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams.
 */
async function addressOf(
  tx: StoreTransaction,
  { platform, channel, id }: MessageRef,
): Promise<string | undefined> {
  if (platform === 'slack')
    return `https://slack.com/app_redirect?${new URLSearchParams({ channel, message_ts: id })}`;
  if (platform !== 'teams') return undefined;
  const known = await findConversation(tx, platform, { id: channel });
  const parameters = new URLSearchParams({
    ...(known && { tenantId: known.workspace }),
    ...(known?.groupId && { groupId: known.groupId }),
    // Only messages of channels have threads; those of chats are opened in the chat.
    ...(isChannel(channel, known?.kind)
      ? { parentMessageId: id }
      : { context: JSON.stringify({ contextType: 'chat' }) }),
  });
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(channel)}/${encodeURIComponent(id)}?${parameters}`;
}

function isChannel(id: string, kind: string | undefined): boolean {
  return kind === undefined ? /@thread\.(tacv2|skype)$/.test(id) : kind === 'channel';
}
