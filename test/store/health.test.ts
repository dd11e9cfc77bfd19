import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkIntegrity, countReconciled, probeWrite } from '../../src/store/health.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

it('a write is tried and leaves nothing behind', async () => {
  const tables = () => temp.store.$queryRawUnsafe('SELECT name FROM sqlite_master ORDER BY name');
  const before = await tables();
  await probeWrite(temp.store);
  expect(await tables()).toEqual(before);
});

it('a refused write is told in the database’s own words', async () => {
  await temp.store.$transaction((tx) => tx.$queryRawUnsafe('PRAGMA query_only = ON'));
  await expect(probeWrite(temp.store)).rejects.toMatchObject({
    code: 'UPSTREAM',
    message: 'The database refuses to be written to: attempt to write a readonly database.',
  });
});

it('a sound file has no complaints', async () => {
  expect(await checkIntegrity(temp.store)).toEqual([]);
});

it('counts compared days per source', async () => {
  const row = (source: string, day: string, ok: boolean) => ({
    source,
    day,
    ok,
    currency: 'USD',
    checkedAt: new Date(0),
  });
  await temp.store.reconciliation.createMany({
    data: [
      row('a', '2026-01-02', true),
      row('b', '2026-01-02', false),
      row('b', '2026-01-01', false),
      row('b', '2026-01-03', true),
    ],
  });
  expect(await countReconciled(temp.store)).toEqual([
    { source: 'a', days: 1, differing: 0 },
    { source: 'b', days: 3, differing: 2, firstDiffering: '2026-01-01' },
  ]);
});
