import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { committedMigrations, pendingMigrations } from '../../src/store/migrate.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { openSchemaEngine } from '../../src/store/schema-engine.ts';

const SCHEMA = resolve(import.meta.dirname, '../../prisma/schema.prisma');
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-migrate-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Every table and index as SQLite keeps them, without Prisma's own bookkeeping. */
async function structure(store: Store): Promise<string[]> {
  const rows = await store.$queryRawUnsafe<{ sql: string }[]>(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' AND name NOT LIKE '_prisma%' AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
  );
  return rows.map((row) => row.sql.replace(/\s+/g, ' ').replace(/ ?([(),]) ?/g, '$1'));
}

it('the committed migrations make exactly the tables of schema.prisma', async () => {
  const migrated = await openStore(`file:${join(dir, 'migrated.db')}`);
  const pushed = `file:${join(dir, 'pushed.db')}`;
  const content = readFileSync(SCHEMA, 'utf8');
  const { engine, close } = await openSchemaEngine(pushed, content);
  const files = [{ path: 'prisma/schema.prisma', content }];
  await engine.schemaPush({
    force: false,
    schema: { files },
    filters: { externalTables: [], externalEnums: [] },
  });
  await close();
  const wanted = await openStore(pushed, { migrate: false });
  expect(await structure(migrated)).toEqual(await structure(wanted));
  expect((await structure(migrated)).length).toBeGreaterThan(20);
  // What no schema can say: a migration that makes the table anew must make them anew.
  const triggers = await migrated.$queryRawUnsafe<{ name: string }[]>(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
  );
  expect(triggers.map(({ name }) => name)).toEqual(['AuditEntry_fixed', 'AuditEntry_keep']);
  await migrated.$disconnect();
  await wanted.$disconnect();
});

it('opening again applies nothing and keeps what is there', async () => {
  const url = `file:${join(dir, 'kept.db')}`;
  const first = await openStore(url);
  await first.meta.create({ data: { key: 'a', value: 'b' } });
  await first.$disconnect();
  const second = await openStore(url);
  expect(await pendingMigrations(second)).toEqual([]);
  expect(await second.meta.findMany()).toEqual([{ key: 'a', value: 'b' }]);
  const applied = await second.$queryRawUnsafe<{ n: bigint }[]>('SELECT COUNT(*) n FROM _prisma_migrations');
  expect(Number(applied[0]?.n)).toBe(committedMigrations().length);
  await second.$disconnect();
});

it('refuses a database of a newer Pennywatch and leaves it alone', async () => {
  const url = `file:${join(dir, 'newer.db')}`;
  const store = await openStore(url);
  await store.$executeRawUnsafe(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ('x', 'x', '99990101000000_later', 1, 1)",
  );
  await store.$disconnect();
  await expect(openStore(url)).rejects.toThrow(
    'written by a newer Pennywatch (migration 99990101000000_later)',
  );
});

it('refuses a file that is no database, and an address that is no file', async () => {
  const file = join(dir, 'not.db');
  writeFileSync(
    file,
    'this is not a database, just some text that is long enough to be looked at '.repeat(20),
  );
  await expect(openStore(`file:${file}`)).rejects.toThrow(/cannot be opened: file is not a database/);
  await expect(openStore('postgresql://user:hunter2@host/db')).rejects.toThrow(/is not a SQLite file/);
  await expect(openStore('postgresql://user:hunter2@host/db')).rejects.not.toThrow(/hunter2/);
});
