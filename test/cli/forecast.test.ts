/** `pennywatch forecast`: one JSON document, and the codes it ends with. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import { addFacts, contextOf } from '../temp-store.ts';
import { openFreshStore } from '../template-database.ts';
import { runCli } from './run-cli.ts';

const NOW = '2026-11-23T08:00:00Z';
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-forecast-'));
  const store = await openFreshStore(join(dir, 'test.db'));
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

async function run(...args: string[]) {
  const options = ['--config', join(dir, 'pennywatch.yaml'), '--now', NOW, '--json'];
  const variables = { DATABASE_URL: `file:${join(dir, 'test.db')}`, LOG_LEVEL: 'silent' };
  const { status, json } = await runCli(['forecast', ...args, ...options], variables);
  return { status, data: json() };
}

it('prints the forecast; says by its code that there is none, or nothing of that name', async () => {
  const { status, data } = await run('model:bert');
  expect(status).toBe(0);
  expect(data).toMatchObject({ scope: 'model:bert', watermark: '2026-11-22', monthEnd: { mean: '3000' } });
  expect(data.days).toHaveLength(90);
  expect(await run('model', 'young')).toMatchObject({ status: 3, data: { monthEnd: null } });
  expect(await run('model:nobody')).toMatchObject({ status: 1, data: { error: { code: 'NOT_FOUND' } } });
});
