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

export interface OpenStoreOptions {
  /** Whether pending migrations are applied; yes unless told. */
  readonly migrate?: boolean;
  /**
   * What a write does while another connection writes: wait in place (the default; blocks the thread), or fail at
   * once, so that `lockForWriting` and `whenFree` try again while the thread goes on.
   */
  readonly busy?: 'wait' | 'retry';
}

/**
 * Opens `url` ("file:./pennywatch.db") and applies pending migrations.
 * Throws CONFIG for an address that is no SQLite file and UPSTREAM when the file cannot be opened.
 */
export async function openStore(url: string, options: OpenStoreOptions = {}): Promise<Store> {
  const path = sqlitePath(url);
  const address = `file:${path}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (options.migrate !== false) await bringUpToDate(address);
    const timeout = options.busy === 'retry' ? 0 : 30_000;
    const db = connect(address, timeout);
    await prepare(db);
    const writer = connect(address, timeout);
    await prepare(writer);
    return withWriter(db, writer);
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

function connect(address: string, timeout = 30_000): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaBetterSqlite3({ url: address, timeout }),
    transactionOptions: { maxWait: 60_000, timeout: 3_600_000 },
  });
}

/** Two months of a large organisation's facts fit, so that a question's second query finds what its first has read. */
export const CACHE_KIB = 64_000;

async function prepare(db: PrismaClient): Promise<void> {
  await db.$queryRawUnsafe('PRAGMA journal_mode = WAL');
  await db.$queryRawUnsafe('PRAGMA synchronous = NORMAL');
  await db.$queryRawUnsafe(`PRAGMA cache_size = -${CACHE_KIB}`);
}

/**
 * One client is one connection, and whatever is asked of it while a transaction is open becomes part of that
 * transaction. So transactions have a connection of their own, and everything else goes on beside them.
 */
function withWriter(db: PrismaClient, writer: PrismaClient): PrismaClient {
  const transaction = writer.$transaction.bind(writer);
  const disconnect = async () => {
    await Promise.all([db.$disconnect(), writer.$disconnect()]);
  };
  return new Proxy(db, {
    get(target, key, receiver) {
      if (key === '$transaction') return transaction;
      if (key === '$disconnect') return disconnect;
      return Reflect.get(target, key, receiver);
    },
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
