/** Parses each distinct tag text once and leaves the result in DuckDB. */
import type { Duck } from './duck.ts';
import { parseTags } from './tags.ts';

/** Needs `charges`, makes `tag_texts`; returns a warning per file (by number) with unreadable tags. */
export async function readTags(duck: Duck, fileCount: number): Promise<Map<number, string[]>> {
  await duck.run('CREATE TABLE tag_raw (raw VARCHAR, tag_json VARCHAR, ok BOOLEAN)');
  const texts = await duck.rows('SELECT DISTINCT "Tags" FROM charges');
  let unreadable = 0;
  const appender = await duck.connection.createAppender('tag_raw');
  for (const [raw] of texts) {
    const { json, ok } = parseTags(raw === null ? null : String(raw));
    if (raw === null) appender.appendNull();
    else appender.appendVarchar(String(raw));
    appender.appendVarchar(json);
    appender.appendBoolean(ok);
    if (!ok) unreadable++;
    appender.endRow();
  }
  appender.closeSync();
  await duck.run('CREATE TABLE tag_texts AS SELECT *, pw_id(tag_json) AS tag_id FROM tag_raw');
  const warnings = new Map<number, string[]>();
  if (unreadable === 0) return warnings;
  const bad = await duck.rows(
    'SELECT file_no, sum(n)::BIGINT::VARCHAR FROM charges JOIN tag_texts ON raw = "Tags" WHERE NOT ok GROUP BY file_no',
  );
  for (const [file, rows] of bad) {
    const count = Number(rows);
    if (Number(file) < fileCount)
      warnings.set(Number(file), [
        `${count} ${count === 1 ? 'row has' : 'rows have'} Tags that cannot be read; the charges are kept without tags.`,
      ]);
  }
  return warnings;
}
