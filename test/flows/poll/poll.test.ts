/** Polling on a real database: what is replaced, what is kept, what is said, and where it goes on. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { Logger } from '../../../src/core/log.ts';
import type { SourceSettings } from '../../../src/core/settings.ts';
import { duePolls } from '../../../src/flows/due-polls.ts';
import type { PollParts, PollRequest, PollResult } from '../../../src/flows/poll/types.ts';
import { pollSource } from '../../../src/flows/poll.ts';
import { createPollParts } from '../../../src/threads/poll-parts.ts';
import { contextOf, openTempStore, rememberingLog, type TempStore } from '../../temp-store.ts';
import { type Ledger, type LedgerLine, ledgerSource } from './ledger-source.ts';

const NOW = '2026-11-21T09:00:00Z';
const SETTINGS: SourceSettings = {
  name: 'ledger',
  kind: 'ledger',
  schedule: '37 7 * * *',
  historyMonths: 2,
  trailingDays: 3,
  lagDays: 2,
  options: {},
};

let bench: TempStore;
let ledger: Ledger;
beforeEach(async () => {
  bench = await openTempStore();
  ledger = ledgerSource();
});
afterEach(() => bench.close());

function poll(
  more: Partial<PollRequest> = {},
  now = NOW,
  owner = 'this',
  { log = rememberingLog(), ...changed }: Partial<PollParts> & { log?: Logger } = {},
): Promise<PollResult> {
  const parts = createPollParts({
    ...changed,
    findSource: () => ledger.source,
    owner,
    isAlive: (one) => one === 'alive',
    pace: 0,
    random: () => 0.5,
  });
  return pollSource(contextOf(bench.store, { now, log }), parts, {
    source: SETTINGS,
    actor: { kind: 'system', job: 'poll' },
    ...more,
  });
}

/** One charge a day. */
function everyDay(start: string, end: string, amount = '1.0000001'): LedgerLine[] {
  const lines: LedgerLine[] = [];
  for (let at = Date.parse(start); at <= Date.parse(end); at += 86_400_000)
    lines.push({ day: new Date(at).toISOString().slice(0, 10), amount });
  return lines;
}

const totalOf = (result: PollResult) => result.totals.map(({ billedCost }) => billedCost).join();

describe('the first poll', () => {
  test('brings the running month, then history backwards, to the micro', async () => {
    ledger.lines = everyDay('2026-08-25', '2026-11-21');
    const result = await poll();
    expect(result).toMatchObject({ status: 'done', error: null, watermark: '2026-11-19' });
    expect(result.window).toEqual({ start: '2026-09-01', end: '2026-11-21' });
    // 82 days of 1.0000001: the sevenths decimals add up before they are rounded.
    expect(totalOf(result)).toBe('82.000008');
    expect(ledger.asked.map(({ start }) => start)).toEqual(['2026-11-01', '2026-10-01', '2026-09-01']);
    expect(result.history).toEqual({ from: '2026-09-01', wanted: '2026-09-01', complete: true });
    expect(result.reconciliation).toEqual({ days: 82, ok: true });
    expect(result.requests).toMatchObject({ sent: 3, failed: 0, cost: '0.03' });
    expect(result.restated).toEqual([]);
  });

  test('that is cut off half-way goes on where it stopped and counts nothing twice', async () => {
    ledger.lines = everyDay('2026-09-01', '2026-11-21');
    ledger.failAt = '2026-10-01';
    const first = await poll();
    expect(first).toMatchObject({
      status: 'partly',
      watermark: '2026-11-19',
      error: { code: 'UPSTREAM', message: 'The ledger is closed.', hint: 'Open it.' },
      history: { from: '2026-11-01', complete: false },
    });
    ledger.failAt = undefined;
    ledger.asked.length = 0;
    const second = await poll();
    expect(ledger.asked.map(({ start }) => start)).toEqual(['2026-11-18', '2026-10-01', '2026-09-01']);
    expect(second.history.complete).toBe(true);
    expect(totalOf(await poll({ window: { start: '2026-09-01', end: '2026-11-21' } }))).toBe('82.000008');
  });
});

