/** Looking again and again until an operation of Google's is over. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionAccess } from '../types.ts';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10_000;

/** The first thing that `look` finds, or undefined when `limit` milliseconds were waited in vain. */
export async function waitFor<T>(
  access: ActionAccess,
  limit: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  let wait = FIRST_WAIT;
  for (let waited = 0; ; waited += wait) {
    const found = await look();
    if (found !== undefined || waited >= limit) return found;
    await sleep(wait * access.pace, undefined, { signal: access.signal });
    wait = Math.min(LONGEST_WAIT, wait * 1.5);
  }
}
