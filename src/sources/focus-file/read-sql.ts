/** The SELECT that gives a file's charges as text, one column per FOCUS column that is read. */
import { AppError } from '../../core/errors.ts';
import { curProjection } from './cur-sql.ts';
import { type Duck, identifier, literal } from './duck.ts';
import { COST_COLUMNS, DATE_COLUMNS, READ_COLUMNS, type ReadColumn } from './focus-columns.ts';
import { type ColumnMap, mapColumns } from './map-columns.ts';
import type { OpenedCsv, OpenedFile, OpenedParquet } from './open-file.ts';

export interface ReadableFile {
  readonly map: ColumnMap;
  /** SELECT of all READ_COLUMNS as VARCHAR, the `typed` ones also as they are, and `row_no` from 1 in file order. */
  readonly numbered: string;
  /** The same without `row_no`; rows may come in any order. */
  readonly select: string;
  /** DuckDB's type of the columns that need no reading of text, and stand beside their text as `typedName`. */
  readonly typed: ReadonlyMap<string, string>;
  /** Rows that the SELECT has to give. */
  readonly rows: number;
  /** A comma in an amount could be a decimal comma. */
  readonly commaUnclear: boolean;
}

/** What stands for the version of a Cost and Usage Report. */
export const REPORT = 'AWS CUR';
const REPORT_READ =
  'An AWS Cost and Usage Report: the unblended cost is read as BilledCost, the amortised cost as EffectiveCost.';

/** How DuckDB is to read CSV: strictly by RFC 4180, or whatever it finds, which takes one thread at times. */
export type Reading = 'strict' | 'lenient';

/** Maps the columns of an opened file. Throws INVALID when it is not FOCUS or a column has the wrong type. */
export async function readableFile(
  duck: Duck,
  path: string,
  file: OpenedFile,
  reading: Reading,
): Promise<ReadableFile> {
  if (file.kind === 'parquet') return readableParquet(duck, path, file);
  const readable = readableCsv(path, file, reading);
  if (file.scan.records === 0 && file.scan.malformed.length === 0) throw noRows(path);
  return readable;
}

/** The same for a CSV file whose rows have not been counted yet. */
export function readableCsv(path: string, file: Omit<OpenedCsv, 'sha256'>, reading: Reading): ReadableFile {
  const report = curProjection(file.columns, { name: (index) => `c${index}`, type: () => 'VARCHAR' });
  const map = report ? mapReport(path, report.columns) : mapColumns(path, file.columns);
  const columns = file.columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const rows = `read_csv(${literal(file.readFrom)}, auto_detect = false, header = true, columns = {${columns}},
    delim = ${literal(file.delimiter)}, quote = '"', escape = '"', nullstr = ['NULL', ''],
    strict_mode = ${reading === 'strict'}, parallel = ${reading === 'strict'})`;
  const from = report ? `(SELECT ${report.select} FROM ${rows})` : rows;
  const list = selectList(map, (position, column) => (report ? identifier(column) : `c${position}`));
  return {
    map,
    numbered: `SELECT ${list}, row_number() OVER () AS row_no FROM ${from}`,
    select: `SELECT ${list} FROM ${from}`,
    typed: new Map(),
    rows: file.scan.records,
    commaUnclear: file.delimiter === ';',
  };
}

async function readableParquet(duck: Duck, path: string, file: OpenedParquet): Promise<ReadableFile> {
  const whole = `read_parquet(${literal(file.readFrom)}, binary_as_string = true, file_row_number = true)`;
  const given = await describe(duck, path, whole);
  const report = curProjection(given.names, {
    name: (index) => identifier(given.names[index] ?? ''),
    type: (index) => given.types[index] ?? '',
  });
  const from = report ? `(SELECT ${report.select}, file_row_number FROM ${whole})` : whole;
  const { names, types } = report ? await describe(duck, path, from) : given;
  const map = report ? mapReport(path, report.columns) : mapColumns(path, names);
  for (const [column, position] of map.positions) refuseType(path, column, types[position] ?? '');
  const typed = new Map(
    [...map.positions].flatMap(([column, position]): [ReadColumn, string][] =>
      TYPED.test(types[position] ?? '') && (isCost(column) || isTime(column))
        ? [[column, types[position] ?? '']]
        : [],
    ),
  );
  const list = selectList(map, (position, column) => {
    const name = identifier(names[position] ?? '');
    const text = parquetText(column, name, types[position] ?? '');
    return typed.has(column) ? `${name} AS ${typedName(column)}, ${text}` : text;
  });
  const [count] = await duck.rows(`SELECT count(*) FROM ${from}`);
  const rows = Number(count?.[0]);
  if (rows === 0) throw noRows(path);
  return {
    map,
    numbered: `SELECT ${list}, file_row_number + 1 AS row_no FROM ${from}`,
    select: `SELECT ${list} FROM ${from}`,
    typed,
    rows,
    commaUnclear: false,
  };
}

