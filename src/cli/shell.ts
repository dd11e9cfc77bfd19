/** What every command shares: its options, opening the database, printing, exit codes. */
import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { type LoadedConfig, loadConfig } from '../config.ts';
import type { Actor } from '../core/actor.ts';
import { isDay } from '../core/day.ts';
import { AppError, describeError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Context } from '../flows/context.ts';
import { createLog, openContext } from '../main.ts';

/** Scripts rely on these. */
export const EXIT = { done: 0, failed: 1, usage: 2, partly: 3 } as const;

export interface CommonOptions {
  readonly config?: string;
  readonly db?: string;
  readonly json?: boolean;
  /** Milliseconds since the epoch. */
  readonly now?: number;
}

/** Adds --config, --db, --json and --now. */
export function withCommon(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: ./pennywatch.yaml if it exists)')
    .option('--db <url>', 'database (default: DATABASE_URL, else file:./pennywatch.db)')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('--now <time>', 'take this ISO time for the clock', parseNow);
}

/** Date.parse alone also takes "5" and "Nov 20" for times. */
const ISO_TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

function parseNow(value: string): number {
  const [day = ''] = value.trim().split(/[T ]/i);
  const ms = ISO_TIME.test(value.trim()) && isDay(day) ? Date.parse(value.trim()) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('Write an ISO time, for example 2026-11-21T09:00:00Z.');
  return ms;
}

export function clock(options: CommonOptions): () => number {
  const fixed = options.now;
  return fixed === undefined ? Date.now : () => fixed;
}

/** For what runs for a while: a given time is when the clock starts, and it goes on from there. */
export function runningClock(options: CommonOptions): () => number {
  if (options.now === undefined) return Date.now;
  const offset = options.now - Date.now();
  return () => Date.now() + offset;
}

/** The person at this terminal. */
export function consoleActor(): Actor {
  return { kind: 'console', user: userInfo().username };
}

export async function loadFor(options: CommonOptions): Promise<LoadedConfig> {
  return loadConfig({ file: options.config });
}

/** Runs `work` with an open database and closes it again. */
export async function withContext<T>(
  options: CommonOptions,
  work: (context: Context, config: LoadedConfig) => Promise<T>,
): Promise<T> {
  const config = await loadFor(options);
  const log: Logger = createLog(config.environment.logLevel ?? 'warn');
  const context = await openContext({ config, db: options.db, now: clock(options), log });
  try {
    return await work(context, config);
  } finally {
    await context.close();
  }
}

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${item}` : item), 2));
}

/** Wraps a command's action: errors become words on stderr (or JSON on stdout) and an exit code. */
export function guarded<A extends unknown[]>(
  action: (...args: A) => Promise<number>,
  optionsOf: (...args: A) => CommonOptions,
) {
  return async (...args: A): Promise<void> => {
    try {
      process.exitCode = await action(...args);
    } catch (error) {
      process.exitCode = exitCodeOf(error);
      if (optionsOf(...args).json) printJson({ error: errorJson(error) });
      process.stderr.write(`${describeError(error)}\n`);
    }
  };
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof AppError)) return EXIT.failed;
  return error.code === 'CONFIG' || error.code === 'INVALID' ? EXIT.usage : EXIT.failed;
}

function errorJson(error: unknown): { code: string; message: string; hint?: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'INTERNAL', message: describeError(error) };
}
