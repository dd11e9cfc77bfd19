/** Polls in their thread: one that hangs holds back no other, and stopping ends it cleanly. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceSettings } from '../../src/core/settings.ts';
import { createThreads } from '../../src/threads/pools.ts';
import { settingsOf } from '../settings.ts';
import { startOpenai } from '../sources/stand-in/openai.ts';
import type { StandIn } from '../sources/stand-in/server.ts';
import { truthCharges } from '../sources/stand-in/truth.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

const NOW = '2026-11-21T09:00:00Z';
const silent = createServer(() => undefined);
let vendor: StandIn;
let bench: TempStore;

beforeAll(async () => {
  bench = await openTempStore();
  vendor = await startOpenai();
  vendor.bill(truthCharges({ start: '2026-11-01', end: '2026-11-21' }));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await vendor.close();
  await bench.close();
});

function source(name: string, options: Readonly<Record<string, unknown>>): SourceSettings {
  return {
    name,
    kind: 'openai',
    schedule: '37 7 * * *',
    historyMonths: 0,
    trailingDays: 2,
    lagDays: 1,
    options,
  };
}

test('a source that hangs keeps nobody waiting, and lets go when the process stops', async () => {
  const { port } = silent.address() as AddressInfo;
  const silence = { ...vendor.options, baseUrl: `http://127.0.0.1:${port}/v1` };
  // More than are polled at once.
  const others = Array.from({ length: 18 }, (_, index) => `other-${index}`);
  const sources = [
    source('good', vendor.options),
    ...['hanging', ...others].map((name) => source(name, silence)),
  ];
  const threads = createThreads({
    setup: {
      settings: settingsOf({ sources }),
      databaseUrl: bench.url,
      logLevel: 'error',
      variables: vendor.variables,
    },
    now: () => Date.parse(NOW),
    execArgv: ['--import', 'tsx'],
  });
  const hanging = threads.run('poll', { source: 'hanging' });
  const good = await threads.run('poll', { source: 'good' });
  expect(good).toMatchObject({ source: 'good', status: 'done', watermark: '2026-11-20' });
  expect(threads.running().map(({ task }) => task)).toEqual(['poll']);
  const rest = Promise.allSettled(others.map((name) => threads.run('poll', { source: name })));
  await threads.close();
  expect(await hanging).toMatchObject({
    status: 'failed',
    error: { code: 'LIMIT', message: 'The poll was stopped before it was done.' },
  });
  const stopped = { code: 'LIMIT', message: expect.stringContaining('stop') };
  const ends = (await rest).map((end) => (end.status === 'fulfilled' ? end.value.error : end.reason));
  expect(ends.map(({ code, message }) => ({ code, message }))).toEqual(others.map(() => stopped));
  expect(await bench.store.sourceState.count({ where: { NOT: { runningBy: null } } })).toBe(0);
  const states = await bench.store.sourceState.findMany({
    where: { name: { in: ['good', 'hanging'] } },
    orderBy: { name: 'asc' },
  });
  expect(states.map(({ name, failures, runningBy }) => ({ name, failures, runningBy }))).toEqual([
    { name: 'good', failures: 0, runningBy: null },
    { name: 'hanging', failures: 0, runningBy: null },
  ]);
});
