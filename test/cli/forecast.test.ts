/** `pennywatch forecast`: one JSON document, and the codes it ends with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import { openStore } from '../../src/store/open.ts';
import { addFacts, contextOf } from '../temp-store.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NOW = '2026-11-23T08:00:00Z';
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-forecast-'));
  const store = await openStore(`file:${join(dir, 'test.db')}`);
  const costs = (model: string, cost: string, start: string) =>
    eachDay(start, '2026-11-22').map((day) => ({ day, cost, tags: { model } }));
  await addFacts(contextOf(store, { now: NOW }), [
    ...costs('bert', '100', '2026-09-14'),
    ...costs('young', '1', '2026-11-15'),
  ]);
  await store.$disconnect();
  writeFileSync(join(dir, 'pennywatch.yaml'), 'currency: USD\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(...args: string[]) {
  const options = ['--config', join(dir, 'pennywatch.yaml'), '--now', NOW, '--json'];
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
