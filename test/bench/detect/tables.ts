/** A table of the results: for the screen and for the page that is kept. */

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said below it. */
  readonly note?: string;
}

/** Columns aligned; numbers to the right. */
export function plain({ title, head, rows, note }: Table): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [title, line(head), rule, ...rows.map(line), ...(note ? [note] : []), ''].join('\n');
}

export function markdown({ title, head, rows, note }: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = line(head.map((_, column) => (column === 0 ? '---' : '---:')));
  return [`## ${title}`, '', line(head), rule, ...rows.map(line), '', ...(note ? [note, ''] : [])].join('\n');
}

/** A number with so many digits; '–' for what cannot be said. */
export function cell(value: number, digits = 0): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

/** A share as whole percents. */
export function percent(share: number, digits = 0): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–';
}
