/** Forecasts that are kept day by day and held against what came. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { forecastAccuracy } from '../../../src/flows/forecast/accuracy.ts';
import { recordForecasts } from '../../../src/flows/forecast/record.ts';
import { contextOf, openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make } from '../report/workbench.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const BERT = { kind: 'model', name: 'bert' } as const;
const dollars = (amount: number) => BigInt(Math.round(amount * 1e6));
const on = (day: string) => contextOf(temp.store, { now: `${day}T09:00:00Z` });
/** As if the bills of the day before had arrived, and no later ones. */
async function record(day: string) {
  await temp.store.source.updateMany({ data: { watermark: addDays(day, -1) } });
  return recordForecasts(on(day));
}

it('keeps one forecast per scope, day and horizon', async () => {
  await fill(temp.store, [
    ...costs({ cost: 100 }),
    ...costs({ model: 'churn', team: 'growth', cost: 5 }),
    ...costs({ model: 'young', team: 'growth', cost: 1, start: '2026-11-15' }),
  ]);
  expect(await record('2026-11-20')).toEqual({ scopes: 5, unknown: 1, checked: 0 });
  await record('2026-11-20');
  const rows = await temp.store.forecastRecord.findMany({ where: { scope: 'model:bert' } });
  expect(
    rows.map(({ horizon, startDay, endDay, meanMicros }) => [horizon, startDay, endDay, meanMicros]),
  ).toEqual([
    ['month-end', '2026-11-01', '2026-11-30', dollars(3_000)],
    ['next-7', '2026-11-20', '2026-11-26', dollars(700)],
    ['next-day', '2026-11-20', '2026-11-20', dollars(100)],
  ]);
  expect(await temp.store.forecastRecord.count()).toBe(15);
});

it('compares with what came, again when the bill is restated, and tells it', async () => {
  const rise = (day: string) => (day >= '2026-10-21' ? 130 : 100);
  await fill(temp.store, costs({ cost: rise, start: '2026-08-01' }));
  for (const day of ['2026-10-05', '2026-10-11', '2026-10-28']) await record(day);
  expect((await forecastAccuracy(on('2026-10-28'), BERT)).month).toBeUndefined();
  expect((await record('2026-11-02')).checked).toBeGreaterThan(0);
  const found = (await forecastAccuracy(on('2026-11-02'), BERT)).month;
  // October: 20 days of 100 and 11 of 130, foreseen as 31 of 100 on the day nearest to the tenth.
  expect(found).toMatchObject({
    madeOn: '2026-10-11',
    start: '2026-10-01',
    end: '2026-10-31',
    forecast: dollars(3_100),
    actual: dollars(3_430),
  });
  expect(found?.ratio).toBeCloseTo(330 / 3_100, 9);
  expect((await record('2026-11-03')).checked).toBeGreaterThanOrEqual(0);
  await temp.store.dailyCost.updateMany({
    where: { day: '2026-10-31' },
    data: { effectiveMicros: dollars(30) },
  });
  await record('2026-11-04');
  expect((await forecastAccuracy(on('2026-11-04'), BERT)).month?.actual).toBe(dollars(3_330));

  await temp.store.source.updateMany({ data: { watermark: '2026-11-22' } });
  const { text } = await make(temp.store);
  expect(text).toContain(
    'October was forecast at $3.1k on Sun 11 Oct and came to $3.33k (+7.4 %), outside its 80 % range.',
  );
});

it('says how far off forecasts usually are, once there are some', async () => {
  await fill(temp.store, costs({ cost: 100, start: '2026-08-01' }));
  for (const day of eachDay('2026-11-05', '2026-11-21')) await record(day);
  const { weeks, months } = await forecastAccuracy(on('2026-11-21'), BERT);
  expect(weeks).toEqual({ count: 10, typicalRatio: 0, within: 1 });
  expect(months).toBeUndefined();
});

it('does not check days while a source of theirs is silent', async () => {
  await fill(temp.store, [
    ...costs({ cost: 100 }),
    ...costs({ cost: 40, end: '2026-11-12' }, { source: 'openai', stage: 'data' }),
  ]);
  await record('2026-11-13');
  await temp.store.source.update({ where: { name: 'openai' }, data: { watermark: '2026-11-12' } });
  await temp.store.source.update({ where: { name: 'focus' }, data: { watermark: '2026-11-22' } });
  await recordForecasts(on('2026-11-23'));
  const checked = await temp.store.forecastRecord.count({ where: { actualMicros: { not: null } } });
  expect(checked).toBe(0);
});
