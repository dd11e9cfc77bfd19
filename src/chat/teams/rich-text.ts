/** Spans → card text: runs that are shown literally, or one escaped text block where somebody is mentioned. */
import type { Span } from '../../view/elements.ts';
import { printable } from '../../view/fallback.ts';
import type { CardElement, CardMention, TextBlock, TextRun } from './card-types.ts';
import { CUT_ROOM, cutNote, wholeCharacters } from './clip.ts';
import {
  escapeLineStart,
  escapeMarkdown,
  isObjectId,
  isSafeUrl,
  markdownUrl,
  mentionName,
  withoutDates,
} from './escape.ts';
import { limits } from './limits.ts';

export type Look = Pick<TextRun, 'size' | 'weight' | 'isSubtle'>;

/** Elements of a card, and who is mentioned in them. */
export interface Part {
  readonly elements: readonly CardElement[];
  readonly mentions: readonly CardMention[];
}

export const NOTHING: Part = { elements: [], mentions: [] };

/** One block per line, at most `limit` characters; what is cut is said at the end. Empty text is nothing. */
export function renderSpans(spans: readonly Span[], look: Look = {}, limit: number = limits.paragraph): Part {
  const lines = linesOf(cutSpans(spans, limit));
  return join(lines.map((line, index) => renderLine(line, look, index === 0)));
}

export function join(parts: readonly Part[]): Part {
  return {
    elements: parts.flatMap(({ elements }) => elements),
    mentions: parts.flatMap(({ mentions }) => mentions),
  };
}

/** How a span reads where nothing of it is live. */
export function spanText(span: Span): string {
  if (span.kind === 'mention') return printable(span.name);
  if (span.kind === 'link' && !isLiveLink(span)) return printable(`${span.text} (${span.url})`);
  return printable(span.text);
}

/** The entity of a mention Teams takes: of a person with an Entra object id. Groups cannot be mentioned there. */
export function mentionOf(span: Span): CardMention | undefined {
  if (span.kind !== 'mention' || span.who !== 'user' || !isObjectId(span.ids.teams)) return undefined;
  const name = mentionName(printable(span.name));
  if (!name) return undefined;
  return {
    type: 'mention',
    text: `<at>${name}</at>`,
    mentioned: { id: span.ids.teams.toLowerCase(), name },
  };
}

/** Spans of at most `limit` characters; a mention is whole: it is kept so that whoever must act hears of it. */
function cutSpans(spans: readonly Span[], limit: number): Span[] {
  const total = spans.reduce((sum, span) => sum + spanText(span).length, 0);
  if (total <= limit) return [...spans];
  let room = limit - CUT_ROOM;
  let leftOut = 0;
  const kept = spans.flatMap((span): Span[] => {
    const full = spanText(span);
    if (span.kind === 'mention') return [span];
    const shown = wholeCharacters(full, room);
    room -= shown.length;
    leftOut += full.length - shown.length;
    if (!shown) return [];
    if (shown === full) return [span];
    return span.kind === 'link' && isLiveLink(span)
      ? [{ ...span, text: shown }]
      : [{ kind: 'text', text: shown, ...(span.kind === 'text' && span.style ? { style: span.style } : {}) }];
  });
  return leftOut === 0 ? kept : [...kept, { kind: 'text', text: cutNote(leftOut) }];
}

/** Cards do not break lines within a run everywhere, so each line is a block. Empty lines vanish. */
function linesOf(spans: readonly Span[]): Span[][] {
  const lines: Span[][] = [[]];
  for (const span of spans) {
    if (span.kind !== 'text') {
      lines.at(-1)?.push(span);
      continue;
    }
    for (const [index, piece] of printable(span.text).split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (piece) lines.at(-1)?.push({ ...span, text: piece });
    }
  }
  return lines.filter((line) => line.some((span) => spanText(span).trim()));
}

function renderLine(line: readonly Span[], look: Look, first: boolean): Part {
  const mentions = line.flatMap((span) => mentionOf(span) ?? []);
  const placed = first ? {} : ({ spacing: 'Small' } as const);
  if (mentions.length > 0)
    return { elements: [{ type: 'TextBlock', ...placed, ...markdownBlock(line, look) }], mentions };
  return { elements: [{ type: 'RichTextBlock', ...placed, inlines: runs(line, look) }], mentions };
}

const STYLES = {
  bold: { weight: 'Bolder' },
  italic: { italic: true },
  code: { fontType: 'Monospace' },
} as const;

function runs(line: readonly Span[], look: Look): TextRun[] {
  return line.flatMap((span): TextRun[] => {
    const text = withoutDates(spanText(span));
    if (!text) return [];
    const run = { type: 'TextRun', text, ...look } as const;
    if (span.kind === 'link')
      return [isLiveLink(span) ? { ...run, selectAction: { type: 'Action.OpenUrl', url: span.url } } : run];
    if (span.kind === 'mention') return [run];
    return [span.style ? { ...run, ...STYLES[span.style] } : run];
  });
}

function markdownBlock(line: readonly Span[], look: Look): Omit<TextBlock, 'type'> {
  const pieces = line.map(markdown);
  return { text: escapeLineStart(pieces.join('')), wrap: true, ...look };

  function markdown(span: Span, index: number): string {
    const mention = mentionOf(span);
    if (mention) return mention.text;
    const escaped = escapeMarkdown(spanText(span).replace(/\s+/g, ' '));
    if (span.kind === 'link') return isLiveLink(span) ? `[${escaped}](${markdownUrl(span.url)})` : escaped;
    if (span.kind !== 'text' || (span.style !== 'bold' && span.style !== 'italic')) return escaped;
    const [before, next] = [line[index - 1], line[index + 1]];
    const around = `${before ? spanText(before).slice(-1) : ''} ${next ? spanText(next).slice(0, 1) : ''}`;
    return emphasised(escaped, span.style === 'bold' ? '**' : '_', around);
  }
}

/** Marks stand directly at the words, and not at other words, else they are shown as marks: there is no emphasis then. */
function emphasised(escaped: string, mark: string, around: string): string {
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(escaped) ?? [];
  if (!words || (!before && /^[\p{L}\p{N}]/u.test(around)) || (!after && /[\p{L}\p{N}]$/u.test(around)))
    return escaped;
  return `${before}${mark}${words}${mark}${after}`;
}

function isLiveLink(span: Extract<Span, { kind: 'link' }>): boolean {
  return isSafeUrl(span.url) && span.url.length <= limits.link && span.text.trim() !== '';
}
