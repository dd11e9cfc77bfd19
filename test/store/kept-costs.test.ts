/** Sums over everything are kept, and never a moment longer than the costs they are of. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCosts } from '../../src/store/daily-costs.ts';
import { openStore } from '../../src/store/open.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const NOW = { now: '2026-11-21T09:00:00Z' };
const QUERY = { filter: {}, start: '2026-11-01', end: '2026-11-30', basis: 'effective' } as const;
let temp: TempStore;

beforeEach(async () => {
  temp = await openTempStore();
  await addFacts(contextOf(temp.store, NOW), [{ day: '2026-11-01', cost: '5' }]);
});
afterEach(() => temp.close());

const attos = (units: bigint) => units * 10n ** 18n;
const total = async (store = temp.store) => (await readCosts(store, QUERY)).map((row) => row.attos);

it('asks the facts only once while nothing is written', async () => {
  expect(await total()).toEqual([attos(5n)]);
  await temp.store.dailyCost.deleteMany();
  expect(await total()).toEqual([attos(5n)]);
  expect(await readCosts(temp.store, { ...QUERY, basis: 'billed' })).toEqual([]);
});

it('what a caller does with the rows stays with that caller', async () => {
  (await readCosts(temp.store, QUERY)).length = 0;
  expect(await total()).toEqual([attos(5n)]);
});

it('sees new costs at once, also those that another connection writes', async () => {
  const other = await openStore(temp.url);
  expect(await total()).toEqual([attos(5n)]);
  expect(await total(other)).toEqual([attos(5n)]);
  await addFacts(contextOf(other, NOW), [{ day: '2026-11-02', cost: '3' }]);
  expect(await total()).toEqual([attos(5n), attos(3n)]);
  expect(await total(other)).toEqual([attos(5n), attos(3n)]);
  await other.$disconnect();
});

it('keeps nothing of what was rolled back', async () => {
  await expect(
    temp.store.$transaction(async (tx) => {
      await tx.dailyCost.deleteMany();
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await total()).toEqual([attos(5n)]);
});
