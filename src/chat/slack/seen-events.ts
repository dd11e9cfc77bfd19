/** Slack sends an event again when its acknowledgement comes late: each is answered once. */

/** Slack's last retry comes about an hour after the event. */
const REMEMBERED_MS = 2 * 60 * 60_000;
const MOST = 20_000;

/** Says whether an event is new, and remembers it. `now` gives milliseconds. */
export type IsNew = (eventId: string) => boolean;

export function createSeenEvents(now: () => number): IsNew {
  const seen = new Map<string, number>();
  return (eventId) => {
    for (const [id, at] of seen) {
      // Insertion order is time order, so the first one that is young enough ends the search.
      if (seen.size <= MOST && now() - at < REMEMBERED_MS) break;
      seen.delete(id);
    }
    if (seen.has(eventId)) return false;
    seen.set(eventId, now());
    return true;
  };
}
