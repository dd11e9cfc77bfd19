/** Spans → Slack rich text, where no value can become markup: mentions and links are elements, not characters. */
import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import type { Span } from '../../view/elements.ts';
import { printable } from '../../view/fallback.ts';
import { CUT_ROOM, cutNote, wholeCharacters } from './clip.ts';
import { isMentionId, isSafeUrl } from './escape.ts';

/** Elements for the spans, at most `limit` characters; what is cut is said in the last element. Empty spans vanish. */
export function richTextElements(spans: readonly Span[], limit: number): RichTextElement[] {
  const total = spans.reduce((sum, span) => sum + spanText(span).length, 0);
  const elements: RichTextElement[] = [];
  let room = total > limit ? limit - CUT_ROOM : limit;
  let leftOut = 0;
  for (const span of spans) {
    const full = spanText(span);
    // A mention is whole or nothing, and short: it is kept so that whoever must act hears of it.
    const kept = span.kind === 'mention' ? full : wholeCharacters(full, room);
    leftOut += full.length - kept.length;
    room -= kept.length;
    if (kept) elements.push(element(span, kept));
  }
  if (leftOut > 0) elements.push({ type: 'text', text: cutNote(leftOut) });
  return elements;
}

export function richTextBlock(...sections: readonly RichTextSection[]): RichTextBlock {
  return { type: 'rich_text', elements: [...sections] };
}

export function richTextSection(elements: RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements };
}

/** How many characters of a message a span takes. */
export function spanText(span: Span): string {
  if (span.kind === 'mention') return printable(span.name);
  if (span.kind === 'link' && !isSafeUrl(span.url)) return printable(`${span.text} (${span.url})`);
  return printable(span.text);
}

function element(span: Span, shown: string): RichTextElement {
  switch (span.kind) {
    case 'text':
      return span.style
        ? { type: 'text', text: shown, style: { [span.style]: true } }
        : { type: 'text', text: shown };
    case 'link':
      return isSafeUrl(span.url)
        ? { type: 'link', url: span.url, text: shown }
        : { type: 'text', text: shown };
    case 'mention': {
      const id = span.ids.slack;
      if (!isMentionId(span.who, id)) return { type: 'text', text: shown };
      return span.who === 'user' ? { type: 'user', user_id: id } : { type: 'usergroup', usergroup_id: id };
    }
  }
}
