/** Sources that misbehave, processes that fall asleep, people who ask for odd days: nothing breaks, nothing is lost. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { duePolls } from '../../../src/flows/due-polls.ts';
import { importFocus } from '../../../src/flows/import-focus.ts';
import type { Batch, FetchRequest } from '../../../src/sources/types.ts';
import { createPollParts } from '../../../src/threads/poll-parts.ts';
import { contextOf } from '../../temp-store.ts';
import { type Bench, NOW, openBench, SETTINGS } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

function everyDay(start: string, end: string, amount = '10') {
  const lines: { day: string; amount: string }[] = [];
  for (let at = Date.parse(start); at <= Date.parse(end); at += 86_400_000)
    lines.push({ day: new Date(at).toISOString().slice(0, 10), amount });
  return lines;
}

function fetchWith(fetch: (request: FetchRequest) => AsyncIterable<Batch>) {
  bench.ledger.source = { ...bench.ledger.source, fetch: (_, request) => fetch(request) };
}

const minutesUntilNext = async () =>
  (((await bench.state()).nextAttemptAt?.getTime() ?? 0) - Date.parse(NOW)) / 60_000;

describe('a source', () => {
  test.each([undefined, null, '', 0, 'a text', { code: 5 }])('that throws %j has failed', async (thrown) => {
    fetchWith(async function* () {
      yield await Promise.reject(thrown);
    });
    expect(await bench.poll()).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
    expect(await bench.state()).toMatchObject({ failures: 1, runningBy: null });
  });

  test('that listens to nothing is let go when the poll is stopped', async () => {
    const stop = new AbortController();
    fetchWith(() => ({
      [Symbol.asyncIterator]: () => ({
        next: () => {
          stop.abort();
          return new Promise<never>(() => undefined);
        },
        return: () => new Promise<never>(() => undefined),
      }),
    }));
    expect(await bench.poll({ signal: stop.signal })).toMatchObject({
      error: { code: 'LIMIT', message: 'The poll was stopped before it was done.' },
    });
    // Whoever stopped it may not be there to start it again, and tomorrow is late.
    expect(await minutesUntilNext()).toBe(5);
  });

  test('whose page hangs is let go as well', async () => {
    const stop = new AbortController();
    fetchWith(async function* () {
      const charges = {
        [Symbol.asyncIterator]: () => ({
          next: () => {
            stop.abort();
            return new Promise<never>(() => undefined);
          },
        }),
      };
      yield { kind: 'charges', days: { start: '2026-11-01', end: '2026-11-21' }, charges };
    });
    expect(await bench.poll({ signal: stop.signal })).toMatchObject({ error: { code: 'LIMIT' } });
  });

  test('whose cleaning up fails says what went wrong before it', async () => {
    bench.ledger.lines = [{ day: '2026-11-20', amount: 'x' }];
    const { fetch } = bench.ledger.source;
    fetchWith(async function* (request) {
      try {
        yield* fetch({}, request);
      } finally {
        await Promise.reject(new Error('and the broom is broken'));
      }
    });
    expect((await bench.poll()).error?.message).toContain(
      'What ledger delivered for 2026-11-01 to 2026-11-21 is refused',
    );
  });

  test('that asks to be left alone for an hour is', async () => {
    const asked = Object.assign(new Error('429'), { retryAfter: 3_600_000 });
    bench.ledger.failure = new AppError('LIMIT', 'Wait.', { cause: asked });
    bench.ledger.failAt = '2026-11-01';
    await bench.poll();
    expect(await minutesUntilNext()).toBe(60);
  });

  test('logs what it likes: odd data breaks nothing and gives no secret away', async () => {
    const key = '-----BEGIN KEY-----\nfirst-line-of-it\n"second"-line-of-it\n-----END KEY-----';
    const circle: Record<string, unknown> = { key };
    circle.self = circle;
    fetchWith(async function* (request) {
      const said = request.variable('MY_OWN_NAME_FOR_IT');
      request.log(`with ${said}`, { circle, list: [said], at: new Date(0), error: new Error(`no ${said}`) });
      const inJson = JSON.stringify({ key: said });
      yield await Promise.reject(
        new AppError('UPSTREAM', `Wrong: ${inJson} ?key=${encodeURIComponent(said ?? '')} first-line-of-it`),
      );
    });
    const result = await bench.poll({ parts: { variable: () => key } });
    expect(result.error?.message).toBe('Wrong: {"key":"…"} ?key=… …');
  });
});

describe('a turn', () => {
  beforeEach(() => {
    bench.ledger.lines = everyDay('2026-11-01', '2026-11-21');
  });

  test('that another process has taken meanwhile is noticed: the slow one writes no more and frees nothing', async () => {
    const { fetch } = bench.ledger.source;
    const taken = { runningBy: 'other', runningUntil: new Date('2026-11-21T23:00:00Z') };
    fetchWith(async function* (request) {
      for await (const batch of fetch({}, request)) {
        await bench.store.sourceState.update({ where: { name: 'ledger' }, data: taken });
        yield batch;
      }
    });
    const result = await bench.poll();
    expect(result).toMatchObject({ status: 'failed', error: { code: 'CONFLICT' } });
    expect(await bench.store.costFact.count()).toBe(0);
    expect(await bench.state()).toMatchObject({ ...taken, failures: 0, lastEndedAt: null });
  });

  test('is renewed while it works, and lost between two requests', async () => {
    let clock = Date.parse(NOW);
    const until: (Date | null)[] = [];
    let asked = 0;
    fetchWith(async function* (request) {
      for (let hour = 0; hour < 3; hour += 1) {
        clock += 3_600_000;
        await request.meter.request();
        asked += 1;
        until.push((await bench.state()).runningUntil);
        if (hour === 1)
          await bench.store.sourceState.update({ where: { name: 'ledger' }, data: { runningBy: 'other' } });
      }
      yield { kind: 'nothing', warnings: [] };
    });
    expect(await bench.poll({ now: () => clock })).toMatchObject({ error: { code: 'CONFLICT' } });
    expect(asked).toBe(2);
    expect(until.map((date) => date?.toISOString())).toEqual([
      '2026-11-21T10:10:00.000Z',
      '2026-11-21T11:10:00.000Z',
    ]);
  });

  test('of two polls at once goes to one', async () => {
    const both = await Promise.allSettled([bench.poll({ owner: 'a' }), bench.poll({ owner: 'b' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
  });

  test('of several sources goes on beside each other, each exact', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const results = await Promise.all(names.map((name) => bench.poll({ settings: { name } })));
    expect(results.map(({ status, totals }) => [status, totals[0]?.billedCost])).toEqual(
      names.map(() => ['done', '210']),
    );
    expect(await bench.store.dailyCost.count()).toBe(84);
  });
});

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