describe('later polls', () => {
  beforeEach(async () => {
    ledger.lines = everyDay('2026-11-01', '2026-11-21', '10');
    await poll({ newestOnly: true });
  });

  test('of the same days change nothing', async () => {
    const again = await poll({ window: { start: '2026-11-01', end: '2026-11-21' } });
    expect(again.batches).toMatchObject([{ unchanged: true }]);
    expect(totalOf(again)).toBe('210');
  });

  test('record a day restated twice, each with before and after; days still filling up are no restatement', async () => {
    ledger.lines = ledger.lines.map((line) =>
      line.day === '2026-11-18' || line.day === '2026-11-21' ? { ...line, amount: '12.5' } : line,
    );
    const first = await poll({ newestOnly: true });
    expect(first.restated).toEqual([
      {
        billingAccountId: 'a-1',
        day: '2026-11-18',
        currency: 'USD',
        billedCost: { before: '10', after: '12.5' },
        effectiveCost: { before: '10', after: '12.5' },
      },
    ]);
    ledger.lines = ledger.lines.map((line) => (line.day === '2026-11-18' ? { ...line, amount: '9' } : line));
    await poll({ newestOnly: true });
    const rows = await bench.store.restatement.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ day, billedBefore, billedAfter }) => [day, billedBefore, billedAfter])).toEqual([
      ['2026-11-18', '10', '12.5'],
      ['2026-11-18', '12.5', '9'],
    ]);
    expect(totalOf(await poll({ window: { start: '2026-11-01', end: '2026-11-21' } }))).toBe('211.5');
  });

  test('take away an account and a day that are billed no more, and keep other days of the bill', async () => {
    ledger.lines = [
      ...ledger.lines,
      { day: '2026-11-19', amount: '7', account: 'a-2' },
      { day: '2026-11-05', amount: '3', account: 'a-2' },
    ];
    await poll({ window: { start: '2026-11-01', end: '2026-11-21' } });
    ledger.lines = ledger.lines.filter(
      ({ day, account }) => !(account === 'a-2' && day === '2026-11-19') && day !== '2026-11-18',
    );
    const result = await poll({ newestOnly: true });
    expect(result.restated.map(({ day, billingAccountId }) => `${day} ${billingAccountId}`)).toEqual([
      '2026-11-18 a-1',
      '2026-11-19 a-2',
    ]);
    const all = await poll({ window: { start: '2026-11-01', end: '2026-11-21' } });
    expect(totalOf(all)).toBe('203');
    expect(all.reconciliation.ok).toBe(true);
  });

  test('refuse that everything is gone, unless told to', async () => {
    const kept = ledger.lines;
    ledger.lines = [];
    const refused = await poll({ window: { start: '2026-11-01', end: '2026-11-21' } });
    expect(refused).toMatchObject({
      status: 'failed',
      error: { hint: expect.stringContaining('--accept-loss') },
    });
    expect(await bench.store.costFact.count()).toBe(21);
    const accepted = await poll({ window: { start: '2026-11-01', end: '2026-11-21' }, acceptLoss: true });
    expect(accepted.status).toBe('done');
    expect(await bench.store.costFact.count()).toBe(0);
    ledger.lines = kept;
  });

  test('call silent days late, not free, and believe a long silence', async () => {
    const next = await poll({ newestOnly: true }, '2026-11-24T09:00:00Z');
    expect(next.watermark).toBe('2026-11-21');
    expect(next.warnings.join()).toContain('2026-11-22');
    const late = await poll({ newestOnly: true }, '2026-11-28T09:00:00Z');
    expect(late.watermark).toBe('2026-11-26');
    expect(late.warnings.join()).toContain('no charges since 2026-11-21');
  });
});

describe('two currencies, two billing periods on one day', () => {
  test('are kept apart', async () => {
    ledger.lines = [
      { day: '2026-11-03', amount: '5.25', currency: 'EUR' },
      { day: '2026-11-03', amount: '-1.5' },
      { day: '2026-11-03', amount: '2', period: '2026-10-01' },
    ];
    const result = await poll({ newestOnly: true });
    expect(result.totals).toEqual([
      { currency: 'EUR', billedCost: '5.25', effectiveCost: '5.25' },
      { currency: 'USD', billedCost: '0.5', effectiveCost: '0.5' },
    ]);
    expect(result.warnings.join()).toContain('no rate from EUR to USD');
    expect(await bench.store.bill.count()).toBe(2);
  });
});

