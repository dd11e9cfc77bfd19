/** View → Slack message: blocks, and the text that notifications and screen readers get. */
import type { KnownBlock } from '@slack/types';
import type { Element, View } from '../../view/elements.ts';
import { renderText } from '../../view/fallback.ts';
import { clip } from './clip.ts';
import { escapeMrkdwn } from './escape.ts';
import { fitBlocks } from './fit.ts';
import { limits } from './limits.ts';
import { renderActions } from './render-actions.ts';
import { renderContext } from './render-context.ts';
import { type Pictures, renderImage } from './render-image.ts';
import { renderNativeTable, renderTextTable } from './render-table.ts';
import { renderFields, renderHeading, renderList, renderParagraph } from './render-text.ts';

export interface SlackMessage {
  /** Escaped: nothing in it is live. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Renders every element; a chart without a picture is described in words. Throws INTERNAL for unregistered buttons. */
export function renderMessage(view: View, pictures: Pictures = new Map()): SlackMessage {
  const nativeTable = view.elements.findIndex((element) => element.kind === 'table');
  const parts = renderElements(view, pictures, nativeTable);
  return {
    text: fallbackText(view),
    blocks: fitBlocks(parts, { ...limits.message, name: 'in one Slack message' }),
  };
}

/** The blocks of each element; the one table at `nativeTable` becomes Slack's own table block. */
export function renderElements(view: View, pictures: Pictures, nativeTable?: number): KnownBlock[][] {
  return view.elements.map((element, position) =>
    renderElement(element, { position, pictures, native: position === nativeTable }),
  );
}

/** The same message with no layout at all, for a workspace that refuses the blocks. */
export function renderPlain(view: View): SlackMessage {
  return { text: fallbackText(view), blocks: plainBlocks(view) };
}

export function plainBlocks(view: View): KnownBlock[] {
  const said = 'Slack refused the layout of this message, so here it is as plain text.';
  const body = clip(renderText(view), limits.richText);
  return [
    { type: 'section', text: { type: 'plain_text', text: said, emoji: false } },
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: body || ' ' }] }],
    },
  ];
}

interface Place {
  readonly position: number;
  readonly pictures: Pictures;
  /** Slack takes one native table per message. */
  readonly native: boolean;
}

function renderElement(element: Element, place: Place): KnownBlock[] {
  switch (element.kind) {
    case 'heading':
      return renderHeading(element);
    case 'text':
      return renderParagraph(element.spans);
    case 'list':
      return renderList(element);
    case 'fields':
      return renderFields(element);
    case 'table':
      return place.native ? renderNativeTable(element) : renderTextTable(element);
    case 'chart':
      return renderImage(element.chart, place.pictures.get(element.chart));
    case 'actions':
      return renderActions(element.buttons, place.position);
    case 'context':
      return renderContext(element.spans);
    case 'divider':
      return [{ type: 'divider' }];
  }
}

function fallbackText(view: View): string {
  // Escaping makes "<" four characters, so the cut is made with that in mind.
  const words = renderText(view, { buttons: 'none' }) || 'A message from Pennywatch';
  const escaped = escapeMrkdwn(words);
  return escaped.length <= limits.message.fallback
    ? escaped
    : escapeMrkdwn(clip(words, limits.message.fallback / 5));
}
