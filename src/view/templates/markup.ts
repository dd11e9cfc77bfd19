/** A rendered sentence → spans: *bold*, _italic_ and `code` of the template, values put in where their marks stand. */
import type { Span } from '../elements.ts';

/** Private-use characters around a value's number; templates cannot contain them, so a value cannot be forged. */
export const SLOT_OPEN = '\uE000';
export const SLOT_CLOSE = '\uE001';
const SLOT_MARKS = /[\uE000\uE001]/g;
/** A value's mark, or what a filter has left of one. */
const SLOT = /\uE000(\d+)\uE001|[\uE000\uE001]/g;

/** Markup counts only at the edge of words: 3 * 4 * 5 and snake_case_names stay as they are. */
const MARKED =
  /(?<![\p{L}\p{N}\uE001])(?:\*(?=\S)([^*]+?)(?<=\S)\*|_(?=\S)([^_]+?)(?<=\S)_|`([^`]+)`)(?![\p{L}\p{N}\uE000])/gu;

/** A template's own text without the marks that only we may set. */
export function withoutSlotMarks(text: string): string {
  return text.replace(SLOT_MARKS, '');
}

/** Splits a rendered sentence into spans; white space and line breaks become single spaces. */
export function toSpans(rendered: string, values: readonly string[]): Span[] {
  const sentence = rendered.replace(/\s+/g, ' ').trim();
  const spans: Span[] = [];
  let last = 0;
  const push = (part: string, style?: 'bold' | 'italic' | 'code') => {
    const text = part.replace(SLOT, (_, number?: string) => (number && values[Number(number)]) ?? '');
    if (text !== '') spans.push({ kind: 'text', text, ...(style && { style }) });
  };
  for (const match of sentence.matchAll(MARKED)) {
    push(sentence.slice(last, match.index));
    const [whole, strong, slanted, fixed] = match;
    push(strong ?? slanted ?? fixed ?? '', strong ? 'bold' : slanted ? 'italic' : 'code');
    last = match.index + whole.length;
  }
  push(sentence.slice(last));
  return spans;
}
