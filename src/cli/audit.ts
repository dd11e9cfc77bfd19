/** `pennywatch audit verify` and `pennywatch audit export`: whether the record of who did what is whole, and giving it out. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { dayToMs, isDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { exportAudit } from '../flows/audit-export.ts';
import { type ChainReport, verifyChain } from '../store/audit-verify.ts';
import { pendingMigrations } from '../store/migrate.ts';
import { openStore, type Store, sqlitePath } from '../store/open.ts';
import { renderChain } from './audit-text.ts';
import { writeLines } from './audit-write.ts';
import { EXIT, guarded, loadFor, print, printJson } from './shell.ts';

interface AuditOptions {
  readonly config?: string;
  readonly db?: string;
  readonly json?: boolean;
}

interface VerifyOptions extends AuditOptions {
  readonly head?: string;
}

interface ExportOptions extends AuditOptions {
  readonly since?: string;
  readonly out?: string;
}

export function registerAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('the record of who did what: whether it is whole, and giving it out');
  withDatabase(audit.command('verify'))
    .description('check that no entry was changed, put in or taken out; exit code 1 when one was')
    .option('--head <hash>', 'a hash that was kept elsewhere: it must be in the chain')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .action(guarded(verify, (options) => options));
  withDatabase(audit.command('export'))
    .description('print every entry as a line of JSON, oldest first, with names and hashes')
    .option('--since <day>', 'only entries from this day on (UTC), as 2026-11-01')
    .option('--out <file>', 'write them to this file instead')
    .action(guarded(giveOut, (options) => options));
}

function withDatabase(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: ./pennywatch.yaml if it exists)')
    .option('--db <url>', 'database (default: DATABASE_URL, else file:./pennywatch.db)');
}

async function verify(options: VerifyOptions): Promise<number> {
  const { head: kept } = options;
  if (kept !== undefined && !/^[0-9a-f]{64}$/i.test(kept))
    throw new AppError('INVALID', 'A hash has 64 hexadecimal digits.', {
      hint: 'Take the one that `pennywatch audit verify` printed before.',
    });
  const report = await withStore(options, (store) => verifyChain(store, kept === undefined ? {} : { kept }));
  if (options.json) printJson(report satisfies ChainReport);
  else print(renderChain(report));
  return report.ok ? EXIT.done : EXIT.failed;
}

async function giveOut({ since, out, ...options }: ExportOptions): Promise<number> {
  if (since !== undefined && !isDay(since))
    throw new AppError('INVALID', `"${since}" is no day.`, { hint: 'Write a day as 2026-11-01.' });
  const count = await withStore(options, (store) =>
    writeLines(exportAudit(store, { ...(since && { since: new Date(dayToMs(since)) }) }), out),
  );
  if (out !== undefined) print(`${count === 1 ? 'One entry is' : `${count} entries are`} in ${out}.`);
  return EXIT.done;
}

/** Opened as it is: looking must not write an entry, so neither settings nor migrations are applied. */
async function withStore<T>(options: AuditOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const url = options.db ?? (await loadFor(options)).environment.databaseUrl;
  const path = sqlitePath(url);
  if (!existsSync(path))
    throw new AppError('NOT_FOUND', `There is no database at ${path}.`, {
      hint: 'Name it with --db file:./other.db.',
    });
  const store = await openStore(url, { migrate: false });
  try {
    if ((await pendingMigrations(store)).length > 0)
      throw new AppError('CONFLICT', 'The database is of an older version.', {
        hint: 'Start Pennywatch once: it brings the database up to date.',
      });
    return await work(store);
  } finally {
    await store.$disconnect();
  }
}