async function describe(
  duck: Duck,
  path: string,
  from: string,
): Promise<{ names: readonly string[]; types: readonly string[] }> {
  const schema = await duck
    .rows(`DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${from}`)
    .catch((cause) => {
      throw new AppError('INVALID', `${path} cannot be read as Parquet: it is damaged or encrypted.`, {
        hint: 'Download it again. Nothing was imported.',
        cause,
      });
    });
  return { names: schema.map(([name]) => String(name)), types: schema.map(([, type]) => String(type)) };
}

function mapReport(path: string, columns: readonly ReadColumn[]): ColumnMap {
  const { positions, warnings } = mapColumns(path, columns);
  return { positions, focusVersion: REPORT, warnings: [REPORT_READ, ...warnings] };
}

function selectList(map: ColumnMap, read: (position: number, column: ReadColumn) => string): string {
  return READ_COLUMNS.map((column) => {
    const position = map.positions.get(column);
    return `${position === undefined ? 'NULL::VARCHAR' : read(position, column)} AS ${identifier(column)}`;
  }).join(', ');
}

const NUMBER = /^(DECIMAL|DOUBLE|FLOAT|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)/;
const NESTED = /\[\]$|^(STRUCT|MAP|UNION|LIST)/;

function refuseType(path: string, column: ReadColumn, type: string): void {
  const wanted = wantedType(column);
  const fits = {
    number: type === 'VARCHAR' || (NUMBER.test(type) && !NESTED.test(type)),
    time: type === 'VARCHAR' || /^(TIMESTAMP|DATE$)/.test(type),
    tags: type === 'VARCHAR' || type === 'JSON' || NESTED.test(type),
    text: !NESTED.test(type) && type !== 'BLOB',
  }[wanted];
  if (fits) return;
  throw new AppError('INVALID', `${path}: column ${column} is ${type}, a ${wanted} was expected.`, {
    hint: `Export ${column} as the FOCUS specification has it.`,
  });
}

/** Floating-point numbers are left out: their text is what the bill's author wrote. */
const TYPED = /^(DECIMAL\(\d+,(\d|1[0-8])\)|TIMESTAMP|TIMESTAMP WITH TIME ZONE|DATE)$/;

/** The name under which a typed column stands beside its text. */
export function typedName(column: string): string {
  return identifier(`typed ${column}`);
}

function isCost(column: ReadColumn): boolean {
  return COST_COLUMNS.some((cost) => cost === column);
}

function isTime(column: ReadColumn): boolean {
  return DATE_COLUMNS.some((date) => date === column);
}

function wantedType(column: ReadColumn): 'number' | 'time' | 'tags' | 'text' {
  if (isCost(column)) return 'number';
  if (isTime(column)) return 'time';
  return column === 'Tags' ? 'tags' : 'text';
}

/** Floating-point numbers become their shortest text, which is what the bill's author wrote. */
function parquetText(column: ReadColumn, name: string, type: string): string {
  // A struct has every key in every row; the merge leaves out those that are null.
  if (column === 'Tags' && type.startsWith('STRUCT') && !type.endsWith('[]'))
    return `CAST(json_merge_patch('{}', to_json(${name})) AS VARCHAR)`;
  if (column === 'Tags' && NESTED.test(type)) return `CAST(to_json(${name}) AS VARCHAR)`;
  // Names are tidied later, once per distinct name.
  if (type === 'VARCHAR' && !isCost(column) && !isTime(column)) return name;
  return `nullif(nullif(CAST(${name} AS VARCHAR), ''), 'NULL')`;
}

function noRows(path: string): AppError {
  return new AppError('INVALID', `${path} has a header but no rows.`, {
    hint: 'Check the period the export covers.',
  });
}
