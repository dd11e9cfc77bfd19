import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addFacts,
  addToDictionary,
  collapseResources,
  deleteFacts,
  nudgeFact,
  sumFacts,
} from '../../src/store/facts.ts';
import { openWorkbench, type Workbench } from '../flows/import-focus/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.close());

const LARGE_ID = 9_223_372_036_854_775_807n;

test('a dictionary keeps 63-bit ids and refuses two contents under one id', async () => {
  await addToDictionary(bench.store, 'TagSet', `[[${LARGE_ID}, "{\\"team\\":\\"<!channel>\\"}"]]`);
  await addToDictionary(bench.store, 'TagSet', `[[${LARGE_ID}, "{\\"team\\":\\"<!channel>\\"}"]]`);
  expect(await bench.store.tagSet.findMany()).toEqual([{ id: LARGE_ID, tags: '{"team":"<!channel>"}' }]);
  await expect(addToDictionary(bench.store, 'TagSet', `[[${LARGE_ID}, "{}"]]`)).rejects.toMatchObject({
    code: 'INTERNAL',
  });
});

test('facts: null stays unknown, sums and merging are exact beyond 2^53', async () => {
  const big = 9_007_199_254_740_993n;
  await addFacts(
    bench.store,
    's',
    `[[1,"2026-09-01",5,6,7,"USD",2,${big},${big},null,0],[1,"2026-09-01",5,6,8,"USD",1,1,-1,null,0],[1,"2026-09-02",5,6,8,"USD",1,1,1,null,0]]`,
  );
  const sum = { billed: big + 1n, effective: big - 1n, list: null, contracted: 0n };
  expect(await sumFacts(bench.store, 's', ['2026-09-01'])).toEqual([
    { day: '2026-09-01', currency: 'USD', micros: sum },
  ]);
  expect(await collapseResources(bench.store, 's', '2026-09-02')).toEqual(['2026-09-01']);
  expect(await bench.store.costFact.findMany({ where: { day: '2026-09-01' } })).toMatchObject([
    {
      resourceKey: 0n,
      rows: 3,
      billedMicros: sum.billed,
      effectiveMicros: sum.effective,
      listMicros: null,
      contractedMicros: 0n,
    },
  ]);
  await nudgeFact(bench.store, { source: 's', day: '2026-09-01', currency: 'USD', basis: 'billed' }, -2n);
  expect((await sumFacts(bench.store, 's', ['2026-09-01']))[0]?.micros.billed).toBe(big - 1n);
  expect(await deleteFacts(bench.store, 1, '2026-09-01', '2026-09-01')).toBe(1);
  expect(await bench.store.costFact.count()).toBe(1);
});
