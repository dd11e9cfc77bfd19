/** Runs BigQuery's SQL on another engine, as far as the sources use it: a wrong query gives wrong numbers. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type Field, structureOf } from './gcp-columns.ts';
import type { ExportRow } from './gcp-rows.ts';

/** A query parameter as sent. */
export interface SentParameter {
  readonly name: string;
  readonly parameterType: { readonly type: string };
  readonly parameterValue: {
    readonly value?: string;
    readonly arrayValues?: readonly { readonly value: string }[];
  };
}

/** A query that BigQuery itself would refuse. */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery';
}

export interface GcpEngine {
  load(rows: readonly ExportRow[]): Promise<void>;
  /** Throws what running it would throw, without running it. */
  check(sql: string, parameters: readonly SentParameter[]): Promise<void>;
  run(
    sql: string,
    parameters: readonly SentParameter[],
  ): Promise<{ columns: string[]; rows: (string | null)[][] }>;
  close(): void;
}

export async function openEngine(table: string, columns: readonly Field[]): Promise<GcpEngine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection: DuckDBConnection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    async load(rows) {
      const structure = JSON.stringify({ ...structureOf(columns), _PARTITIONTIME: 'TIMESTAMPTZ' });
      await connection.run(
        `CREATE OR REPLACE TABLE export_rows AS
         SELECT one.* FROM (SELECT UNNEST(from_json($rows, ${quote(JSON.stringify([JSON.parse(structure)]))})) AS one)`,
        { rows: JSON.stringify(rows) },
      );
    },
    async check(sql, parameters) {
      await connection.run(`EXPLAIN ${bind(translate(sql, table), parameters)}`);
    },
    async run(sql, parameters) {
      const result = await connection.runAndReadAll(bind(translate(sql, table), parameters));
      return {
        columns: result.columnNames(),
        rows: result.getRows().map((row) => row.map((value) => (value === null ? null : String(value)))),
      };
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** The constructs that the two engines write differently. */
function translate(sql: string, table: string): string {
  const named = sql.replace(/`([^`]*)`/g, (_, name: string) => {
    if (name !== table) throw new InvalidQuery(`Not found: Table ${name}`);
    return 'export_rows';
  });
  return named
    .replace(
      /TO_JSON_STRING\(ARRAY\(SELECT AS STRUCT l\.key AS key, l\.value AS value FROM UNNEST\(([\w.]+)\) AS l WHERE l\.key IN UNNEST\((@\w+)\) ORDER BY l\.key\)\)/g,
      'CAST(to_json(list_sort(list_transform(list_filter(COALESCE($1, []), lambda l: list_contains($2, l.key)), lambda l: struct_pack("key" := l.key, "value" := l.value)))) AS VARCHAR)',
    )
    .replace(/TO_JSON_STRING\(/g, 'to_json(')
    .replace(/IN UNNEST\((@\w+)\)/g, 'IN (SELECT UNNEST($1))')
    .replace(/UNNEST\(([\w.]+)\) AS (\w+)/g, 'UNNEST($1) AS $2_rows($2)')
    .replace(/BIGNUMERIC/g, 'DECIMAL(38,12)')
    .replace(/UNIX_MICROS\(/g, 'epoch_us(');
}

function bind(sql: string, parameters: readonly SentParameter[]): string {
  return sql.replace(/@(\w+)/g, (_, name: string) => {
    const found = parameters.find((parameter) => parameter.name === name);
    if (!found) throw new InvalidQuery(`Query parameter '${name}' not found`);
    const { type } = found.parameterType;
    const { value = '', arrayValues = [] } = found.parameterValue;
    if (type === 'ARRAY') return `[${arrayValues.map((one) => quote(one.value)).join(', ')}]::VARCHAR[]`;
    if (type === 'TIMESTAMP') return `TIMESTAMPTZ ${quote(value)}`;
    return type === 'STRING' ? quote(value) : `${type} ${quote(value)}`;
  });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
