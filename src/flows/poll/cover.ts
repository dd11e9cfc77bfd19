/** What a fetched window adds to the days that are there without a gap, and up to which day they are complete. */
import { addDays, type Day, earlier, later } from '../../core/day.ts';
import type { Store } from '../../store/open.ts';
import { newestChargedDay } from '../../store/polled.ts';
import type { Window } from './windows.ts';

export interface Covered {
  readonly coveredFrom?: Day;
  readonly coveredThrough?: Day;
}

/** The union with the window; undefined when days between them would be missing. */
export function cover(
  { coveredFrom, coveredThrough }: Covered,
  window: Window,
): Required<Covered> | undefined {
  if (coveredFrom === undefined || coveredThrough === undefined)
    return { coveredFrom: window.start, coveredThrough: window.end };
  const apart = window.start > addDays(coveredThrough, 1) || addDays(window.end, 1) < coveredFrom;
  if (apart) return undefined;
  return {
    coveredFrom: earlier(coveredFrom, window.start),
    coveredThrough: later(coveredThrough, window.end),
  };
}

/** So many silent days in a row are believed; fewer are rather late than free. */
const BELIEVED_SILENCE = 3;

/**
 * Last complete day of a window. Days at its end without any charge are late, not free, unless later days have
 * charges or the silence lasts: then it is believed, and said.
 */
export async function completeDay(
  store: Store,
  source: string,
  window: Window,
  byLag: Day,
): Promise<{ readonly day?: Day; readonly warning?: string }> {
  const candidate = earlier(byLag, window.end);
  if (candidate < window.start) return {};
  const newest = await newestChargedDay(store, source, '0001-01-01', window.end);
  if (newest === undefined)
    return { warning: `${source} has no charges at all yet: nothing is known to be complete.` };
  if (newest >= candidate) return { day: candidate };
  if (newest < addDays(candidate, -BELIEVED_SILENCE))
    return {
      day: candidate,
      warning: `${source} has had no charges since ${newest}. If that is not so, check its settings and rights.`,
    };
  return {
    ...(newest >= window.start && { day: newest }),
    warning: `No charges came for ${addDays(newest, 1)} to ${candidate} yet: these days count as late, not as free.`,
  };
}
