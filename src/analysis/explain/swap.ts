/** Kinds that took the place of others. */
import type { Contribution } from '../../core/anomaly.ts';
import type { StorySwap } from '../../core/change-story.ts';

/** A side that costs less than this share of the other counts as nothing. */
const NOTHING = 0.03;

/**
 * What cost nothing usually and costs now, in place of what cost usually and costs nothing now. Undefined when nothing went
 * or nothing came.
 */
export function swapOf(parts: readonly Contribution[]): StorySwap | undefined {
  const known = parts.filter(({ key, others }) => key !== null && others === undefined);
  const came = known.filter(
    ({ actualMicros, expectedMicros }) => Number(expectedMicros) < Number(actualMicros) * NOTHING,
  );
  const gone = known.filter(
    ({ actualMicros, expectedMicros }) => Number(actualMicros) < Number(expectedMicros) * NOTHING,
  );
  if (came.length === 0 || gone.length === 0) return undefined;
  return {
    from: gone.sort((a, b) => (a.expectedMicros > b.expectedMicros ? -1 : 1)).map(({ label }) => label),
    to: came.map(({ label }) => label),
    share: [...came, ...gone].reduce((sum, { share }) => sum + share, 0),
  };
}
