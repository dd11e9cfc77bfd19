/** Prisma's own schema engine, the WASM build: makes and applies migrations with no downloaded binary. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

/** The parts of the engine's generated JavaScript that instantiation needs. */
interface EngineModule {
  readonly SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let loaded: Promise<EngineModule> | undefined;

export interface OpenEngine {
  readonly engine: SchemaEngine;
  /** Frees the engine and closes the connections it made, which lock the file exclusively. */
  close(): Promise<void>;
}

/** An engine bound to the SQLite database at `url` ("file:…"). */
export async function openSchemaEngine(url: string, schema: string): Promise<OpenEngine> {
  loaded ??= load();
  const { SchemaEngine: Engine } = await loaded;
  const sqlite = new PrismaBetterSqlite3({ url });
  const connections: { dispose(): Promise<void> }[] = [];
  const connect = sqlite.connect.bind(sqlite);
  sqlite.connect = async () => {
    const connection = await connect();
    connections.push(connection);
    return connection;
  };
  const factory = bindMigrationAwareSqlAdapterFactory(sqlite);
  const engine = await Engine.new(
    { datamodels: [['prisma/schema.prisma', schema]] },
    () => undefined,
    factory,
  );
  return {
    engine,
    close: async () => {
      engine.free();
      for (const connection of connections) await connection.dispose();
    },
  };
}

async function load(): Promise<EngineModule> {
  const dir = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const engine = (await import(pathToFileURL(join(dir, 'schema_engine_bg.js')).href)) as EngineModule &
    WebAssembly.ModuleImports;
  const bytes = readFileSync(join(dir, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return engine;
}
