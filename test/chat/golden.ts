/** Compares a payload with the stored one; UPDATE_GOLDEN=1 writes it anew, for review in the diff. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

const GOLDEN = join(import.meta.dirname, '../golden');

export function matchesGolden(name: string, payload: unknown): void {
  const path = join(GOLDEN, name);
  const now = `${JSON.stringify(payload, null, 1)}\n`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, now);
  }
  expect(now, name).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
}

/** Names of the stored payloads in a folder, sorted. */
export function goldensIn(folder: string): string[] {
  return readdirSync(join(GOLDEN, folder))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
}
