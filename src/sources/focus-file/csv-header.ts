/** Reads the header of a CSV file: delimiter, BOM, column names. */
import { parse } from 'csv-parse/sync';
import { AppError } from '../../core/errors.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

export const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The delimiter that occurs most in the first line, outside of quotes; a comma when none does. */
export function detectDelimiter(start: Buffer): string {
  const text = start
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  const line = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Column names of the header record. Throws INVALID when it is no CSV at all. */
export function parseHeader(header: Buffer, delimiter: string): string[] {
  try {
    const rows: string[][] = parse(header, { delimiter, bom: true, relax_quotes: true, to: 1 });
    return (rows[0] ?? []).map((name) => name.trim());
  } catch (cause) {
    throw new AppError('INVALID', 'The first line cannot be read as a CSV header.', { cause });
  }
}
