/** View → the app's home. Slack takes more blocks there than in a message, and no tables of its own. */
import type { HomeView } from '@slack/types';
import { bold, type Element, text, type View } from '../../view/elements.ts';
import { tableToText } from '../../view/fallback.ts';
import { fitBlocks } from './fit.ts';
import { limits } from './limits.ts';
import { plainBlocks, renderElements } from './render.ts';
import type { Pictures } from './render-image.ts';

export type { HomeView } from '@slack/types';

/** Narrow tables become aligned text, wide ones a line per row. Throws INTERNAL for unregistered buttons. */
export function renderHome(view: View, pictures: Pictures = new Map()): HomeView {
  const parts = renderElements({ elements: view.elements.flatMap(withoutWideTable) }, pictures);
  return { type: 'home', blocks: fitBlocks(parts, { ...limits.home, name: 'on one Slack page' }) };
}

/** The same with no layout at all, for a workspace that refuses the blocks. */
export function renderPlainHome(view: View): HomeView {
  return { type: 'home', blocks: plainBlocks(view) };
}

/** A line per row for a table whose aligned text would break its lines on a phone and be unreadable. */
export function withoutWideTable(element: Element): Element[] {
  if (element.kind !== 'table') return [element];
  const { columns, rows, more } = element;
  const lines = tableToText(columns, rows).split('\n');
  if (lines.every((line) => line.length <= limits.home.tableWidth)) return [element];
  const items = rows.map(([first = '', ...others]) => {
    const told = others.flatMap((cell, index) => {
      const title = columns[index + 1]?.title ?? '';
      return cell ? [title ? `${title} ${cell}` : cell] : [];
    });
    return [bold(first), text(told.map((part) => ` · ${part}`).join(''))];
  });
  return [
    { kind: 'list', items },
    ...(more ? [{ kind: 'context', spans: [text(more)] } satisfies Element] : []),
  ];
}
