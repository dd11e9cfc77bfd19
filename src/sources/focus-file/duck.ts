/** Opens DuckDB, in memory with a folder to spill to; loaded on first use. */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { NORMALISE_MACROS } from './normalise-sql.ts';

export interface Duck {
  readonly connection: DuckDBConnection;
  /** Runs statements that return nothing. */
  run(sql: string): Promise<void>;
  /** Rows as arrays of text, numbers and null; 64-bit and decimal values are text. */
  rows(sql: string): Promise<unknown[][]>;
  /** Runs `work` on a connection of its own, beside what runs on this one. */
  beside<T>(work: (duck: Pick<Duck, 'rows'>) => Promise<T>): Promise<T>;
  close(): void;
}

/** `spillDir` is where DuckDB writes what does not fit into its memory. */
export async function openDuck(spillDir: string): Promise<Duck> {
  const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
  const instance: DuckDBInstance = await Instance.create(':memory:', {
    temp_directory: spillDir,
    memory_limit: '600MB',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(NORMALISE_MACROS.join(';\n'));
  return {
    connection,
    async run(sql) {
      await connection.run(sql);
    },
    rows: (sql) => readRows(connection, sql),
    async beside(work) {
      const own = await instance.connect();
      try {
        return await work({ rows: (sql) => readRows(own, sql) });
      } finally {
        own.closeSync();
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function readRows(connection: DuckDBConnection, sql: string): Promise<unknown[][]> {
  return (await connection.runAndReadAll(sql)).getRowsJson();
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
