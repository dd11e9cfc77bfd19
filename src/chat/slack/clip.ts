/** Cuts text to a Slack limit and says so. */
import type { PlainTextElement } from '@slack/types';
import { printable } from '../../view/fallback.ts';

/** Room the sentence about the cut takes at most. */
export const CUT_ROOM = 45;

/** The sentence that ends a cut text, e.g. "… (cut: 1,204 characters left out)". */
export function cutNote(leftOut: number): string {
  return `… (cut: ${leftOut.toLocaleString('en-US')} characters left out)`;
}

/** `text` in at most `limit` characters; a longer one ends by saying how much is left out. `limit` is above 45. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = wholeCharacters(text, limit - CUT_ROOM);
  return `${kept}${cutNote(text.length - kept.length)}`;
}

/** The first `length` characters, never half a surrogate pair. */
export function wholeCharacters(text: string, length: number): string {
  const kept = text.slice(0, Math.max(0, length));
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}

/** A plain text object: Slack shows it literally. Emoji codes stay as typed. */
export function plainText(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: clip(printable(text), limit), emoji: false };
}
