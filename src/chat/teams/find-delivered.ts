/** Looks whether a message was delivered by an earlier attempt whose answer was lost. */
import type { Logger } from '../../core/log.ts';
import type { Place } from './addresses.ts';
import type { GraphMessages, GraphPage } from './graph-messages.ts';
import { findKeyMark } from './key.ts';
import { refusalFacts } from './refusal-words.ts';

/** How far back an earlier attempt may lie, in milliseconds, and how many pages are read at most. */
const LOOK_BACK = 7 * 24 * 60 * 60_000;
const PAGES = 15;

export type Looked =
  | { readonly state: 'found'; readonly id: string }
  | { readonly state: 'absent' }
  /** Nobody could look: it may be there. */
  | { readonly state: 'unknown' };

/**
 * Whether our message with this key is in the channel, thread or chat. Never rejects: where Graph may not be asked, or
 * does not answer, that is unknown. `now` in milliseconds.
 */
export async function findDelivered(
  parts: { readonly graph: GraphMessages | undefined; readonly log: Logger },
  search: { readonly place: Place; readonly key: string; readonly now: number },
): Promise<Looked> {
  const { graph, log } = parts;
  const path = pathOf(search.place);
  if (!graph || !path) return { state: 'unknown' };
  try {
    const { tenantId } = search.place.address;
    const read = (next?: string) => graph.page(tenantId, path, next);
    return await look(read, search.key, search.now - LOOK_BACK);
  } catch (error) {
    log.warn(
      { channel: search.place.channel, ...refusalFacts(error), err: error },
      'An earlier delivery could not be looked for in Teams; the message is posted, perhaps again',
    );
    return { state: 'unknown' };
  }
}

async function look(
  read: (next?: string) => Promise<GraphPage>,
  key: string,
  oldest: number,
): Promise<Looked> {
  let next: string | undefined;
  for (let page = 1; page <= PAGES; page += 1) {
    const { messages, next: more } = await read(next);
    const found = messages.find(({ ours, cards }) => ours && cards.some((card) => findKeyMark(card, key)));
    if (found) return { state: 'found', id: found.id };
    if (!more || messages.every(({ at }) => at < oldest)) return { state: 'absent' };
    next = more;
  }
  // A channel with hundreds of messages since: posting twice at worst is better than never.
  return { state: 'unknown' };
}

/** Undefined where Graph has no name for it. */
function pathOf({ kind, channel, thread, known }: Place): string | undefined {
  switch (kind) {
    case 'channel': {
      if (!known?.groupId) return undefined;
      const messages = `/teams/${encodeURIComponent(known.groupId)}/channels/${encodeURIComponent(channel)}/messages`;
      return thread ? `${messages}/${encodeURIComponent(thread)}/replies` : messages;
    }
    case 'group':
      return `/chats/${encodeURIComponent(channel)}/messages`;
    case 'direct': {
      // To the connector a chat with a bot is "a:…"; to Graph it is called after the two who are in it.
      const bot = known?.botId.replace(/^28:/, '');
      if (!known?.personId || !bot) return undefined;
      return `/chats/${encodeURIComponent(`19:${known.personId}_${bot}@unq.gbl.spaces`)}/messages`;
    }
  }
}
