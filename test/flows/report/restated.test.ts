/** What bills changed after a report: only days it called complete, each change told once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saveReportRecord } from '../../../src/store/report-records.ts';
import { openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make, NOW } from './workbench.ts';

const BEFORE = '2026-11-16T08:00:00Z';
let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

async function report(now: string, settings = {}) {
  const made = await make(temp.store, { now, settings });
  const { record } = made;
  if (record) await temp.store.$transaction((tx) => saveReportRecord(tx, record, new Date(0)));
  return made;
}

const restate = (day: string, cost: number, source = 'focus') =>
  temp.store.dailyCost.updateMany({
    where: { day, source },
    data: { effectiveMicros: BigInt(cost * 1e6) },
  });
const watermark = (name: string, day: string) =>
  temp.store.source.update({ where: { name }, data: { watermark: day } });

it('the first report has nothing to compare with', async () => {
  await fill(temp.store, costs({ cost: 100 }));
  const { data, record, text } = await report(BEFORE);
  expect(data.restated).toBeNull();
  expect(text).not.toContain('Restated');
  expect(record).toMatchObject({ scope: 'team:search', week: '2026-11-09', currency: 'USD' });
});

it('net and the biggest days first, only of days that were complete', async () => {
  await fill(temp.store, [
    ...costs({ cost: 100 }),
    ...costs({ model: 'gpt', cost: 10 }, { source: 'openai' }),
  ]);
  await watermark('focus', '2026-11-14');
  await report(BEFORE);
  await watermark('focus', '2026-11-22');
  await restate('2026-11-08', 212);
  await restate('2026-11-10', 60, 'openai');
  await restate('2026-11-12', 99);
  // Reported as still arriving: that it changes is no news.
  await restate('2026-11-15', 500);
  const { data, text } = await report(NOW);
  expect(data.restated).toEqual({
    lastWeek: '2026-11-09',
    net: '161',
    days: [
      { source: 'focus', day: '2026-11-08', change: '112' },
      { source: 'openai', day: '2026-11-10', change: '50' },
      { source: 'focus', day: '2026-11-12', change: '-1' },
    ],
    rulesChanged: false,
  });
  expect(text).toContain(
    'Restated since the last report (week of 9 Nov): +$161 net; focus Sun 8 Nov +$112, openai Tue 10 Nov +$50.00, focus Thu 12 Nov −$1.00.',
  );
});

it('each change is told once, and a report made again says the same', async () => {
  await fill(temp.store, costs({ cost: 100, end: '2026-12-06' }));
  await report(BEFORE);
  await restate('2026-11-10', 150);
  expect((await report(NOW)).data.restated).toMatchObject({ net: '50' });
  expect((await report(NOW)).data.restated).toMatchObject({ net: '50' });
  expect((await report('2026-11-30T08:00:00Z')).data.restated).toBeNull();
});

it('days that vanish and days that appear count', async () => {
  await fill(temp.store, costs({ cost: 100, start: '2026-11-01' }));
  await report(BEFORE);
  await temp.store.dailyCost.deleteMany({ where: { day: '2026-11-05' } });
  await fill(
    temp.store,
    costs({ cost: 7, start: '2026-10-30', end: '2026-10-30' }, { source: 'late' }),
    '2026-11-22',
  );
  await temp.store.dailyCost.updateMany({ where: { source: 'late' }, data: { source: 'focus' } });
  expect((await report(NOW)).data.restated).toMatchObject({
    days: [
      { day: '2026-11-05', change: '-100' },
      { day: '2026-10-30', change: '7' },
    ],
  });
});

it('many days are counted, and listed in the thread', async () => {
  await fill(temp.store, costs({ cost: 100 }));
  await report(BEFORE);
  for (const day of ['04', '05', '06', '07', '08']) await restate(`2026-11-${day}`, 110);
  const { text, thread } = await report(NOW);
  expect(text).toContain('+$50.00 net; ');
  expect(text).toContain(', and 2 more days in the thread.');
  expect(thread.at(-1)).toMatch(/Restated since the last report[\s\S]*Sun 8 Nov/);
});

it('a new exchange rate restates nothing, and a change is converted', async () => {
  const fx = (rate: string) => ({ fx: [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate }] });
  await fill(temp.store, costs({ cost: 100 }, { currency: 'EUR' }));
  await report(BEFORE, fx('1.1'));
  expect((await make(temp.store, { settings: fx('1.3') })).data.restated).toBeNull();
  await restate('2026-11-10', 110);
  expect((await make(temp.store, { settings: fx('1.3') })).data.restated).toMatchObject({ net: '13' });
  expect((await make(temp.store)).data.restated).toMatchObject({ net: null, days: [{ change: null }] });
});

it('says when the allocation rules changed too', async () => {
  await fill(temp.store, costs({ cost: 100 }));
  await report(BEFORE);
  await restate('2026-11-10', 90);
  const rules = [{ name: 'r', match: [], set: { team: 'x' } }];
  const { text } = await make(temp.store, { settings: { rules } });
  expect(text).toContain('Allocation rules changed too, so part of it is cost that moved.');
});
