/** Opens the database: one Prisma client on SQLite, brought up to date. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { AppError, describeError } from '../core/errors.ts';
import { PrismaClient } from './generated/client.ts';
import { applyMigrations, pendingMigrations } from './migrate.ts';

/** The open database, handed to every store function. */
export type Store = PrismaClient;

/** A client inside a transaction. */
export type StoreTransaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/**
 * Opens `url` ("file:./pennywatch.db") and applies pending migrations.
 * Throws CONFIG for an address that is no SQLite file and UPSTREAM when the file cannot be opened.
 */
export async function openStore(url: string, options: { migrate?: boolean } = {}): Promise<Store> {
  const path = sqlitePath(url);
  const address = `file:${path}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (options.migrate !== false) await bringUpToDate(address);
    const db = connect(address);
    await db.$queryRawUnsafe('PRAGMA journal_mode = WAL');
    await db.$queryRawUnsafe('PRAGMA synchronous = NORMAL');
    return db;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('UPSTREAM', `The database ${path} cannot be opened: ${databaseWords(cause)}`, {
      hint: 'Check that the folder exists and is writable and that the file is a SQLite database, or name another with --db file:./other.db.',
      cause,
    });
  }
}

async function bringUpToDate(address: string): Promise<void> {
  const db = connect(address);
  const pending = await pendingMigrations(db).finally(() => db.$disconnect());
  if (pending.length > 0) await applyMigrations(address);
}

function connect(address: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaBetterSqlite3({ url: address, timeout: 30_000 }),
    transactionOptions: { maxWait: 60_000, timeout: 3_600_000 },
  });
}

/** The file a "file:" address means. Throws CONFIG for anything else. */
export function sqlitePath(url: string): string {
  if (!url.startsWith('file:') || url.length <= 'file:'.length)
    throw new AppError(
      'CONFIG',
      `The database address "${url.replace(/:[^:@/]*@/, ':…@')}" is not a SQLite file.`,
      {
        hint: 'Write file:PATH, for example --db file:./pennywatch.db (or set DATABASE_URL).',
      },
    );
  return resolve(url.slice('file:'.length));
}

/** What SQLite said, without the client's own wrapping. */
function databaseWords(cause: unknown): string {
  const lines = describeError(cause)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return /Message: `(.+)`/.exec(lines.join(' '))?.[1] ?? lines.at(-1) ?? 'unknown error';
}
