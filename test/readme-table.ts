/** Tables as README has them. */
import type { SettingReference } from '../src/config.ts';

export function reference(rows: readonly SettingReference[]): string {
  return table(
    ['key', 'type', 'default', 'meaning'],
    rows.map((row) => [`\`${row.path}\``, row.type, row.default ? `\`${row.default}\`` : '', row.meaning]),
  );
}

export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
