/** Ids derived from content: 63-bit integers, the same for the same content in every database. */
import { createHash } from 'node:crypto';

/** First 63 bits of the SHA-256 of a text, as SQLite's positive INTEGER. */
export function contentId(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigUInt64BE(0) >> 1n;
}
