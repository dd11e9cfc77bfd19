/** Native tables, with alignment and wrapping per column. */
import { useState } from 'react';
import type { Block } from '../../wire.ts';
import { LibraryBlock } from './library-block.tsx';
import type { Cell } from './shapes.ts';

interface ColumnSetting {
  readonly align?: 'left' | 'center' | 'right';
  readonly is_wrapped?: boolean;
}

export function Table({ block }: { block: Block }) {
  const rows = (block.rows ?? []) as readonly (readonly Cell[])[];
  const settings = (block.column_settings ?? []) as readonly (ColumnSetting | null)[];
  return <Grid rows={rows} settings={settings} />;
}

/** Slack's data table shows a page of rows at a time; numbers stand on the right. */
export function DataTable({ block }: { block: Block }) {
  const rows = (block.rows ?? []) as readonly (readonly Cell[])[];
  const pageSize = typeof block.page_size === 'number' ? block.page_size : 5;
  const [shown, setShown] = useState(pageSize);
  const settings =
    rows[1]?.map((cell) => (cell.type === 'raw_number' ? ({ align: 'right' } as const) : null)) ?? [];
  const hidden = rows.length - 1 - shown;
  return (
    <div className="data-table">
      <div className="data-table-caption">{String(block.caption ?? '')}</div>
      <Grid rows={rows.slice(0, shown + 1)} settings={settings} />
      {hidden > 0 && (
        <button type="button" className="link-button" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(hidden, pageSize)} more of {hidden}
        </button>
      )}
    </div>
  );
}

function Grid(props: { rows: readonly (readonly Cell[])[]; settings: readonly (ColumnSetting | null)[] }) {
  const [head = [], ...body] = props.rows;
  const style = (column: number) => {
    const setting = props.settings[column];
    return {
      textAlign: setting?.align ?? 'left',
      whiteSpace: setting?.is_wrapped ? 'normal' : 'nowrap',
    } as const;
  };
  return (
    <section className="table-scroll" aria-label="Table">
      <table className="slack-table">
        <thead>
          <tr>
            {numbered(head).map(({ item, index, key }) => (
              <th key={key} scope="col" style={style(index)}>
                <CellContent cell={item} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(body).map((row) => (
            <tr key={row.key}>
              {numbered(row.item).map(({ item, index, key }) => (
                <td key={key} style={style(index)}>
                  <CellContent cell={item} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Rows and cells have no identity but their place. */
function numbered<T>(items: readonly T[]): { item: T; index: number; key: string }[] {
  return items.map((item, index) => ({ item, index, key: String(index) }));
}

function CellContent({ cell }: { cell: Cell }) {
  if (cell.type === 'rich_text') return <LibraryBlock block={cell} />;
  return <>{cell.text ?? String(cell.value ?? '')}</>;
}
