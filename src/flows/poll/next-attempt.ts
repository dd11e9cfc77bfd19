/** When a source is polled next: on its schedule, sooner after a failure, rarer when it keeps failing. */
import { nextCronTime } from '../../analysis/schedule/cron.ts';

const MINUTE = 60_000;
/** Waits after the first, second … failure in a row. From the third on the source is called stale: only probes. */
const WAITS = [5, 15, 60, 180, 360].map((minutes) => minutes * MINUTE);

const SHORTEST_JITTER = 0.8;
const LONGEST_JITTER = 1 / SHORTEST_JITTER;

/** So many failures in a row open the circuit: a poll then asks for the newest days only, until one goes well. */
export const FAILURES_UNTIL_STALE = 3;

/** `failures` counts the one just had; 0 means that the poll went well. Milliseconds since the epoch. */
export function nextAttempt(schedule: string, now: number, failures: number, random: () => number): number {
  const scheduled = nextCronTime(schedule, now);
  if (failures === 0) return scheduled;
  const wait = WAITS[Math.min(failures, WAITS.length) - 1] ?? 0;
  // Many sources that fail together do not come back together.
  return Math.round(now + wait * (SHORTEST_JITTER + 0.4 * random()));
}

/**
 * History that does not come is asked for rarer and rarer, too, but the newest days keep to the schedule. `waited` is
 * how long the poll before waited after the same trouble, if it had it.
 */
export function nextHistoryAttempt(
  schedule: string,
  now: number,
  waited: number | undefined,
  random: () => number,
): number {
  const before = waited === undefined ? -1 : WAITS.findLastIndex((wait) => wait <= waited * LONGEST_JITTER);
  return Math.min(nextCronTime(schedule, now), nextAttempt(schedule, now, before + 2, random));
}

/** Midnight UTC, when a day's request budget begins anew. */
export function nextMidnight(now: number): number {
  const day = 24 * 60 * MINUTE;
  return (Math.floor(now / day) + 1) * day;
}
