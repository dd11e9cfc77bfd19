/** Applies the committed migrations at start, forwards only, and never loses data. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, describeError } from '../core/errors.ts';
import type { PrismaClient } from './generated/client.ts';
import { openSchemaEngine } from './schema-engine.ts';

const PRISMA_DIR = fileURLToPath(new URL('../../prisma', import.meta.url));

/** Names of the committed migrations, oldest first. */
export function committedMigrations(): string[] {
  const dir = join(PRISMA_DIR, 'migrations');
  return readdirSync(dir)
    .filter((name) => existsSync(join(dir, name, 'migration.sql')))
    .sort();
}

/** Migrations that are committed but not applied to this database. */
export async function pendingMigrations(db: PrismaClient): Promise<string[]> {
  const applied = await appliedMigrations(db);
  const committed = committedMigrations();
  const unknown = applied.filter((name) => !committed.includes(name));
  if (unknown.length > 0)
    throw new AppError(
      'CONFLICT',
      `The database was written by a newer Pennywatch (migration ${unknown[0]}).`,
      {
        hint: 'Start that version or a later one, or point --db at another database.',
      },
    );
  return committed.filter((name) => !applied.includes(name));
}

/**
 * Applies all pending migrations to the database at `url` and returns their names. The engine locks the
 * file exclusively, so no client may be open. Throws UPSTREAM with the engine's words when one fails.
 */
export async function applyMigrations(url: string): Promise<string[]> {
  const { engine, close } = await openSchemaEngine(
    url,
    readFileSync(join(PRISMA_DIR, 'schema.prisma'), 'utf8'),
  );
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: listMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (cause) {
    throw new AppError('UPSTREAM', `The database could not be brought up to date: ${describeError(cause)}`, {
      hint: 'Nothing was deleted. Stop other Pennywatch processes that use this file and start again.',
      cause,
    });
  } finally {
    await close();
  }
}

/** The committed migrations in the engine's own shape. */
export function listMigrations() {
  const baseDir = join(PRISMA_DIR, 'migrations');
  const lock = join(baseDir, 'migration_lock.toml');
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: committedMigrations().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

async function appliedMigrations(db: PrismaClient): Promise<string[]> {
  const tables = await db.$queryRawUnsafe<{ name: string }[]>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'",
  );
  if (tables.length === 0) return [];
  const rows = await db.$queryRawUnsafe<{ migration_name: string }[]>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return rows.map((row) => row.migration_name);
}
