/** A slot is run once: claims on a real database, also after a crash. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimRun, failRun, finishRun, troubledRuns } from '../../src/store/job-runs.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

const KEY = { job: 'report', slot: 'slack:C1 team:search weekly 2026-11-16' };
const MINUTE = 60_000;
const T0 = Date.parse('2026-11-16T09:00:00Z');
const at = (minutes: number) => new Date(T0 + minutes * MINUTE);

let bench: TempStore;
beforeEach(async () => {
  bench = await openTempStore();
});
afterEach(() => bench.close());

const claim = (by: string, minutes: number) =>
  bench.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    return claimRun(tx, KEY, { by, now: at(minutes), until: at(minutes + 2) });
  });

test('only the first of many that ask at once gets it', async () => {
  const claims = await Promise.all(['a', 'b', 'c', 'd'].map((by) => claim(by, 0)));
  expect(claims.filter((one) => one !== undefined)).toEqual([1]);
});

test('a claim of a process that died falls to another when it runs out, not before', async () => {
  expect(await claim('died', 0)).toBe(1);
  expect(await claim('other', 1)).toBeUndefined();
  expect(await claim('other', 2)).toBe(2);
});

test('what is done is done', async () => {
  await claim('a', 0);
  await bench.store.$transaction((tx) => finishRun(tx, KEY, at(1)));
  expect(await claim('a', 500)).toBeUndefined();
  expect(await troubledRuns(bench.store, at(0))).toEqual([]);
});

test('a failure comes again at its time, until it is given up; the trouble is told', async () => {
  await claim('a', 0);
  await bench.store.$transaction((tx) =>
    failRun(tx, KEY, { by: 'a', at: at(0), error: 'no figures', nextAttemptAt: at(5) }),
  );
  expect(await claim('a', 4)).toBeUndefined();
  expect(await claim('a', 5)).toBe(2);
  await bench.store.$transaction((tx) => failRun(tx, KEY, { by: 'a', at: at(5), error: 'still no figures' }));
  expect(await claim('a', 500)).toBeUndefined();
  expect(await troubledRuns(bench.store, at(0))).toMatchObject([
    { ...KEY, status: 'given-up', attempts: 2, error: 'still no figures' },
  ]);
});

test('a process that was too slow does not undo what another has finished', async () => {
  await claim('slow', 0);
  expect(await claim('quick', 2)).toBe(2);
  await bench.store.$transaction((tx) => finishRun(tx, KEY, at(3)));
  await bench.store.$transaction((tx) => failRun(tx, KEY, { by: 'slow', at: at(4), error: 'too late' }));
  expect(await troubledRuns(bench.store, at(0))).toEqual([]);
  expect(await claim('another', 500)).toBeUndefined();
});
