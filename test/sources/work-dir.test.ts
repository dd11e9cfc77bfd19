import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeWorkDir } from '../../src/sources/work-dir.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test('removes what dead processes left, and nothing else', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const left = join(base, `pennywatch-import-${pid}-abc`);
  const kept = [`pennywatch-import-${process.pid}-abc`, `pennywatch-import-1-abc`, 'pennywatch-abc', 'other'];
  for (const name of [left, ...kept.map((one) => join(base, one))]) mkdirSync(name);
  writeFileSync(join(left, '0.csv'), 'a copy');
  const made = await makeWorkDir(base);
  expect(existsSync(left)).toBe(false);
  for (const name of kept) expect(existsSync(join(base, name)), name).toBe(true);
  expect(existsSync(made)).toBe(true);
});
