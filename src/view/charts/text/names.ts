/** Names that come from bills and tags, made safe to draw and short enough to fit. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Control and line-break characters, and those that switch the direction of what follows. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Co}\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
/** What only an emoji font could draw, with the characters that glue or vary it. */
const PICTOGRAPHS =
  /\u200d?(?:(?![©®™])\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\ufe0f|\u20e3)\u200d?/gu;

/**
 * Without characters that could reorder or break a legend, and without pictographs, which no text
 * font holds. A name of nothing but pictographs keeps them.
 */
export function cleanName(name: string): string {
  const visible = tidy(name.replace(HIDDEN, ' '));
  const words = tidy(visible.replace(PICTOGRAPHS, ''));
  return words.replaceAll('\u200d', '') === '' ? visible || '(no name)' : words;
}

/** More letters than any label shows; what is between both ends need not be looked at letter by letter. */
const MAX_LABEL = 400;

/** A clean name for a label, whatever its length: what is far from both ends goes first. */
export function cleanLabel(name: string): string {
  if (name.length <= MAX_LABEL) return cleanName(name);
  return cleanName(`${name.slice(0, MAX_LABEL / 2)}…${name.slice(-MAX_LABEL / 2)}`);
}

/** At most `max` characters as people count them; the middle goes first, as both ends tell names apart. */
export function cutMiddle(name: string, max: number): string {
  const letters = Array.from(graphemes.segment(name), (part) => part.segment);
  if (letters.length <= max) return name;
  const kept = Math.max(1, max - 1);
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  return `${letters.slice(0, head).join('').trimEnd()}…${tail > 0 ? letters.slice(-tail).join('').trimStart() : ''}`;
}

/** The longest middle cut of `name` that `fits`. */
export function cutToFit(name: string, fits: (text: string) => boolean): string {
  if (fits(name)) return name;
  let low = 2;
  let high = name.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(cutMiddle(name, middle))) low = middle;
    else high = middle - 1;
  }
  return cutMiddle(name, low);
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
