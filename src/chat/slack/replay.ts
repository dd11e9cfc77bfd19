/** Refuses what a valid signature alone would let through: requests from the future, and the same request twice. */
import { limits } from './limits.ts';

export interface ReplayGuard {
  /** Whether a request may go on to the signature check. `timestamp` is the header, in seconds. */
  mayEnter(timestamp: string | undefined, signature: string | undefined): boolean;
  /** Marks a verified request; false when it was marked before. */
  accept(signature: string): boolean;
}

/** `now` gives milliseconds. Remembers signatures only as long as they would still be valid. */
export function createReplayGuard(now: () => number): ReplayGuard {
  const seen = new Map<string, number>();

  function forgetOld(): void {
    for (const [signature, until] of seen) {
      // Insertion order is time order, so the first one that is still valid ends the search.
      if (until > now()) return;
      seen.delete(signature);
    }
  }

  return {
    mayEnter(timestamp, signature) {
      const sent = Number(timestamp) * 1_000;
      if (!Number.isFinite(sent) || sent - now() > limits.signatureAgeMs) return false;
      return signature !== undefined && !seen.has(signature);
    },
    accept(signature) {
      forgetOld();
      if (seen.has(signature)) return false;
      // A timestamp may lie 5 minutes ahead and stays valid until 5 minutes past it.
      seen.set(signature, now() + 2 * limits.signatureAgeMs);
      return true;
    },
  };
}
