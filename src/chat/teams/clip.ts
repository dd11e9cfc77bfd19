/** Cuts text to a limit and says so. */
import { printable } from '../../view/fallback.ts';

/** Room the sentence about the cut takes at most. */
export const CUT_ROOM = 45;

/** The sentence that ends a cut text, e.g. "… (cut: 1,204 characters left out)". */
export function cutNote(leftOut: number): string {
  return `… (cut: ${leftOut.toLocaleString('en-US')} characters left out)`;
}

/** Printable, in at most `limit` characters; a longer text ends by saying how much is left out. `limit` is above 45. */
export function clip(value: string, limit: number): string {
  const text = printable(value);
  if (text.length <= limit) return text;
  const kept = wholeCharacters(text, limit - CUT_ROOM);
  return `${kept}${cutNote(text.length - kept.length)}`;
}

/** For labels too short for a sentence: the ellipsis says that there is more. */
export function shorten(value: string, limit: number): string {
  const text = oneLine(value);
  return text.length <= limit ? text : `${wholeCharacters(text, limit - 1)}…`;
}

/** The first `length` characters, never half a surrogate pair. */
export function wholeCharacters(text: string, length: number): string {
  const kept = text.slice(0, Math.max(0, length));
  return /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
}

export function oneLine(value: string): string {
  return printable(value).replace(/\s+/g, ' ').trim();
}
