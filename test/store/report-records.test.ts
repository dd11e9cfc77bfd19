/** Records of reports: one per scope and week, the newest before a week, old ones forgotten. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays } from '../../src/core/day.ts';
import { lastReportBefore, readSourceDays, saveReportRecord } from '../../src/store/report-records.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const save = (week: string, figures = '{}', scope = 'team:search') =>
  temp.store.$transaction((tx) =>
    saveReportRecord(tx, { scope, week, currency: 'USD', figures }, new Date('2026-11-23T08:00:00Z')),
  );

it('the same week again replaces what was said', async () => {
  await save('2026-11-09', '{"a":1}');
  await save('2026-11-09', '{"a":2}');
  expect(await temp.store.reportRecord.count()).toBe(1);
  expect(await lastReportBefore(temp.store, 'team:search', '2026-11-16')).toEqual({
    scope: 'team:search',
    week: '2026-11-09',
    currency: 'USD',
    figures: '{"a":2}',
  });
});

it('the newest before the week, of that scope only', async () => {
  for (const week of ['2026-10-26', '2026-11-02', '2026-11-16']) await save(week);
  await save('2026-11-09', '{}', 'team:growth');
  expect((await lastReportBefore(temp.store, 'team:search', '2026-11-16'))?.week).toBe('2026-11-02');
  expect(await lastReportBefore(temp.store, 'team:search', '2026-10-26')).toBeUndefined();
});

it('keeps a dozen per scope', async () => {
  await save('2026-01-05', '{}', 'team:growth');
  for (let week = 0; week < 15; week += 1) await save(addDays('2026-06-01', 7 * week));
  const left = await temp.store.reportRecord.findMany({ where: { scope: 'team:search' } });
  expect(left.map(({ week }) => week).sort()[0]).toBe('2026-06-22');
  expect(left).toHaveLength(12);
  expect(await temp.store.reportRecord.count({ where: { scope: 'team:growth' } })).toBe(1);
});

it('sums per source, day and currency, with what rounding left over', async () => {
  const row = {
    day: '2026-11-10',
    provider: 'AWS',
    service: 's',
    category: 'Usage',
    currency: 'USD',
    team: 'search',
  };
  await temp.store.dailyCost.createMany({
    data: [
      { ...row, source: 'aws', effectiveMicros: 5n, effectiveResidue: 600_000_000_000n },
      { ...row, source: 'aws', effectiveMicros: 7n },
      { ...row, source: 'aws', currency: 'EUR', effectiveMicros: 1n },
      { ...row, source: 'gcp', effectiveMicros: null },
      { ...row, source: 'gcp', team: 'growth', effectiveMicros: 100n },
      { ...row, source: 'gcp', day: '2026-11-11', effectiveMicros: 100n },
    ],
  });
  const period = { start: '2026-11-10', end: '2026-11-10' };
  expect(await readSourceDays(temp.store, { team: 'search' }, period)).toEqual([
    { source: 'aws', day: '2026-11-10', currency: 'EUR', micros: 1n },
    { source: 'aws', day: '2026-11-10', currency: 'USD', micros: 13n },
    { source: 'gcp', day: '2026-11-10', currency: 'USD', micros: null },
  ]);
  expect(await readSourceDays(temp.store, { team: null }, period)).toEqual([]);
});
