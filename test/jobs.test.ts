/** The jobs on a real database: nothing before it is told to, one run at a time, a failure in words. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../src/core/errors.ts';
import { createOutbox, createPoster, type Deliverer } from '../src/flows/post-outbox.ts';
import { syncSettings } from '../src/flows/sync-settings.ts';
import { createJobs, type Scheduler } from '../src/jobs.ts';
import { runInPlace } from '../src/threads/in-place.ts';
import type { Threads } from '../src/threads/pools.ts';
import { contextOf, openTempStore, type TempStore } from './temp-store.ts';

const NOW = '2026-11-16T09:00:30Z';
let bench: TempStore;
beforeEach(async () => {
  bench = await openTempStore();
});
afterEach(() => bench.close());

async function jobsOf(posted: string[]) {
  const team = { name: 'search', title: 'Search', members: [], channel: { slack: 'C1' } };
  const context = contextOf(bench.store, { now: NOW, settings: { teams: [team] } });
  await syncSettings(context);
  const deliver: Deliverer['deliver'] = async ({ channel }, _view, { key = '' } = {}) => {
    posted.push(key);
    return { platform: 'slack', channel, id: String(posted.length) };
  };
  const { now, log } = context;
  const slack: Deliverer = { deliver, update: async () => undefined };
  const poster = createPoster({ outbox: createOutbox(bench.store), platforms: { slack }, now, log });
  return createJobs({ threads: runInPlace(context), poster, lateHours: 24 }, { now, log });
}

const stateOf = (jobs: Scheduler, wanted: string) => jobs.state().find(({ id }) => id === wanted);

test('a due report waits until it is told to; asked for twice at once, it is made and posted once', async () => {
  const posted: string[] = [];
  const jobs = await jobsOf(posted);
  expect(await bench.store.jobRun.count()).toBe(0);
  await Promise.all([jobs.runNow('reports'), jobs.runNow('reports')]);
  await jobs.stop();
  expect(posted).toEqual(['report slack:C1 team:search weekly 2026-11-16']);
  expect(stateOf(jobs, 'reports')).toEqual({ id: 'reports', lastEnd: Date.parse(NOW) });
});

test('a failure is kept in words, and does not end the process', async () => {
  const jobs = await jobsOf([]);
  await bench.store.$executeRawUnsafe('DROP TABLE "OutboxMessage"');
  await jobs.runNow('outbox');
  expect(stateOf(jobs, 'outbox')).toMatchObject({
    id: 'outbox',
    lastError: expect.stringContaining('OutboxMessage'),
  });
  await jobs.stop();
});

test('a live source is polled when it is due, on its own, and others go on when it fails', async () => {
  const sources = ['a', 'b'].map((name) => ({
    name,
    kind: 'openai',
    schedule: '37 7 * * *',
    historyMonths: 1,
    trailingDays: 1,
    lagDays: 1,
    options: {},
  }));
  const context = contextOf(bench.store, { now: NOW, settings: { sources } });
  const { now, log } = context;
  const poster = createPoster({ outbox: createOutbox(bench.store), platforms: {}, now, log });
  const jobs = createJobs({ threads: runInPlace(context), poster, lateHours: 24, sources }, { now, log });
  expect(jobs.state().map(({ id }) => id)).toEqual([
    'actions',
    'reports',
    'outbox',
    'analysis',
    'timed',
    'housekeeping',
    'poll a',
    'poll b',
    'due-polls',
  ]);
  // There is no key in the environment: each fails by itself, in words, and is left alone for a while.
  await jobs.runNow('due-polls');
  await jobs.stop();
  const states = await bench.store.sourceState.findMany({ orderBy: { name: 'asc' } });
  expect(
    states.map(({ name, failures, error }) => ({
      name,
      failures,
      said: error?.includes('OPENAI_ADMIN_KEY'),
    })),
  ).toEqual([
    { name: 'a', failures: 1, said: true },
    { name: 'b', failures: 1, said: true },
  ]);
  const attempts = states.map(({ lastStartedAt }) => lastStartedAt);
  await jobs.runNow('poll a');
  expect((await bench.store.sourceState.findMany()).map(({ lastStartedAt }) => lastStartedAt)).toEqual(
    attempts,
  );
});

test('a source that another process is polling is left to it without a word', async () => {
  const source = { name: 'a', schedule: '37 7 * * *' };
  const context = contextOf(bench.store, { now: NOW });
  const { now, log } = context;
  const poster = createPoster({ outbox: createOutbox(bench.store), platforms: {}, now, log });
  const threads: Threads = {
    ...runInPlace(context),
    run: async (name) => {
      if (name === 'duePolls') return ['a'] as never;
      throw new AppError('CONFLICT', 'a is being polled since 09:00.');
    },
  };
  const jobs = createJobs({ threads, poster, lateHours: 24, sources: [source] }, { now, log });
  await jobs.runNow('poll a');
  expect(stateOf(jobs, 'poll a')).toEqual({ id: 'poll a', lastEnd: Date.parse(NOW) });
  await jobs.stop();
});
