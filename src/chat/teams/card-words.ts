/** What an Adaptive Card says, a line per element, without pictures and buttons. */
import { cleanText } from './mentions.ts';

const DEEPEST = 12;
const MOST_LINES = 400;
/** Characters of a block that are read. */
const LONGEST = 12_000;
const HOLDERS = ['body', 'items', 'columns', 'rows', 'cells', 'inlines', 'facts'];

/** `card` as JSON or as text of JSON; "" for anything else. */
export function wordsOfCard(card: unknown): string {
  return linesOf(typeof card === 'string' ? parsed(card) : card, 0)
    .slice(0, MOST_LINES)
    .join('\n');
}

function linesOf(part: unknown, depth: number): string[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(part)) return part.slice(0, MOST_LINES).flatMap((one) => linesOf(one, depth));
  if (!isObject(part) || part.isVisible === false) return [];
  if (part.type === 'TextBlock') return wordsIn(part.text).map(fromMarkdown).filter(Boolean);
  if (part.type === 'RichTextBlock') return [inlines(part.inlines)].filter(Boolean);
  if (part.type === 'TableRow')
    return [
      linesOf(part.cells, depth + 1)
        .filter(Boolean)
        .join(' · '),
    ];
  if (typeof part.title === 'string' && typeof part.value === 'string' && part.type === undefined)
    return [`${part.title}: ${part.value}`];
  return HOLDERS.flatMap((name) => linesOf(part[name], depth + 1));
}

function inlines(parts: unknown): string {
  if (!Array.isArray(parts)) return '';
  return parts
    .map((one: unknown) => (typeof one === 'string' ? one : isObject(one) ? wordsIn(one.text).join('') : ''))
    .join('');
}

/**
 * Of the markdown that cards read: links, emphasis and escapes. Anybody may have written the card: nothing is looked for
 * further on than it can be, so that a card of nothing but brackets keeps nobody waiting.
 */
function fromMarkdown(text: string): string {
  return cleanText(
    text
      .slice(0, LONGEST)
      .replace(/(?<!\\)\[((?:[^[\]\\]|\\.){0,500})\]\([^\s()]{0,2000}\)/g, '$1')
      .replace(/(?<![\\\p{L}\p{N}])(\*\*|_)(?=\S)(.{0,500}?\S)\1(?![\p{L}\p{N}])/gu, '$2')
      .replace(/\\([\\`*_[\]~|#+\-=.)(])/g, '$1'),
  );
}

function wordsIn(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a card after all: it says nothing.
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
