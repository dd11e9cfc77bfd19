/** Each element of a view as a part of a card; tables share the room that the others leave. */
import type { Element, View } from '../../view/elements.ts';
import type { CardElement } from './card-types.ts';
import { jsonBytes, shares } from './fit.ts';
import type { RenderOptions } from './render.ts';
import { actionSets, mineAction, renderActions } from './render-actions.ts';
import { renderChart } from './render-image.ts';
import { renderTable, tableBytes } from './render-table.ts';
import { renderFields, renderHeading, renderList } from './render-text.ts';
import { NOTHING, type Part, renderSpans } from './rich-text.ts';

/** Room a table gets in any case: the fitting of the parts decides then. */
const LEAST_TABLE = 6_000;

/** The parts in order; `bytes` is what they may take together. */
export function renderElements(view: View, options: RenderOptions, bytes: number): Part[] {
  const fixed = view.elements.map((element, position) =>
    element.kind === 'table' ? NOTHING : renderElement(element, { view, position, options }),
  );
  const tables = view.elements.map((element) => (element.kind === 'table' ? element : undefined));
  const wanted = tables.map((table) => (table ? tableBytes(table) : 0));
  const room = shares(wanted, Math.max(0, bytes - jsonBytes(fixed)));
  const parts = fixed.map((part, index) => {
    const table = tables[index];
    return table ? renderTable(table, Math.max(room[index] ?? 0, LEAST_TABLE)) : part;
  });
  return parts.map((part, index) => (isAfterDivider(view.elements, parts, index) ? separated(part) : part));
}

interface Place {
  readonly view: View;
  readonly position: number;
  readonly options: RenderOptions;
}

function renderElement(element: Exclude<Element, { kind: 'table' }>, place: Place): Part {
  const { options } = place;
  switch (element.kind) {
    case 'heading':
      return renderHeading(element, place.position === 0);
    case 'text':
      return renderSpans(element.spans);
    case 'list':
      return renderList(element);
    case 'fields':
      return renderFields(element);
    case 'chart':
      return renderChart(element.chart, options.pictures?.get(element.chart), options.nativeCharts ?? false);
    case 'actions':
      return element.deciders && place.view.mine
        ? inDecidersPlace(place)
        : renderActions(element.buttons, options);
    case 'context':
      return renderSpans(element.spans, { size: 'Small', isSubtle: true });
    case 'divider':
      return NOTHING;
  }
}

/** Once for all of them: the button that shows a person what they may decide. */
function inDecidersPlace({ view, position }: Place): Part {
  const first = view.elements.findIndex((element) => element.kind === 'actions' && element.deciders);
  return view.mine && first === position ? actionSets([mineAction(view.mine.button)]) : NOTHING;
}

/** Cards draw a line above an element, not by itself. */
function isAfterDivider(elements: readonly Element[], parts: readonly Part[], index: number): boolean {
  for (let before = index - 1; before >= 0; before -= 1) {
    if (elements[before]?.kind === 'divider') return true;
    if ((parts[before]?.elements.length ?? 0) > 0) return false;
  }
  return false;
}

function separated({ elements, mentions }: Part): Part {
  const [first, ...others] = elements;
  if (!first) return NOTHING;
  return {
    elements: [{ ...first, separator: true, spacing: 'Medium' } satisfies CardElement, ...others],
    mentions,
  };
}
