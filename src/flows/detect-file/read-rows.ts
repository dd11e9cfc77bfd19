/** A file of times and values → rows, or what is wrong with it and in which line. */
import { parse } from 'csv-parse/sync';
import { AppError, describeError } from '../../core/errors.ts';
import { chooseColumns } from './columns.ts';
import { isDayFirst, isStepNumber, parseStamp, type Stamp } from './parse-stamp.ts';
import { parseValue } from './parse-value.ts';

export interface Row {
  readonly stamp: Stamp;
  /** The time as it was written. */
  readonly text: string;
  /** NaN is unknown. */
  readonly value: number;
}

export interface ReadRows {
  /** In the order of the file. */
  readonly rows: readonly Row[];
  /** The times are numbers of steps (0, 1, 2 …), not times. */
  readonly numbered: boolean;
  readonly dayFirst: boolean;
}

export interface CsvLine {
  readonly record: readonly string[];
  /** Number of the line in the file, from 1. */
  readonly line: number;
}

/** Reads all rows. Throws INVALID that names the first line which cannot be read, and how many more there are. */
export function readRows(csv: string, file: string): ReadRows {
  const lines = readCsv(csv, file);
  if (lines.length === 0) throw new AppError('INVALID', `${file} is empty.`, { hint: FORM });
  const columns = chooseColumns(
    lines.slice(0, 51).map(({ record }) => record),
    file,
  );
  const data = columns.header ? lines.slice(1) : lines;
  const texts = data.map(({ record }) => record[columns.stamp] ?? '');
  const dayFirst = isDayFirst(texts);
  const decimalComma = delimiterOf(csv) !== ',';
  const wrong: string[] = [];
  const rows: Row[] = [];
  for (const [index, { record, line }] of data.entries()) {
    const text = texts[index] ?? '';
    const stamp = parseStamp(text, dayFirst);
    const value = parseValue(record[columns.value] ?? '', decimalComma);
    if (!stamp) wrong.push(`Line ${line} of ${file}: "${text.slice(0, 60)}" is not a time.`);
    else if (value === undefined)
      wrong.push(`Line ${line} of ${file}: "${record[columns.value]?.slice(0, 60)}" is not a number.`);
    else rows.push({ stamp, text, value });
  }
  const [first] = wrong;
  if (first !== undefined) {
    const more = wrong.length > 1 ? ` So is it with ${wrong.length - 1} more of ${data.length} rows.` : '';
    throw new AppError('INVALID', `${first}${more}`, { hint: FORM });
  }
  return { rows, numbered: texts.length > 0 && texts.every(isStepNumber), dayFirst };
}

const FORM = 'Each line is a time such as 2026-11-20T14:00:00Z and a number, separated by a comma.';

/** The lines of a CSV; empty ones and those that begin with # are left out. Throws INVALID in words. */
export function readCsv(csv: string, file: string): CsvLine[] {
  return csv.includes('"') ? readQuoted(csv, file) : readPlain(csv);
}

/** Without quotes a line is a row: ten times as fast as a real parser, which is felt with 20,000 of them. */
function readPlain(csv: string): CsvLine[] {
  const delimiter = delimiterOf(csv);
  return csv
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((text, index) => ({ record: text.split(delimiter).map((cell) => cell.trim()), line: index + 1 }))
    .filter(({ record }) => record.some((cell) => cell !== '') && !record[0]?.startsWith('#'));
}

function readQuoted(csv: string, file: string): CsvLine[] {
  try {
    const parsed: unknown = parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      comment: '#',
      comment_no_infix: true,
      info: true,
    });
    return (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (cause) {
    throw new AppError('INVALID', `${file} is not a CSV file: ${describeError(cause)}`, {
      hint: FORM,
      cause,
    });
  }
}

function delimiterOf(csv: string): ',' | ';' | '\t' | '|' {
  const line =
    csv
      .slice(0, 4096)
      .split(/\r?\n/)
      .find((one) => one.trim() !== '' && !one.startsWith('#')) ?? '';
  return (['\t', ';', '|'] as const).find((one) => line.includes(one)) ?? ',';
}
