/** Headings, paragraphs, lists and label–value pairs as Slack blocks. */
import type { KnownBlock, RichTextElement, RichTextSection } from '@slack/types';
import { bold, type Element, type Span, text } from '../../view/elements.ts';
import { plainText } from './clip.ts';
import { limits } from './limits.ts';
import { renderNote } from './render-context.ts';
import { richTextBlock, richTextElements, richTextSection, spanText } from './rich-text.ts';

type ElementOf<Kind extends Element['kind']> = Extract<Element, { kind: Kind }>;

/** A header block is the strongest line Slack has; a finding too long for one is bold text instead of being cut. */
export function renderHeading(heading: ElementOf<'heading'>): KnownBlock[] {
  const line = heading.text.replace(/\s+/g, ' ').trim();
  if (!line) return [];
  if (line.length > limits.header) return renderParagraph([bold(line)]);
  return [{ type: 'header', text: plainText(line, limits.header) }];
}

export function renderParagraph(spans: readonly Span[]): KnownBlock[] {
  const elements = richTextElements(spans, limits.richText);
  return elements.length === 0 ? [] : [richTextBlock(richTextSection(elements))];
}

/** Items that do not fit are counted in a line below. */
export function renderList(list: ElementOf<'list'>): KnownBlock[] {
  const { sections, leftOut } = fitLines(list.items);
  if (sections.length === 0) return [];
  const style = list.ordered ? 'ordered' : 'bullet';
  return [
    { type: 'rich_text', elements: [{ type: 'rich_text_list', style, elements: sections }] },
    ...(leftOut > 0
      ? renderNote(`and ${leftOut} more items, left out here: they do not fit in one Slack message`)
      : []),
  ];
}

/**
 * One line per pair with a bold label. Slack's own field grid takes mrkdwn or plain text only: the one
 * could not show values literally, the other could not show labels in bold or mention anybody.
 */
export function renderFields(element: ElementOf<'fields'>): KnownBlock[] {
  const lines = element.fields.map((field) => [bold(`${field.label}: `), ...field.value]);
  const { sections, leftOut } = fitLines(lines);
  if (sections.length === 0) return [];
  const joined = sections.flatMap((section, index): RichTextElement[] =>
    index === 0 ? section.elements : [{ type: 'text', text: '\n' }, ...section.elements],
  );
  return [
    richTextBlock(richTextSection(joined)),
    ...(leftOut > 0
      ? renderNote(`and ${leftOut} more fields, left out here: they do not fit in one Slack message`)
      : []),
  ];
}

function fitLines(lines: readonly (readonly Span[])[]): { sections: RichTextSection[]; leftOut: number } {
  const sections: RichTextSection[] = [];
  let room: number = limits.richText;
  const filled = lines.filter((line) => line.some((span) => spanText(span)));
  for (const line of filled) {
    const length = line.reduce((sum, span) => sum + spanText(span).length, 1);
    if (length > room && sections.length > 0) break;
    sections.push(richTextSection(richTextElements(line, limits.richText)));
    room -= length;
  }
  return { sections, leftOut: filled.length - sections.length };
}

/** A paragraph of one plain sentence. */
export function renderSentence(sentence: string): KnownBlock[] {
  return renderParagraph([text(sentence)]);
}
