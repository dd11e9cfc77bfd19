/** Forecasts of scopes from a real database: complete days, plans, fees, rates, and what cannot be said. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseScope } from '../../../src/core/scope.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { forecastScope } from '../../../src/flows/forecast.ts';
import { saveBudget } from '../../../src/store/budgets.ts';
import { addPlan } from '../../../src/store/planned-spend.ts';
import { contextOf, openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make } from '../report/workbench.ts';

const NOW = '2026-11-23T08:00:00Z';
let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const dollars = (amount: number) => BigInt(amount) * 1_000_000n;
const forecast = (scope: string, settings: Partial<Settings> = {}, currency?: string) =>
  forecastScope(
    contextOf(temp.store, { now: NOW, settings }),
    parseScope(scope),
    currency === undefined ? {} : { currency },
  );

describe('a scope', () => {
  it('is continued from its last complete day on, whatever has arrived since', async () => {
    const late = (day: string) => (day > '2026-11-20' ? 3 : 100);
    await fill(temp.store, costs({ cost: late }), '2026-11-20');
    const { until, spent, ahead, history } = await forecast('model:bert');
    expect([until, spent, history.at(-1)]).toEqual([
      '2026-11-20',
      dollars(2_000),
      { day: '2026-11-20', micros: dollars(100) },
    ]);
    expect(ahead?.month).toMatchObject({
      days: { start: '2026-11-01', end: '2026-11-30' },
      amount: { mean: dollars(3_000) },
      remainingDays: 10,
    });
    expect(ahead?.nextDay).toMatchObject({ days: { start: '2026-11-21', end: '2026-11-21' } });
    expect(ahead?.next7.amount.mean).toBe(dollars(700));
    expect(ahead?.nextMonth).toMatchObject({
      days: { start: '2026-12-01', end: '2026-12-31' },
      amount: { mean: dollars(3_100) },
    });
    expect(ahead?.next90.amount.mean).toBe(dollars(9_000));
    expect(ahead?.days).toHaveLength(90);
    expect(ahead?.running.map(({ amount }) => amount.mean)).toEqual(
      Array.from({ length: 11 }, (_, day) => dollars(2_000 + day * 100)),
    );
  });

  it('is the sum of what it holds, and no other money', async () => {
    await fill(temp.store, [
      ...costs({ cost: 100 }),
      ...costs({ model: 'churn', team: 'growth', cost: 10 }),
      ...costs({ cost: 7 }, { stage: 'training' }),
    ]);
    const ends = await Promise.all(
      ['org', 'team:growth', 'model:bert', 'model:bert/training'].map((scope) => forecast(scope)),
    );
    expect(ends.map(({ ahead }) => ahead?.month.amount.mean)).toEqual([
      dollars(117 * 30),
      dollars(300),
      dollars(107 * 30),
      dollars(210),
    ]);
    await expect(forecast('key:prod')).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('has the same month end in the weekly report', async () => {
    const swing = (day: string) => 80 + ((Number(day.slice(8)) * 7) % 11) * 5;
    await fill(temp.store, costs({ cost: swing }));
    const { ahead } = await forecast('team:search');
    const { month } = (await make(temp.store)).data as { month: Record<string, string> };
    const { mean, bands } = ahead?.month.amount ?? { mean: 0n, bands: undefined };
    expect([month.forecast, month.low, month.high].map(Number)).toEqual(
      [mean, bands?.['80'].low, bands?.['80'].high].map((micros) => Number(micros) / 1e6),
    );
  });

  it('expects taxes on their dates, and counts credits without expecting them again', async () => {
    await fill(temp.store, [
      ...costs({ cost: 100 }),
      ...costs({ cost: 55, start: '2026-10-30', end: '2026-10-30' }, { category: 'Tax' }),
      ...costs({ cost: -20, start: '2026-11-05', end: '2026-11-05' }, { category: 'Credit' }),
    ]);
    const { ahead } = await forecast('org');
    expect(ahead?.month.amount.mean).toBe(dollars(3_000 + 55 - 20));
    expect(ahead?.nextMonth.amount.mean).toBe(dollars(3_100 + 55));
  });
});

describe('plans', () => {
  const plan = (scope: string, amount: number, start: string, end: string, currency = 'USD') =>
    addPlan(temp.store, {
      scope,
      amountMicros: dollars(amount),
      currency,
      start,
      end,
      createdBy: 'test',
      createdAt: new Date(0),
    });

  it('come on top on the days they are for, in everything that holds them', async () => {
    await fill(temp.store, costs({ cost: 100 }));
    await plan('model:bert/training', 600, '2026-11-28', '2026-12-03');
    await plan('model:other', 9_000, '2026-11-28', '2026-11-29');
    const { ahead, planned } = await forecast('model:bert');
    expect(planned.map(({ scope }) => scope)).toEqual(['model:bert/training']);
    expect(ahead?.month.amount.mean).toBe(dollars(3_000 + 300));
    expect(ahead?.nextMonth.amount.mean).toBe(dollars(3_100 + 300));
    expect((await forecast('org')).planned).toHaveLength(2);
    expect((await forecast('model:bert/inference')).planned).toHaveLength(0);
  });

  it('that are over are no guide to what comes', async () => {
    const retrain = (day: string) => (day >= '2026-11-09' && day <= '2026-11-20' ? 900 : 100);
    await fill(temp.store, costs({ cost: retrain }));
    const before = (await forecast('model:bert')).ahead?.next7.amount.mean ?? 0n;
    await plan('model:bert', 9_600, '2026-11-09', '2026-11-20');
    expect((await forecast('model:bert')).ahead?.next7.amount.mean).toBe(dollars(700));
    expect(before).toBeGreaterThan(dollars(800));
  });

  it('without a rate are said to be left out', async () => {
    await fill(temp.store, costs({ cost: 100 }));
    await plan('model:bert', 600, '2026-11-28', '2026-11-28', 'EUR');
    const { ahead, warnings } = await forecast('model:bert');
    expect(ahead?.month.amount.mean).toBe(dollars(3_000));
    expect(warnings).toContain('There is no EUR→USD rate: what is planned in EUR is not in the forecast.');
  });
});

describe('currencies', () => {
  const fx = [
    { date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.10' },
    { date: '2026-11-01', from: 'EUR', to: 'USD', rate: '1.20' },
  ];

  it('are converted at the rate of each day', async () => {
    await fill(temp.store, costs({ cost: 100 }, { currency: 'EUR' }));
    const { spent, currency } = await forecast('model:bert', { fx });
    expect([spent, currency]).toEqual([dollars(22 * 120), 'USD']);
    const euros = await forecast('model:bert', { fx }, 'EUR');
    expect([euros.currency, euros.ahead?.month.amount.mean]).toEqual(['EUR', dollars(3_000)]);
  });

  it('without a rate long ago leave a gap, and none now leaves no forecast', async () => {
    await fill(temp.store, costs({ cost: 100 }, { currency: 'EUR' }));
    const later = [{ date: '2026-10-15', from: 'EUR', to: 'USD', rate: '2' }];
    const { ahead, history } = await forecast('model:bert', { fx: later });
    expect(history[0]?.micros).toBeNull();
    expect(ahead?.month.amount.mean).toBe(dollars(6_000));
    const { ahead: none, reason, spent } = await forecast('model:bert');
    expect([none, spent]).toEqual([undefined, null]);
    expect(reason).toBe('there is no EUR→USD rate for all of its days');
  });
});

it('says why it cannot: too young, silent, unknown, or never heard of', async () => {
  await fill(temp.store, [
    ...costs({ model: 'young', cost: 5, start: '2026-11-12' }),
    ...costs({ model: 'gone', cost: 5, end: '2026-11-10' }, { source: 'openai' }),
    ...costs({ model: 'free', cost: 5 }, { source: 'gcp' }).map((charge) =>
      charge.day === '2026-11-05' ? { ...charge, cost: null } : charge,
    ),
  ]);
  await temp.store.source.update({ where: { name: 'openai' }, data: { watermark: '2026-11-10' } });
  const reasons = await Promise.all(
    ['young', 'gone', 'free', 'nobody'].map(async (name) => (await forecast(`model:${name}`)).reason),
  );
  expect(reasons).toEqual([
    '11 complete days are known, and it takes 14',
    expect.stringContaining('no source has complete days'),
    'some of the cost is unknown',
    'no source has complete days',
  ]);
  expect((await forecast('org')).reason).toBe('openai has sent nothing complete after Tue 10 Nov');
});

it('stands beside its budget and what a provider expects', async () => {
  await fill(temp.store, costs({ cost: 100 }));
  const budget = { scope: 'org', period: 'monthly', amountMicros: dollars(2_500), currency: 'EUR' } as const;
  await saveBudget(temp.store, { ...budget, managedBy: 'file' }, new Date(0));
  await temp.store.evidence.create({
    data: {
      source: 'focus',
      kind: 'forecast',
      externalId: '1',
      start: '2026-11-23',
      end: '2026-11-30',
      data: JSON.stringify({ currency: 'USD', mean: '812.50', lower: '790', upper: '830', percent: 80 }),
      fetchedAt: new Date(0),
    },
  });
  const fx = [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.10' }];
  const found = await forecast('org', { fx });
  expect(found.budget).toMatchObject({ amount: dollars(2_500), amountHere: dollars(2_750) });
  expect(found.providers).toEqual([
    {
      source: 'focus',
      days: { start: '2026-11-23', end: '2026-11-30' },
      currency: 'USD',
      mean: 812_500_000n,
      low: dollars(790),
      high: dollars(830),
    },
  ]);
  // A provider speaks of its whole bill, not of one model.
  expect((await forecast('model:bert', { fx })).providers).toEqual([]);
});
