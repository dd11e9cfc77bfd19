/** CSV text as records, each with the line it starts on; one bad quote costs one line, not the rest of the file. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';

export interface CsvRecord {
  /** 1-based line where the record starts. */
  readonly line: number;
  readonly text: string;
}

/** A quoted value may contain line breaks, but none that anybody means goes over more lines. */
const MOST_LINES = 20;

/** Records of a text (UTF-8, LF or CRLF, with or without byte order mark). Empty lines are left out. */
export async function* readRecords(text: Readable): AsyncGenerator<CsvRecord> {
  const waiting: string[] = [];
  let next = 1;
  function* take(atEnd: boolean): Generator<CsvRecord> {
    while (waiting.length > 0) {
      const closed = linesOfFirst(waiting);
      if (closed === 0 && waiting.length <= MOST_LINES && !atEnd) return;
      // A quote that nothing closes is a stray one: its line stands alone.
      const lines = waiting.splice(0, Math.max(closed, 1));
      const record = { line: next, text: lines.join('\n') };
      next += lines.length;
      if (record.text.trim() !== '') yield record;
    }
  }
  for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    waiting.push(next === 1 && waiting.length === 0 ? line.replace(/^\ufeff/, '') : line);
    yield* take(false);
  }
  yield* take(true);
}

/** How many lines the first record covers; 0 while its quotes are open. */
function linesOfFirst(lines: readonly string[]): number {
  let quotes = 0;
  for (const [index, line] of lines.entries()) {
    for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) quotes++;
    if (quotes % 2 === 0) return index + 1;
  }
  return 0;
}

/** The values of a record, or undefined when its quotes do not fit. */
export function splitRecord(text: string, delimiter: string): string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter).map((value) => value.trim());
  try {
    const [values]: string[][] = parse(text, { delimiter, relax_column_count: true, trim: true });
    return values;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
