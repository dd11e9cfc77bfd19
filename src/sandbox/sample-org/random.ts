/** Seeded randomness: the same key and index always give the same number, in any order. */

/** 32-bit FNV-1a of a text. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}

/** A number in [0, 1) that belongs to (key, index). */
export function chance(key: number, index: number): number {
  let state = (key + Math.imul(index, 0x6d2b79f5)) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4294967296;
}

/** A factor around 1, bell-shaped, at most `spread` away from it. */
export function wobble(key: number, index: number, spread: number): number {
  const sum = chance(key, index) + chance(key ^ 0x5bd1e995, index) + chance(key ^ 0x27d4eb2f, index);
  return 1 + spread * (sum / 1.5 - 1);
}

/** An identifier of `length` characters of `alphabet` that belongs to `text`, e.g. an instance id. */
export function code(text: string, length: number, alphabet = '0123456789abcdef'): string {
  const key = hash(text);
  let out = '';
  for (let i = 0; i < length; i++) out += alphabet[Math.floor(chance(key, i + 1) * alphabet.length)];
  return out;
}

export const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const LOWER = '0123456789abcdefghijklmnopqrstuvwxyz';
export const DIGITS = '0123456789';
