/** One migrated, empty database per test run: made before the first test, copied by whoever needs a fresh one. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openStore, type Store } from '../src/store/open.ts';

/** Worker processes inherit the environment, so that they find the file by this variable. */
const VARIABLE = 'PENNYWATCH_TEST_TEMPLATE';

/** Vitest calls this before the first test: migrates once. */
export async function setup(): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'pennywatch-template-')), 'template.db');
  const store = await openStore(`file:${file}`);
  // The last connection to close moves the log into the file: nothing is left beside it that a copy would miss.
  await store.$disconnect();
  process.env[VARIABLE] = file;
}

/** Vitest calls this after the last test. */
export function teardown(): void {
  const file = process.env[VARIABLE];
  if (file !== undefined) rmSync(dirname(file), { recursive: true, force: true });
}

/** Opens a database at `path`, made fresh unless it is there. */
export async function openFreshStore(path: string): Promise<Store> {
  putFreshDatabase(path);
  return openStore(`file:${path}`);
}

/** Puts a migrated, empty database at `path` unless there is one; outside a test run whoever opens it migrates. */
export function putFreshDatabase(path: string): void {
  const template = process.env[VARIABLE];
  if (template === undefined || existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(template, path);
}
