/** Keeps answers for a while, so that a burst of clicks asks once, and a silent platform is not waited for again at once. */

export interface RememberOptions {
  /** Milliseconds an answer, and a failure, is kept. */
  readonly keep: number;
  readonly keepFailure: number;
  /** Answers kept at most; the oldest goes first. */
  readonly most: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The same function with a memory by key. Rejects with what it threw, again for `keepFailure`. */
export function remember<T>(
  ask: (key: string) => Promise<T>,
  { keep, keepFailure, most, now }: RememberOptions,
): (key: string) => Promise<T> {
  const kept = new Map<string, { readonly answer: Promise<T>; until: number }>();
  return (key) => {
    const known = kept.get(key);
    if (known && now() < known.until) return known.answer;
    const entry = { answer: ask(key), until: now() + keep };
    entry.answer.catch(() => {
      entry.until = now() + keepFailure;
    });
    // Taken out first, so that the order in the map is the order of asking.
    kept.delete(key);
    kept.set(key, entry);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return entry.answer;
  };
}
