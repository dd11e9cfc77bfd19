/** Two connections that write at once: the second waits for the first and sees what it wrote. */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PrismaClient } from '../../src/store/generated/client.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

let bench: TempStore;
/** Another process in all but name; it does not wait, so that a lock shows at once. */
let other: PrismaClient;
beforeEach(async () => {
  bench = await openTempStore();
  other = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: bench.url, timeout: 0 }) });
});
afterEach(async () => {
  await other.$disconnect();
  await bench.close();
});

const write = (key: string) => other.meta.create({ data: { key, value: 'other' } });

test('keeps other writers out from its first word to its end, and sees what they wrote before', async () => {
  await bench.store.$transaction(async (tx) => {
    await write('before');
    await lockForWriting(tx);
    expect(await tx.meta.count({ where: { key: 'before' } })).toBe(1);
    await expect(write('meanwhile')).rejects.toThrow();
    await tx.meta.create({ data: { key: 'own', value: 'own' } });
  });
  await write('after');
  const keys = (await other.meta.findMany({ where: { value: { in: ['own', 'other'] } } })).map(
    ({ key }) => key,
  );
  expect(keys.sort()).toEqual(['after', 'before', 'own']);
});

test('waits again when another writer takes longer than the connection waits', async () => {
  await bench.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await expect(other.$transaction((blocked) => lockForWriting(blocked, 50))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('busy'),
    });
  });
  await other.$transaction((free) => lockForWriting(free));
});
