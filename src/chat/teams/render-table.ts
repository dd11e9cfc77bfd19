/** A table as the card's own, as far as it fits. */
import { bold, type Element, type TableColumn, text } from '../../view/elements.ts';
import type { CardElement, CardTableRow, TextRun } from './card-types.ts';
import { clip, oneLine } from './clip.ts';
import { withoutDates } from './escape.ts';
import { jsonBytes, renderNote } from './fit.ts';
import { limits } from './limits.ts';
import { join, type Look, NOTHING, type Part, renderSpans } from './rich-text.ts';

type Table = Extract<Element, { kind: 'table' }>;

/** Besides its rows: columns and what is said of the rest. */
const FRAME_BYTES = 2_400;
const COMMA = 2;
/** More beside each other are too narrow to read, whatever is in them. */
const MOST_BESIDE = 7;
/** Characters beside each other in a card as narrow as Teams shows them, by their size; a column has a margin. */
const TEXT_SIZES = [
  { characters: 54, look: {} },
  { characters: 68, look: { size: 'Small' } },
] as const satisfies readonly TextSize[];
const MARGIN = 2;
/** A longer word (an id) may break, and a longer cell takes more than one line. */
const LONGEST_WORD = 16;
const LONGEST_LINE = 40;
/** A number with its unit stays on one line. */
const AMOUNT = 10;

interface TextSize {
  readonly characters: number;
  readonly look: Pick<TextRun, 'size'>;
}

