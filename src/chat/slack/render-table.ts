/** A table as Slack's native block, or as aligned text where a message already has its one native table. */
import type { KnownBlock, RawTextElement, TableBlock } from '@slack/types';
import type { Element, TableColumn } from '../../view/elements.ts';
import { printable, tableToText } from '../../view/fallback.ts';
import { clip } from './clip.ts';
import { limits } from './limits.ts';
import { renderNote } from './render-context.ts';

type Table = Extract<Element, { kind: 'table' }>;

/** What of a table fits, and in words what does not. */
interface FittedTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export function renderNativeTable(table: Table): KnownBlock[] {
  if (table.columns.length === 0) return [];
  const { columns, rows, notes } = fitTable(table, limits.table.characters, limits.table.rows - 1);
  const titles = columns.map((column) => column.title);
  const block: TableBlock = {
    type: 'table',
    rows: [titles, ...rows].map((row) => row.map(cell)),
    column_settings: columns.map((column) =>
      column.align === 'right' ? { align: 'right' } : { align: 'left', is_wrapped: true },
    ),
  };
  return [block, ...noteBlock(notes)];
}

export function renderTextTable(table: Table): KnownBlock[] {
  if (table.columns.length === 0) return [];
  const fitted = fitTable(table, limits.richText / 2, limits.table.rows - 1);
  let rows = fitted.rows;
  // Alignment pads cells, so the drawn text can be longer than its values.
  while (rows.length > 1 && tableToText(fitted.columns, rows).length > limits.richText)
    rows = rows.slice(0, -1);
  const notes =
    rows.length === fitted.rows.length ? fitted.notes : cutNotes(table, fitted.columns.length, rows.length);
  const drawn = clip(tableToText(fitted.columns, rows), limits.richText);
  return [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: drawn }] }],
    },
    ...noteBlock(notes),
  ];
}

function fitTable(table: Table, characters: number, maxRows: number): FittedTable {
  const columns = table.columns.slice(0, limits.table.columns);
  let room = characters - columns.reduce((sum, column) => sum + cellText(column.title).length, 0);
  const rows: string[][] = [];
  for (const row of table.rows.slice(0, maxRows)) {
    const cells = columns.map((_, index) => cellText(row[index] ?? ''));
    room -= cells.reduce((sum, value) => sum + value.length, 0);
    if (room < 0 && rows.length > 0) break;
    rows.push(cells);
  }
  return { columns, rows, notes: cutNotes(table, columns.length, rows.length) };
}

function cutNotes(table: Table, columns: number, rows: number): string[] {
  const hidden = table.columns.slice(columns).map((column) => column.title);
  const notes: string[] = [];
  if (rows < table.rows.length) {
    notes.push(
      `${rows} of ${table.rows.length} rows are shown: a Slack message holds no more. The other ${table.rows.length - rows} are left out.`,
    );
  }
  if (hidden.length > 0) notes.push(`and ${hidden.length} more columns, left out: ${hidden.join(', ')}`);
  if (table.more) notes.push(table.more);
  return notes;
}

function noteBlock(notes: readonly string[]): KnownBlock[] {
  return notes.length === 0 ? [] : renderNote(notes.join('\n'));
}

function cellText(value: string): string {
  return clip(printable(value).replace(/\s+/g, ' ').trim(), limits.table.cell);
}

/** Slack wants at least one character in a cell; a space that does not break shows as empty. */
function cell(value: string): RawTextElement {
  return { type: 'raw_text', text: cellText(value) || '\u00A0' };
}
