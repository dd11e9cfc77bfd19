/** Pauses, days asked for by hand, names taken twice, and what the next poll makes of them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { duePolls } from '../../../src/flows/due-polls.ts';
import { importFocus } from '../../../src/flows/import-focus.ts';
import { createPollParts } from '../../../src/threads/poll-parts.ts';
import { contextOf } from '../../temp-store.ts';
import { type Bench, everyDay, NOW, openBench, SETTINGS } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const minutesUntilNext = async () =>
  (((await bench.state()).nextAttemptAt?.getTime() ?? 0) - Date.parse(NOW)) / 60_000;

describe('history that does not come', () => {
  beforeEach(() => {
    bench.ledger.lines = everyDay('2026-09-01', '2026-11-21');
    bench.ledger.failAt = '2026-10-01';
  });

  test('is asked for rarer and rarer, and never keeps the newest days from their schedule', async () => {
    const waits: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      expect((await bench.poll()).status).toBe('partly');
      waits.push(await minutesUntilNext());
    }
    expect(waits).toEqual([5, 15, 60, 180, 360, 360]);
    await bench.poll({ settings: { schedule: '0 * * * *' } });
    expect(await minutesUntilNext()).toBe(60);
  });

  test('does not hide that the newest days are back', async () => {
    bench.ledger.failAt = '2026-11-01';
    await bench.poll();
    await bench.poll();
    expect(await bench.state()).toMatchObject({ failures: 2 });
    bench.ledger.failAt = '2026-10-01';
    await bench.poll();
    expect(await bench.state()).toMatchObject({
      failures: 0,
      failingSince: null,
      lastSuccessAt: new Date(NOW),
      error: 'The ledger is closed.',
    });
  });
});

describe('days asked for by hand', () => {
  const old = { start: '2026-10-01', end: '2026-10-31' };

  test('say nothing about how polling stands', async () => {
    bench.ledger.lines = everyDay('2026-09-01', '2026-11-21');
    bench.ledger.failAt = '2026-11-01';
    await bench.poll();
    const before = await bench.state();
    expect(before.failures).toBe(1);
    expect(await bench.poll({ window: old, now: '2026-11-21T09:02:00Z' })).toMatchObject({ status: 'done' });
    const { failures, failingSince, nextAttemptAt, error, lastSuccessAt, runningBy } = await bench.state();
    expect({ failures, failingSince, nextAttemptAt, error, lastSuccessAt }).toEqual({
      failures: before.failures,
      failingSince: before.failingSince,
      nextAttemptAt: before.nextAttemptAt,
      error: before.error,
      lastSuccessAt: null,
    });
    expect(runningBy).toBe(null);
  });

  test('on an empty store are the beginning, and the next poll closes the gap', async () => {
    bench.ledger.lines = everyDay('2026-08-01', '2026-11-21');
    expect(await bench.poll({ window: old })).toMatchObject({ watermark: '2026-10-31' });
    const next = await bench.poll();
    expect(next).toMatchObject({ watermark: '2026-11-19', history: { from: '2026-09-01', complete: true } });
    expect(next.byDay).toHaveLength(82);
  });

  test('in a hole move neither the watermark nor what is covered, and correct nothing', async () => {
    bench.ledger.lines = everyDay('2026-08-01', '2026-11-21');
    await bench.poll({ newestOnly: true });
    for (const amount of ['1', '2']) {
      bench.ledger.lines = everyDay('2026-08-01', '2026-11-21', amount);
      const hole = { start: '2026-09-10', end: '2026-09-20' };
      const result = await bench.poll({ window: hole });
      expect(result).toMatchObject({
        status: 'done',
        watermark: '2026-11-19',
        restated: [],
        history: { from: '2026-11-01' },
      });
    }
  });
});

describe('a pause', () => {
  test('over the end of a month without history is fetched again whole', async () => {
    bench.ledger.lines = everyDay('2026-10-20', '2026-11-21');
    const settings = { historyMonths: 0 };
    await bench.poll({ settings, now: '2026-10-28T09:00:00Z' });
    const result = await bench.poll({ settings });
    expect(result).toMatchObject({ status: 'done', watermark: '2026-11-19' });
    expect((await bench.poll({ window: { start: '2026-10-20', end: '2026-11-21' } })).byDay).toHaveLength(33);
  });

  test('longer than the source remembers is a new beginning, and said', async () => {
    bench.ledger.lines = everyDay('2026-01-01', '2026-11-21');
    await bench.poll({ now: '2026-02-10T09:00:00Z', newestOnly: true });
    const result = await bench.poll();
    expect(result).toMatchObject({ watermark: '2026-11-19', history: { from: '2026-09-01' } });
    expect(result.warnings.join()).toContain('before 2026-09-01');
  });

  test('of a clock that was ahead leaves no day complete that is still to come', async () => {
    bench.ledger.lines = everyDay('2026-11-01', '2026-11-21');
    expect((await bench.poll({ now: '2027-01-05T09:00:00Z', newestOnly: true })).watermark).toBe(null);
    bench.ledger.lines = everyDay('2026-11-01', '2027-01-05');
    expect((await bench.poll({ now: '2027-01-05T09:00:00Z', newestOnly: true })).watermark).toBe(
      '2027-01-03',
    );
    bench.ledger.lines = everyDay('2026-11-01', '2026-11-21');
    expect(await bench.poll({ acceptLoss: true })).toMatchObject({ status: 'done', watermark: '2026-11-19' });
  });
});

test('what is due: once after a long pause, at midnight after a used-up budget, at once after a clock that was ahead', async () => {
  const due = (now: string, schedule = '0 * * * *') => {
    const sources = [{ ...SETTINGS, schedule }];
    return duePolls(contextOf(bench.store, { now, settings: { sources } }));
  };
  await bench.poll({ newestOnly: true });
  expect(await due('2026-12-24T10:00:00Z')).toEqual(['ledger']);
  await bench.poll({ newestOnly: true, now: '2026-12-24T10:00:00Z', settings: { schedule: '0 * * * *' } });
  expect(await due('2026-12-24T10:01:00Z')).toEqual([]);
  const used = { requestsPerDay: 1, schedule: '0 * * * *' };
  await bench.poll({ now: '2026-12-24T11:00:00Z', settings: used });
  await bench.poll({ now: '2026-12-24T12:00:00Z', settings: used });
  expect(await due('2026-12-24T23:30:00Z')).toEqual([]);
  expect(await due('2026-12-25T00:00:00Z')).toEqual(['ledger']);
  await bench.poll({ newestOnly: true, now: '2027-06-01T00:00:00Z' });
  expect(await due('2026-12-25T08:00:00Z')).toEqual(['ledger']);
});

describe('a name', () => {
  const files = { source: 'ledger', files: ['nothing.csv'], actor: { kind: 'system', job: 'x' } as const };

  test('that is polled takes no files', async () => {
    const context = contextOf(bench.store, { now: NOW, settings: { sources: [SETTINGS] } });
    const { importing } = createPollParts();
    await expect(importFocus(context, importing, files)).rejects.toMatchObject({
      code: 'INVALID',
      hint: expect.stringContaining('--source ledger-files'),
    });
  });

  test.each([
    ['focus-file', true],
    ['aws-cost-explorer', true],
    ['usage', false],
  ])('that holds data of %s is not polled as something else, and nothing is asked', async (kind, bill) => {
    await bench.store.source.create({ data: { name: 'ledger', kind } });
    const reach = { firstDay: '2026-11-01', lastDay: '2026-11-02', digest: '[]', batchId: 0 };
    const key = { source: 'ledger', billingAccountId: 'a', billingPeriodStart: '2026-11-01' };
    if (bill) await bench.store.bill.create({ data: { ...key, ...reach } });
    expect(await bench.poll()).toMatchObject({
      status: 'failed',
      requests: { sent: 0 },
      error: { code: 'CONFIG', hint: expect.stringContaining('ledger-ledger') },
    });
  });
});

test('complete days that come back empty while the newest has charges are kept', async () => {
  bench.ledger.lines = everyDay('2026-11-01', '2026-11-21');
  await bench.poll({ newestOnly: true });
  // The export was deleted and begun anew today.
  bench.ledger.lines = everyDay('2026-11-21', '2026-11-21', '3');
  const window = { start: '2026-11-01', end: '2026-11-21' };
  expect(await bench.poll({ window })).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('2026-11-01 to 2026-11-19') },
  });
  expect(await bench.store.costFact.count()).toBe(21);
  expect(await bench.poll({ window, acceptLoss: true })).toMatchObject({ totals: [{ billedCost: '3' }] });
});

test('rules that changed meanwhile leave nothing allocated on days that lost everything', async () => {
  bench.ledger.lines = everyDay('2026-11-01', '2026-11-21');
  await bench.poll({ newestOnly: true });
  await bench.store.meta.updateMany({ where: { key: 'allocation.rules' }, data: { value: 'others' } });
  bench.ledger.lines = bench.ledger.lines.filter(({ day }) => day !== '2026-11-20');
  await bench.poll({ newestOnly: true });
  expect(await bench.store.dailyCost.count({ where: { day: '2026-11-20' } })).toBe(0);
});

test('an amount no charge has is unknown, not zero', async () => {
  bench.ledger.lines = [{ day: '2026-11-18', amount: '1.5', effective: null }];
  const result = await bench.poll({ newestOnly: true });
  expect(result.totals).toEqual([{ currency: 'USD', billedCost: '1.5', effectiveCost: null }]);
});
