/** Parts of SQL that all queries share. Values are always parameters; names were checked before. */
import { addDays, type Day } from '../../core/day.ts';
import type { ExportTable } from './export-table.ts';

/** A value given beside the SQL. */
export type Parameter =
  | {
      readonly name: string;
      readonly type: 'STRING' | 'TIMESTAMP' | 'DATETIME' | 'DATE';
      readonly value: string;
    }
  | { readonly name: string; readonly type: 'ARRAY'; readonly values: readonly string[] };

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

export interface Days {
  readonly start: Day;
  readonly end: Day;
}

/** The table's name in SQL; its characters were checked when the settings were read. */
export function quoted(table: ExportTable): string {
  return `\`${table.name}\``;
}

/**
 * Exact amount of a column: exports hold binary floating point numbers, twelve decimals of which are what was meant
 * (NUMERIC keeps nine, and rounds every row).
 */
export function exact(expression: string): string {
  return `ROUND(CAST(${expression} AS BIGNUMERIC), 12)`;
}

/** Sum of an amount that may be unknown: unknown as soon as one row's is. */
export function sumIfKnown(column: string): string {
  return `IF(COUNTIF(${column} IS NULL) = 0, SUM(${column}), NULL)`;
}

/** The kept labels of a row as JSON text, in the order of their keys. A sub-select never multiplies the row. */
export function keptLabels(path: string): string {
  return `TO_JSON_STRING(ARRAY(SELECT AS STRUCT l.key AS key, l.value AS value FROM UNNEST(${path}) AS l WHERE l.key IN UNNEST(@labels) ORDER BY l.key))`;
}

/**
 * Conditions for charges of these days, and their parameters. Partitions are by the time of loading: nothing is loaded
 * before it was used (with a day of slack), but late rows and whole back-fills are loaded any time after.
 */
export function ofDays(table: ExportTable, used: string, { start, end }: Days): Statement {
  const from = since(table, addDays(start, -1));
  return {
    sql: [...(from ? [from.sql] : []), `${used} >= @used_from`, `${used} < @used_until`].join(' AND '),
    parameters: [
      ...(from?.parameters ?? []),
      moment(table, used, 'used_from', start),
      moment(table, used, 'used_until', addDays(end, 1)),
    ],
  };
}

/** Leaves out the partitions of before this day; undefined where there is nothing to leave out. */
export function since(table: ExportTable, day: Day): Statement | undefined {
  if (table.partition === undefined) return undefined;
  return {
    sql: `${table.partition} >= @loaded_from`,
    parameters: [{ name: 'loaded_from', type: 'TIMESTAMP', value: `${day}T00:00:00Z` }],
  };
}

/** UTC midnight of a day in the type of the column it is compared with. */
export function moment(table: ExportTable, column: string, name: string, day: Day): Parameter {
  const type = table.typeOf(column);
  if (type === 'DATE') return { name, type, value: day };
  if (type === 'DATETIME') return { name, type, value: `${day}T00:00:00` };
  return { name, type: 'TIMESTAMP', value: `${day}T00:00:00Z` };
}

/** A parameter as BigQuery's REST API takes it. */
export function wire(parameter: Parameter): Record<string, unknown> {
  const { name } = parameter;
  if (parameter.type === 'ARRAY')
    return {
      name,
      parameterType: { type: 'ARRAY', arrayType: { type: 'STRING' } },
      parameterValue: { arrayValues: parameter.values.map((value) => ({ value })) },
    };
  return { name, parameterType: { type: parameter.type }, parameterValue: { value: parameter.value } };
}