describe('failures', () => {
  test('three in a row open the circuit; one success ends them', async () => {
    ledger.lines = everyDay('2026-11-01', '2026-11-21');
    ledger.failAt = '2026-11-01';
    const waits: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      expect((await poll()).status).toBe('failed');
      const state = await bench.store.sourceState.findUniqueOrThrow({ where: { name: 'ledger' } });
      waits.push(((state.nextAttemptAt?.getTime() ?? 0) - Date.parse(NOW)) / 60_000);
    }
    expect(waits).toEqual([5, 15, 60]);
    expect(await bench.store.sourceState.findFirst()).toMatchObject({
      failures: 3,
      failingSince: new Date(NOW),
      error: 'The ledger is closed.',
      hint: 'Open it.',
      runningBy: null,
    });
    ledger.failAt = undefined;
    ledger.asked.length = 0;
    await poll();
    expect(ledger.asked).toHaveLength(1);
    expect(await bench.store.sourceState.findFirst()).toMatchObject({
      failures: 0,
      failingSince: null,
      error: null,
    });
  });

  test('a used-up budget waits for midnight and is no failure', async () => {
    ledger.lines = everyDay('2026-09-01', '2026-11-21');
    const source = { ...SETTINGS, requestsPerDay: 2 };
    const result = await poll({ source });
    expect(result).toMatchObject({
      status: 'partly',
      error: { code: 'LIMIT' },
      requests: { sent: 2, cost: '0.02', today: { sent: 2, budget: 2 } },
    });
    const state = await bench.store.sourceState.findFirstOrThrow();
    expect(state).toMatchObject({ failures: 0, nextAttemptAt: new Date('2026-11-22T00:00:00Z') });
    const tomorrow = await poll({ source }, '2026-11-22T00:01:00Z');
    expect(tomorrow.requests.today.sent).toBe(2);
    expect(tomorrow.history.from).toBe('2026-09-01');
  });

  test('a charge outside of the asked days is refused whole', async () => {
    ledger.lines = [{ day: '2026-11-20', amount: '1' }];
    const fetch = ledger.source.fetch;
    ledger.source = {
      ...ledger.source,
      async *fetch(settings, request) {
        for await (const batch of fetch(settings, request))
          if (batch.kind === 'charges') yield { ...batch, days: { start: '2026-11-21', end: '2026-11-21' } };
      },
    };
    const result = await poll({ newestOnly: true });
    expect(result).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('2026-11-20') },
    });
    expect(await bench.store.costFact.count()).toBe(0);
  });
});

test('secrets that a vendor repeats in its refusal reach neither the result, the log nor the database', async () => {
  const key = 'abcd-1234-not-like-any-known-key';
  const fetch = ledger.source.fetch;
  ledger.source = {
    ...ledger.source,
    fetch(settings, request) {
      const read = request.variable('LEDGER_KEY');
      request.log('asking', { with: read, count: 5n });
      ledger.failure = new AppError('UPSTREAM', `Wrong key ${read}, nor sk-admin-0123456789.`, {
        hint: `Not ${read}.`,
      });
      return fetch(settings, request);
    },
  };
  ledger.failAt = '2026-11-01';
  const log = rememberingLog();
  const result = await poll({}, NOW, 'this', { variable: () => key, log });
  expect(result.error?.message).toBe('Wrong key …, nor sk-….');
  const state = await bench.store.sourceState.findFirst();
  expect(JSON.stringify([result, state, log.lines])).not.toContain(key);
  expect(log.lines[0]).toMatchObject({
    fields: { source: 'ledger', with: '…', count: '5' },
    message: 'asking',
  });
});

describe('turns', () => {
  test('a live process keeps its turn, a dead one loses it', async () => {
    const held = {
      runningUntil: new Date('2026-11-21T09:05:00Z'),
      runningSince: new Date('2026-11-21T08:55:00Z'),
    };
    await bench.store.sourceState.create({ data: { name: 'ledger', runningBy: 'alive', ...held } });
    await expect(poll()).rejects.toMatchObject({ code: 'CONFLICT' });
    await bench.store.sourceState.update({ where: { name: 'ledger' }, data: { runningBy: 'dead' } });
    expect((await poll({ newestOnly: true })).status).toBe('done');
  });

  test('due are sources that never were polled, missed their time, or wait no longer after a failure', async () => {
    const at = (now: string) => duePolls(contextOf(bench.store, { now, settings: { sources: [SETTINGS] } }));
    expect(await at(NOW)).toEqual(['ledger']);
    await poll({ newestOnly: true });
    expect(await at('2026-11-21T09:10:00Z')).toEqual([]);
    expect(await at('2026-11-22T07:36:00Z')).toEqual([]);
    expect(await at('2026-11-22T07:37:00Z')).toEqual(['ledger']);
    ledger.failAt = '2026-11-18';
    await poll({ newestOnly: true });
    expect(await at('2026-11-21T09:04:00Z')).toEqual([]);
    expect(await at('2026-11-21T09:05:00Z')).toEqual(['ledger']);
  });
});
