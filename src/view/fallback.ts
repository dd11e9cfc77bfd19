/** The neutral message as plain text: for terminals, notifications and screen readers. */
import type { Button, Element, Span, TableColumn, View } from './elements.ts';

export interface TextOptions {
  /** Buttons as labels (default), with the command they stand for, or not at all. */
  readonly buttons?: 'labels' | 'commands' | 'none';
}

/**
 * The whole view as lines of text, elements apart by an empty line. Values are made printable, so that
 * a tag cannot move a terminal's cursor or turn the reading direction of what follows.
 */
export function renderText(view: View, options: TextOptions = {}): string {
  return view.elements
    .map((element) => elementToText(element, options.buttons ?? 'labels'))
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Spans as one string; a mention is the person's name, a link shows its address. */
export function spansToText(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      if (span.kind === 'mention') return printable(span.name);
      if (span.kind === 'link' && span.text !== span.url) return printable(`${span.text} (${span.url})`);
      return printable(span.text);
    })
    .join('');
}

/** Columns aligned with spaces, titles underlined; wide characters (CJK, emoji) count as two. */
export function tableToText(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.title), ...rows].map((row) =>
    columns.map((_, index) => oneLine(row[index] ?? '')),
  );
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => displayWidth(line[index] ?? ''))));
  const drawn = lines.map((line) =>
    line
      .map((value, index) => {
        const space = ' '.repeat((widths[index] ?? 0) - displayWidth(value));
        return columns[index]?.align === 'right' ? `${space}${value}` : `${value}${space}`;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}

/** Text without control characters (shown as �) and without marks that override the reading direction. */
export function printable(value: string): string {
  return value
    .replace(/\r\n?/g, '\n')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/(?![\n\t])\p{Cc}/gu, '\uFFFD');
}

function elementToText(element: Element, buttons: NonNullable<TextOptions['buttons']>): string {
  switch (element.kind) {
    case 'heading':
      return oneLine(element.text);
    case 'text':
    case 'context':
      return spansToText(element.spans);
    case 'list':
      return element.items
        .map((item, index) => `${element.ordered ? `${index + 1}.` : '•'} ${spansToText(item)}`)
        .join('\n');
    case 'fields':
      return element.fields.map((field) => `${oneLine(field.label)}: ${spansToText(field.value)}`).join('\n');
    case 'table':
      return [
        tableToText(element.columns, element.rows),
        ...(element.more ? [printable(element.more)] : []),
      ].join('\n');
    case 'chart':
      return `[Chart] ${printable(element.chart.alt)}`;
    case 'actions':
      return buttonsToText(element.buttons, buttons);
    case 'divider':
      return '────────';
  }
}

function buttonsToText(buttons: readonly Button[], style: NonNullable<TextOptions['buttons']>): string {
  if (style === 'none') return '';
  if (style === 'labels') return buttons.map((button) => `[${oneLine(button.label)}]`).join(' ');
  return buttons.map((button) => `[${oneLine(button.label)}] ${oneLine(button.action.text)}`).join('\n');
}

function oneLine(value: string): string {
  return printable(value).replace(/\s+/g, ' ').trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;

function displayWidth(value: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(value)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}
