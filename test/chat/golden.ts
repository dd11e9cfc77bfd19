/** Compares a payload with the stored one; UPDATE_GOLDEN=1 writes it anew, for review in the diff. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

export function matchesGolden(name: string, payload: unknown): void {
  const path = join(import.meta.dirname, '../golden', name);
  const now = `${JSON.stringify(payload, null, 1)}\n`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, now);
  }
  expect(now, name).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
}
