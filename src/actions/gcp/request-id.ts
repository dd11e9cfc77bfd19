/** Ids that stay the same when the same thing is asked again. */
import { createHash } from 'node:crypto';

/** A UUID (version 8: made by a rule of one's own) of a key and a verb, as Compute takes for `requestId`. */
export function requestIdOf(key: string, verb: string): string {
  const hex = createHash('sha256').update(`${verb}\n${key}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Ten digits, the most that an id of a deployed model may have when it is not Google who chooses it. */
export function digitsOf(text: string): string {
  const number = createHash('sha256').update(text).digest().readBigUInt64BE();
  return String((number % 9_000_000_000n) + 1_000_000_000n);
}
