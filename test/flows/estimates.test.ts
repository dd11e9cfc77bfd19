/** Estimates stand in for late bills, give way to them, and are held against them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import type { Context } from '../../src/flows/context.ts';
import { findDrift, writeEstimates } from '../../src/flows/estimates.ts';
import { writeMeteredUsage } from '../../src/flows/metered-usage.ts';
import type { MeteredUsage } from '../../src/sources/types.ts';
import { addFacts, contextOf, openTempStore, type TempStore, type TestFact } from '../temp-store.ts';
import { metered } from './metered.ts';

const days = { start: '2026-11-01', end: '2026-11-21' };
let temp: TempStore;
let context: Context;

beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, {
    now: '2026-11-21T09:00:00Z',
    settings: { fx: [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.25' }] },
  });
});
afterEach(() => temp.close());

async function poll(usage: readonly MeteredUsage[], source = 'openai') {
  await temp.store.$transaction(async (tx) => {
    await writeMeteredUsage(tx, context, { source, days, usage });
    await writeEstimates(tx, context, { source, days });
  });
}

function bill(facts: readonly Partial<TestFact>[], watermark: string) {
  return addFacts(
    context,
    facts.map((fact) => ({
      day: '2026-11-19',
      cost: '1',
      source: 'openai',
      provider: 'OpenAI',
      service: 'OpenAI API',
      tags: { model: 'gpt-4o', team: 'search' },
      ...fact,
    })),
    watermark,
  );
}

function checks() {
  return temp.store.estimateCheck.findMany({
    orderBy: [{ day: 'asc' }, { llmModel: 'asc' }],
    omit: { checkedAt: true, source: true },
  });
}

describe('writeEstimates', () => {
  it('estimates tokens × price per day, model and allocation, and replaces what it estimated before', async () => {
    await bill([{}], '2026-11-19');
    await poll([metered({ quantity: 5n })]);
    await poll([
      metered(),
      metered({ meter: 'cached_input_tokens', tier: 'batch' }),
      metered({ meter: 'output_tokens', quantity: 3n, tags: { team: 'growth' } }),
      metered({ model: 'gpt-99' }),
      metered({ meter: 'requests', quantity: 8n }),
    ]);
    const stored = await temp.store.estimate.findMany({ orderBy: { micros: 'desc' } });
    expect(
      stored.map(({ day, llmModel, team, currency, micros }) => [day, llmModel, team, currency, micros]),
    ).toEqual([
      ['2026-11-20', 'gpt-4o', 'search', 'USD', 3_125_000n],
      ['2026-11-20', 'gpt-4o', 'growth', 'USD', 30n],
    ]);
  });

  it('estimates nothing for a source whose usage is billed elsewhere', async () => {
    await poll([metered()], 'gateway');
    expect(await temp.store.estimate.count()).toBe(0);
  });

  it('goes by own prices before the table', async () => {
    context = contextOf(temp.store, {
      now: '2026-11-21T09:00:00Z',
      settings: {
        prices: [{ provider: 'OpenAI', model: 'gpt-*', currency: 'EUR', from: '2026-11-01', input: '0.5' }],
      },
    });
    await bill([{}], '2026-11-19');
    await poll([metered(), metered({ model: 'gpt-99' })]);
    const stored = await temp.store.estimate.findMany();
    expect(stored.map(({ currency, micros }) => [currency, micros])).toEqual([
      ['EUR', 500_000n],
      ['EUR', 500_000n],
    ]);
  });

  it('keeps the estimate beside the bill once the day is complete, and again when the bill is restated', async () => {
    await bill([{ day: '2026-11-18' }], '2026-11-18');
    const usage = [metered({ day: '2026-11-19', quantity: 4_000_000n }), metered()];
    await poll(usage);
    expect(await checks()).toEqual([]);

    await bill([{ cost: '9.5' }, { cost: '-3', category: 'Credit' }, { tags: { team: 'x' } }], '2026-11-19');
    await poll(usage);
    const check = { day: '2026-11-19', llmModel: 'gpt-4o', currency: 'USD', estimatedMicros: 10_000_000n };
    expect(await checks()).toEqual([{ ...check, billedMicros: 9_500_000n }]);

    await bill([{ cost: '0.25' }], '2026-11-19');
    await poll(usage);
    expect(await checks()).toEqual([{ ...check, billedMicros: 9_750_000n }]);

    await poll([metered()]);
    expect(await checks()).toEqual([]);
  });

  it('compares in the currency of the bill', async () => {
    await bill([{ cost: '2', currency: 'EUR' }], '2026-11-20');
    await poll([metered({ day: '2026-11-19' })]);
    expect(await checks()).toEqual([
      {
        day: '2026-11-19',
        llmModel: 'gpt-4o',
        currency: 'EUR',
        estimatedMicros: 2_000_000n,
        billedMicros: 2_000_000n,
      },
    ]);
  });

  it('does not compare a model of which a part has no price, nor a bill that names no models', async () => {
    await bill([{}, { day: '2026-11-18', tags: {} }], '2026-11-20');
    await poll([
      metered({ day: '2026-11-19' }),
      metered({ day: '2026-11-19', tier: 'priority' }),
      metered({ day: '2026-11-19', model: 'gpt-4o-mini' }),
      metered({ day: '2026-11-18' }),
    ]);
    expect((await checks()).map(({ day, llmModel, billedMicros }) => [day, llmModel, billedMicros])).toEqual([
      ['2026-11-19', 'gpt-4o-mini', 0n],
    ]);
  });
});

describe('findDrift', () => {
  it('tells models that are more than 10 % off over the last 14 checked days, and no other', async () => {
    const all = eachDay('2026-11-01', '2026-11-20');
    const billed = (day: string, model: string) =>
      model === 'gpt-4o' ? (day <= '2026-11-06' ? '50' : '2.6') : '0.12';
    await bill(
      all.flatMap((day) =>
        ['gpt-4o', 'o3', 'gpt-4o-mini'].map((model) => ({ day, cost: billed(day, model), tags: { model } })),
      ),
      '2026-11-20',
    );
    await poll(
      all.flatMap((day) => [
        metered({ day }),
        metered({ day, model: 'o3', quantity: 100_000n }),
        metered({ day, model: 'gpt-4o-mini' }),
      ]),
    );
    // gpt-4o: 2.50 estimated, 2.60 billed, and the wild first days are over; o3: 0.20 and 0.12; mini: 0.15 and 0.12.
    expect(await findDrift(context)).toEqual([
      expect.objectContaining({
        llmModel: 'o3',
        days: 14,
        estimatedMicros: 2_800_000n,
        billedMicros: 1_680_000n,
      }),
      expect.objectContaining({ llmModel: 'gpt-4o-mini', source: 'openai' }),
    ]);
  });

  it('ends as soon as the price is corrected, though only the newest days are fetched again', async () => {
    const all = eachDay('2026-11-01', '2026-11-20');
    await bill(
      all.map((day) => ({ day, cost: '5' })),
      '2026-11-20',
    );
    await poll(all.map((day) => metered({ day })));
    expect(await findDrift(context)).toMatchObject([{ llmModel: 'gpt-4o', days: 14, ratio: 0.5 }]);
    const prices = [{ provider: 'OpenAI', model: 'gpt-4o', currency: 'USD', from: '2026-01-01', input: '5' }];
    context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z', settings: { prices } });
    const newest = { start: '2026-11-19', end: '2026-11-21' };
    await temp.store.$transaction((tx) => writeEstimates(tx, context, { source: 'openai', days: newest }));
    expect(await findDrift(context)).toEqual([]);
  });

  it('is silent while nothing was checked', async () => {
    expect(await findDrift(context)).toEqual([]);
  });
});