interface Cells {
  readonly columns: readonly TableColumn[];
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * In at most about `bytes`; what is left out is said below. One row is always there. A table whose words would break
 * where a card is narrow (a phone, the side of a window) is written smaller, and becomes a line per row where that is
 * not enough.
 */
export function renderTable(table: Table, bytes: number): Part {
  const columns = table.columns.slice(0, limits.table.columns);
  if (columns.length === 0) return NOTHING;
  const cells = {
    columns,
    titles: columns.map(({ title }) => cellText(title)),
    rows: table.rows
      .slice(0, limits.table.rows)
      .map((row) => columns.map(({ align }, at) => cellText(row[at], align))),
  };
  const room = bytes - FRAME_BYTES;
  const size = sizeFor(cells);
  const { part, shown } = size ? nativeTable(cells, size, room) : rowLines(cells, room);
  const notes = leftOutWords(table, columns.length, shown);
  return join([part, ...(notes.length > 0 ? [renderNote(notes.join('\n'))] : [])]);
}

function nativeTable({ columns, titles, rows }: Cells, { look, characters }: TextSize, bytes: number): Drawn {
  const titled = titles.some((title) => title !== '');
  const fitting = whatFits(
    rows.map((row) => tableRow(row, look)),
    bytes,
  );
  const shown = [titles, ...rows.slice(0, fitting.length)];
  const widths = widthsOf(
    columns.map((_, at) => shown.map((row) => row[at] ?? '')),
    characters,
  );
  const element = {
    type: 'Table' as const,
    columns: columns.map(({ align }, at) => ({
      width: widths[at] ?? 1,
      ...(align === 'right' ? { horizontalCellContentAlignment: 'Right' as const } : {}),
    })),
    rows: [...(titled ? [tableRow(titles, { ...look, weight: 'Bolder' })] : []), ...fitting],
    firstRowAsHeader: titled,
    showGridLines: false,
  };
  return {
    part: element.rows.length > 0 ? { elements: [element], mentions: [] } : NOTHING,
    shown: fitting.length,
  };
}

/** The first cell in bold, and the others after it with their titles. */
function rowLines({ titles, rows }: Cells, bytes: number): Drawn {
  const lines = rows.map(([first = '', ...others], index): readonly CardElement[] => {
    const told = others.flatMap((cell, at) => {
      const title = titles[at + 1] ?? '';
      // A dash says that there is none, which a line says by leaving it out.
      return cell && cell !== '–' ? [` · ${title ? `${title} ` : ''}${cell}`] : [];
    });
    const { elements } = renderSpans([bold(first), text(told.join(''))]);
    return elements.map((one) => (index > 0 ? { ...one, spacing: 'Small' as const } : one));
  });
  const fitting = whatFits(lines, bytes);
  return { part: { elements: fitting.flat(), mentions: [] }, shown: fitting.length };
}

interface Drawn {
  readonly part: Part;
  readonly shown: number;
}

/** What a table takes when nothing of it is left out for want of room. */
export function tableBytes(table: Table): number {
  return jsonBytes(renderTable(table, Number.POSITIVE_INFINITY).elements) + FRAME_BYTES;
}

/** As many as fit, and at least one. Each is an element, or several. */
function whatFits<Row extends object>(rows: readonly Row[], bytes: number): readonly Row[] {
  let room = bytes;
  const most = rows.findIndex((row, index) => {
    for (const one of Array.isArray(row) ? row : [row]) room -= jsonBytes(one) + COMMA;
    return room < 0 && index > 0;
  });
  return most === -1 ? rows : rows.slice(0, most);
}

function tableRow(cells: readonly string[], look: Look): CardTableRow {
  return {
    type: 'TableRow',
    cells: cells.map((value) => ({
      type: 'TableCell',
      // A space that does not break shows as empty.
      items: [
        {
          type: 'RichTextBlock',
          inlines: [{ type: 'TextRun', text: whole(value) || '\u00A0', ...look }],
        },
      ],
    })),
  };
}

/** Clients break a line between a minus and a currency sign unless they are joined. */
function whole(value: string): string {
  return withoutDates(value).replace(/−(?=\p{Sc})/gu, '−\u2060');
}

/**
 * The largest in which no cell takes more than two lines, else the smallest if every column has room for its longest
 * word. Undefined where even that is too wide.
 */
function sizeFor({ columns, titles, rows }: Cells): TextSize | undefined {
  if (columns.length > MOST_BESIDE) return undefined;
  const texts = columns.map((_, at) => [titles, ...rows].map((row) => row[at] ?? ''));
  const words = texts.map((cells) => wordWidth(cells) + MARGIN);
  const twoLines = texts.map((cells, at) =>
    Math.max(words[at] ?? 0, Math.ceil(longest(cells, LONGEST_LINE) / 2) + MARGIN),
  );
  return (
    TEXT_SIZES.find(({ characters }) => total(twoLines) <= characters) ??
    TEXT_SIZES.findLast(({ characters }) => total(words) <= characters)
  );
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}

/** Shares of the width: what the longest words leave goes, bit by bit, to the column whose cells take the most lines. */
function widthsOf(columns: readonly (readonly string[])[], line: number): number[] {
  const lengths = columns.map((texts) => longest(texts, LONGEST_LINE));
  const widths = columns.map(wordWidth);
  const lines = (at: number) => (lengths[at] ?? 1) / (widths[at] ?? 1);
  for (let room = line - total(widths) - widths.length * MARGIN; room > 0; room -= 1) {
    const most = widths.reduce((best, _, at) => (lines(at) > lines(best) ? at : best), 0);
    if (lines(most) <= 1) break;
    widths[most] = (widths[most] ?? 0) + 1;
  }
  return widths.map((width) => width + MARGIN);
}

function wordWidth(texts: readonly string[]): number {
  return longest(
    texts.flatMap((cell) => cell.split(/[ -]/)),
    LONGEST_WORD,
  );
}

function longest(texts: readonly string[], most: number): number {
  return Math.min(Math.max(1, ...texts.map(({ length }) => length)), most);
}

function leftOutWords(table: Table, columns: number, rows: number): string[] {
  const hidden = table.columns.slice(columns).map(({ title }) => oneLine(title));
  const missing = table.rows.length - rows;
  return [
    ...(missing > 0
      ? [
          `${rows} of ${table.rows.length} rows are shown: a Teams message holds no more. The other ${missing === 1 ? 'one is' : `${missing} are`} left out.`,
        ]
      : []),
    ...(hidden.length > 0 ? [`and ${hidden.length} more columns, left out: ${hidden.join(', ')}`] : []),
    ...(table.more ? [table.more] : []),
  ];
}

function cellText(value = '', align: TableColumn['align'] = 'left'): string {
  const shown = clip(oneLine(value), limits.table.cell).replaceAll(' %', '\u00A0%');
  return align === 'right' && shown.length <= AMOUNT ? shown.replaceAll(' ', '\u00A0') : shown;
}
