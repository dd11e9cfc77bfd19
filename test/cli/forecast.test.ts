/** `pennywatch forecast`: one JSON document, and the codes it ends with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { costs, fill } from '../flows/report/workbench.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-forecast-'));
  const store = await openStore(`file:${join(dir, 'test.db')}`);
  await fill(store, [...costs({ cost: 100 }), ...costs({ model: 'young', cost: 1, start: '2026-11-15' })]);
  await store.$disconnect();
  writeFileSync(join(dir, 'pennywatch.yaml'), 'currency: USD\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(...args: string[]) {
  const options = ['--config', join(dir, 'pennywatch.yaml'), '--now', '2026-11-23T08:00:00Z', '--json'];
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'src/cli.ts'), 'forecast', ...args, ...options],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: `file:${join(dir, 'test.db')}`, LOG_LEVEL: 'warn' },
    },
  );
  return { status, data: JSON.parse(stdout) };
}

it('prints the forecast; says by its code that there is none, or nothing of that name', () => {
  const { status, data } = run('model:bert');
  expect(status).toBe(0);
  expect(data).toMatchObject({ scope: 'model:bert', watermark: '2026-11-22', monthEnd: { mean: '3000' } });
  expect(data.days).toHaveLength(90);
  expect(run('model', 'young')).toMatchObject({ status: 3, data: { monthEnd: null } });
  expect(run('model:nobody')).toMatchObject({ status: 1, data: { error: { code: 'NOT_FOUND' } } });
});
