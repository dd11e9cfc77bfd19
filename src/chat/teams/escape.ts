/** Keeps values inert where a card reads markup: markdown in text blocks, and the dates that any text may hold. */

/** Between two characters it is invisible, and keeps them from being read together. */
const JOINER = '\u2060';

/** Cards replace "{{DATE(…)}}" and "{{TIME(…)}}" in every text: a value that looks so is kept apart. */
export function withoutDates(text: string): string {
  return text.replace(/\{(?=\{\s*(?:DATE|TIME)\b)/gi, `{${JOINER}`);
}

/**
 * A value as a text block shows it literally: no emphasis, link, list, mention, entity or address comes alive.
 * Escapes are those of CommonMark, of which Teams reads a part.
 */
export function escapeMarkdown(text: string): string {
  return withoutDates(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]~|]/g, '\\$&')
    .replace(/https?:|www\./gi, `$&${JOINER}`);
}

/** What begins a line as a heading or list would, kept from doing so. `markdown` is escaped already. */
export function escapeLineStart(markdown: string): string {
  return markdown.replace(/^(\s*)([-+#]|=+$)/, '$1\\$2').replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

/**
 * A choice's title is markdown in some clients and plain text in others, so that an escape would be seen in the one and
 * missed in the other: marks become characters that look like them and mean nothing.
 */
export function inertLabel(text: string): string {
  return withoutDates(text)
    .replaceAll('*', '∗')
    .replaceAll('`', 'ˋ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('](', `]${JOINER}(`)
    .replace(/&(?=[#\w])/g, `&${JOINER}`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/https?:|www\./gi, `$&${JOINER}`)
    .replace(/^(?=\s*(?:[-+#]|\d+[.)]))/, JOINER);
}

/** Whether a link may be live: only web addresses, without characters that end a link early. */
export function isSafeUrl(url: string): boolean {
  return /^https?:\/\/[^\s<>|]+$/i.test(url) && URL.canParse(url);
}

/** A safe address as markdown takes it. */
export function markdownUrl(url: string): string {
  return url.replace(/[()[\]\\"'`*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Whether an id is an Entra object id, so that nothing else can become a mention. */
export function isObjectId(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}

/** A person's name inside a mention: marks would end it, and stand in its text twice. */
export function mentionName(name: string): string {
  return name
    .replace(/[\\`*_[\](){}~|<>&#@\n\t]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
