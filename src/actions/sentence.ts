/** Sentences that begin with what they are about. */

/** "the key x is blocked" → "The key x is blocked". */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
