/** Each activity is taken once and soon: neither what Teams sends again nor what somebody recorded is answered twice. */

/** Longer than an activity stays young enough to be taken, so that none can outlive the memory of it. */
const REMEMBERED_MS = 15 * 60_000;
const MOST = 50_000;
/** How far its own time may be from ours, either way. */
const OLDEST_MS = 10 * 60_000;

export interface SeenActivities {
  /** Whether it is new; remembers it. */
  take(conversationId: string, activityId: string): boolean;
  /** Whether its time (milliseconds since 1970) is too far from now. */
  isStale(timestamp: number): boolean;
}

/** Memory of this process only. `now` gives milliseconds since 1970. */
export function createSeenActivities(now: () => number): SeenActivities {
  const seen = new Map<string, number>();
  return {
    take(conversationId, activityId) {
      for (const [key, at] of seen) {
        // Insertion order is time order, so the first one that is young enough ends the search.
        if (seen.size <= MOST && now() - at < REMEMBERED_MS) break;
        seen.delete(key);
      }
      const key = JSON.stringify([conversationId, activityId]);
      if (seen.has(key)) return false;
      seen.set(key, now());
      return true;
    },
    isStale: (timestamp) => Math.abs(now() - timestamp) > OLDEST_MS,
  };
}
