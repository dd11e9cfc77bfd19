/** Headings, lists and label–value pairs as card elements. */
import { bold, type Element, type Span } from '../../view/elements.ts';
import type { CardColumn, CardElement } from './card-types.ts';
import { oneLine } from './clip.ts';
import { renderNote } from './fit.ts';
import { limits } from './limits.ts';
import { join, type Part, renderSpans, spanText } from './rich-text.ts';

type ElementOf<Kind extends Element['kind']> = Extract<Element, { kind: Kind }>;

/** The first line of a message is its strongest; a finding too long for a heading is a bold paragraph. */
export function renderHeading(heading: ElementOf<'heading'>, first: boolean): Part {
  const line = oneLine(heading.text);
  if (line.length > limits.heading) return renderSpans([bold(line)]);
  return renderSpans([{ kind: 'text', text: line }], { size: first ? 'Large' : 'Medium', weight: 'Bolder' });
}

/** A mark or number in a narrow column, so that lines of an item begin below each other. Items left out are counted. */
export function renderList(list: ElementOf<'list'>): Part {
  const { lines, leftOut } = fitLines(list.items, limits.list);
  const width = !list.ordered ? '16px' : lines.length > 9 ? '32px' : '22px';
  const items = lines.map((line, index) => {
    const words = renderSpans(line);
    return columns(index, words, [
      column(width, renderSpans([{ kind: 'text', text: list.ordered ? `${index + 1}.` : '•' }]).elements),
      { ...column('stretch', words.elements), spacing: 'None' },
    ]);
  });
  return join([...items, ...leftOutNote(leftOut, 'items')]);
}

/** A bold label and its value beside each other; their columns are as wide in every line. */
export function renderFields(element: ElementOf<'fields'>): Part {
  const filled = element.fields.filter(({ value }) => value.some((span) => spanText(span).trim()));
  const { lines, leftOut } = fitLines(
    filled.map(({ label, value }) => [bold(label), ...value]),
    limits.fields,
  );
  const pairs = lines.map(([label, ...value], index) => {
    const words = renderSpans(value);
    return columns(index, words, [
      column(2, label ? renderSpans([label]).elements : []),
      column(5, words.elements),
    ]);
  });
  return join([...pairs, ...leftOutNote(leftOut, 'fields')]);
}

function columns(index: number, words: Part, both: readonly CardColumn[]): Part {
  return {
    elements: [{ type: 'ColumnSet', ...(index > 0 ? { spacing: 'Small' } : {}), columns: both }],
    mentions: words.mentions,
  };
}

function column(width: CardColumn['width'], items: readonly CardElement[]): CardColumn {
  return { type: 'Column', width, items };
}

function leftOutNote(leftOut: number, what: string): Part[] {
  return leftOut > 0
    ? [renderNote(`and ${leftOut} more ${what}, left out here: they do not fit in one Teams message`)]
    : [];
}

function fitLines(
  lines: readonly (readonly Span[])[],
  most: { readonly items: number; readonly characters: number },
): { readonly lines: readonly (readonly Span[])[]; readonly leftOut: number } {
  const filled = lines.filter((line) => line.some((span) => spanText(span).trim()));
  let room = most.characters;
  const kept = filled.slice(0, most.items).filter((line, index) => {
    room -= line.reduce((total, span) => total + spanText(span).length, 0);
    return room >= 0 || index === 0;
  });
  return { lines: kept, leftOut: filled.length - kept.length };
}
