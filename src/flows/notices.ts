/** Messages that Pennywatch posts by itself: to whom, under which key, written exactly once. */
import { type FoundOwner, listTeams } from '../store/organisation.ts';
import type { OutgoingMessage } from '../store/outbox.ts';
import type { NoticePlace } from '../store/source-notices.ts';
import type { Span, View } from '../view/elements.ts';
import { type NewId, registerButtons } from './buttons.ts';
import type { Context } from './context.ts';
import { isOnAnyPlatform } from './person-ids.ts';
import { noticePlaces } from './source-notices/places.ts';
import { channelsToTell } from './team-channels.ts';

export interface Notice {
  readonly places: readonly NoticePlace[];
  readonly view: View;
  /** Names what is told for good: told again under the same key, it is not posted again. */
  readonly key: string;
  /** What it belongs to, in words. */
  readonly about: string;
}

/** The messages of a notice, ready for the outbox. Without `newId` they have no buttons. */
export async function toMessages(
  context: Context,
  newId: NewId | undefined,
  { places, view, key, about }: Notice,
): Promise<OutgoingMessage[]> {
  const messages: OutgoingMessage[] = [];
  for (const { platform, workspace, channel } of places) {
    const shown = newId
      ? await registerButtons(context, newId, view, { platform, ...(workspace && { workspace }) })
      : withoutButtons(view);
    messages.push({
      key: messageKey(key, { platform, channel }),
      about,
      platform,
      ...(workspace && { workspace }),
      channel,
      view: JSON.stringify(shown),
    });
  }
  return messages;
}

/** The key of a notice's message in one place. */
export function messageKey(key: string, { platform, channel }: NoticePlace): string {
  return `${key} ${platform}:${channel}`;
}

/** The team's channels, or its home's; where it has none, or no team answers, those who get the organisation's report. */
export async function placesOfTeam(context: Context, team: string | undefined): Promise<NoticePlace[]> {
  const found = (await listTeams(context.store)).find(({ name }) => name === team);
  const own = found ? channelsToTell(context.settings, found) : [];
  return own.length > 0 ? own : noticePlaces(context);
}

/** The owner as somebody to be pinged, where the platform's id is known; else by name. */
export function ownerMention(owner: FoundOwner): Span {
  if (owner.kind === 'person' && isOnAnyPlatform(owner.ids))
    return { kind: 'mention', who: 'user', ids: owner.ids, name: owner.name };
  return { kind: 'text', text: owner.name };
}

function withoutButtons({ elements }: View): View {
  return { elements: elements.filter(({ kind }) => kind !== 'actions') };
}
