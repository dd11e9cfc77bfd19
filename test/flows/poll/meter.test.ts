/** Counting requests: the day's budget holds at midnight, at once, and beside other processes. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMeter } from '../../../src/flows/poll/meter.ts';
import { readRequests } from '../../../src/store/source-requests.ts';
import { contextOf, openTempStore, type TempStore } from '../../temp-store.ts';
import { SETTINGS } from './bench.ts';
import { ledgerSource } from './ledger-source.ts';

let temp: TempStore;
let clock: number;
beforeEach(async () => {
  temp = await openTempStore();
  clock = Date.parse('2026-11-21T23:59:00Z');
});
afterEach(() => temp.close());

function meter({ budget, price = '0.01' }: { budget?: number; price?: string | null }) {
  const { about } = ledgerSource().source;
  const { requestPrice: _, ...free } = about;
  return createMeter(
    { ...contextOf(temp.store, { now: '' }), now: () => clock },
    { ...SETTINGS, ...(budget !== undefined && { requestsPerDay: budget }) },
    price === null ? free : { ...about, requestPrice: price },
    async () => undefined,
  );
}

const written = (day: string) => readRequests(temp.store, 'ledger', day);

test('a new day has a new budget, and each day its own count', async () => {
  const one = await meter({ budget: 2 });
  await one.request();
  await one.request();
  await expect(one.request()).rejects.toMatchObject({ code: 'LIMIT' });
  clock += 120_000;
  await one.request();
  expect(one.today()).toEqual({ requests: 1, failed: 0, costMicros: 10_000n });
  expect(one.counts()).toEqual({ requests: 3, failed: 0, costMicros: 30_000n });
  expect(one.left()).toBe(1);
  expect(await written('2026-11-21')).toEqual({ requests: 2, failed: 0, costMicros: 20_000n });
  expect(await written('2026-11-22')).toEqual({ requests: 1, failed: 0, costMicros: 10_000n });
});

test('requests that were not answered are neither charged nor taken from the budget', async () => {
  const one = await meter({ budget: 1 });
  await one.request();
  one.failed();
  expect(one.left()).toBe(1);
  await one.request();
  expect(one.left()).toBe(0);
  await one.flush();
  expect(await written('2026-11-21')).toEqual({ requests: 2, failed: 1, costMicros: 10_000n });
});

test('of many at once only as many pass as the budget allows', async () => {
  const one = await meter({ budget: 3 });
  const asked = await Promise.allSettled(Array.from({ length: 10 }, () => one.request()));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(one.exhausted).toBe(true);
  await one.flush();
  expect(await written('2026-11-21')).toMatchObject({ requests: 3, costMicros: 30_000n });
});

test('two processes share a budget', async () => {
  const [one, two] = [await meter({ budget: 3 }), await meter({ budget: 3 })];
  await one.request();
  await two.request();
  await one.request();
  await expect(one.request()).rejects.toMatchObject({ code: 'LIMIT' });
  expect(await written('2026-11-21')).toMatchObject({ requests: 3 });
});

test('requests that cost nothing are written down together, and none is lost', async () => {
  const one = await meter({ price: null });
  await Promise.all(Array.from({ length: 60 }, () => one.request()));
  expect((await written('2026-11-21')).requests).toBeGreaterThanOrEqual(25);
  await one.flush();
  expect(await written('2026-11-21')).toEqual({ requests: 60, failed: 0, costMicros: 0n });
});
