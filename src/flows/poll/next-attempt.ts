/** When a source is polled next: on its schedule, sooner after a failure, rarer when it keeps failing. */
import { nextCronTime } from '../../analysis/schedule/cron.ts';

const MINUTE = 60_000;
/** Waits after the first, second … failure in a row. From the third on the source is called stale: only probes. */
const WAITS = [5, 15, 60, 180, 360].map((minutes) => minutes * MINUTE);

/** So many failures in a row open the circuit: a poll then asks for the newest days only, until one goes well. */
export const FAILURES_UNTIL_STALE = 3;

/** `failures` counts the one just had; 0 means that the poll went well. Milliseconds since the epoch. */
export function nextAttempt(schedule: string, now: number, failures: number, random: () => number): number {
  const scheduled = nextCronTime(schedule, now);
  if (failures === 0) return scheduled;
  const wait = WAITS[Math.min(failures, WAITS.length) - 1] ?? 0;
  // Many sources that fail together do not come back together.
  return Math.round(now + wait * (0.8 + 0.4 * random()));
}

/** Midnight UTC, when a day's request budget begins anew. */
export function nextMidnight(now: number): number {
  const day = 24 * 60 * MINUTE;
  return (Math.floor(now / day) + 1) * day;
}
