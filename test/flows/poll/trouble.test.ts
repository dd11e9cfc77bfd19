/** Sources that misbehave and processes that fall asleep: nothing breaks, nothing is lost. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { Batch, FetchRequest } from '../../../src/sources/types.ts';
import { type Bench, everyDay, NOW, openBench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

function fetchWith(fetch: (request: FetchRequest) => AsyncIterable<Batch>) {
  bench.ledger.source = { ...bench.ledger.source, fetch: (_, request) => fetch(request) };
}

const minutesUntilNext = async () =>
  (((await bench.state()).nextAttemptAt?.getTime() ?? 0) - Date.parse(NOW)) / 60_000;

describe('a source', () => {
  test.each([undefined, 'a text', { code: 5 }])('that throws %j has failed', async (thrown) => {
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
