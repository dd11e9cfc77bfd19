/** Metered usage is kept, folded into usage under the costs' names, replaced by days, and follows the rules. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsageMetric } from '../../src/core/usage.ts';
import { allocateDays } from '../../src/flows/allocate.ts';
import type { Context } from '../../src/flows/context.ts';
import { refoldMeteredUsage } from '../../src/flows/metered-usage/refold.ts';
import { writeMeteredUsage } from '../../src/flows/metered-usage.ts';
import type { MeteredUsage } from '../../src/sources/types.ts';
import { readMeteredUsage } from '../../src/store/metered-usage.ts';
import { readUsage } from '../../src/store/usage.ts';
import { settingsOf } from '../settings.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';
import { metered } from './metered.ts';

const days = { start: '2026-11-19', end: '2026-11-20' };
let temp: TempStore;
let context: Context;

beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z' });
});
afterEach(() => temp.close());

function write(usage: readonly MeteredUsage[], source = 'openai') {
  return temp.store.$transaction((tx) => writeMeteredUsage(tx, context, { source, days, usage }));
}

function folded(metric: UsageMetric) {
  return readUsage(temp.store, { metric, ...days, by: 'team' });
}

describe('writeMeteredUsage', () => {
  it('folds every kind of token once, under the names costs have', async () => {
    await write([
      metered({ quantity: 700n }),
      metered({ quantity: 30n, meter: 'cache_write_tokens' }),
      metered({ quantity: 5n, meter: 'cache_write_1h_tokens', tier: 'batch' }),
      metered({ quantity: 265n, meter: 'cached_input_tokens' }),
      metered({ quantity: 90n, meter: 'output_tokens' }),
      metered({ quantity: 4n, meter: 'requests' }),
      metered({ quantity: 1n, tags: { Team: 'GROWTH ' } }),
    ]);
    expect((await folded('input_tokens')).map(({ key, quantityMicros }) => [key, quantityMicros])).toEqual([
      ['growth', 1_000_000n],
      ['search', 735_000_000n],
    ]);
    expect((await folded('cached_tokens'))[0]?.quantityMicros).toBe(265_000_000n);
    expect((await folded('output_tokens'))[0]?.quantityMicros).toBe(90_000_000n);
    expect((await folded('requests'))[0]?.quantityMicros).toBe(4_000_000n);
    const [fact] = await temp.store.usageFact.findMany({ where: { metric: 'requests' } });
    expect(fact).toMatchObject({
      source: 'openai',
      model: 'gpt-4o',
      provider: 'OpenAI',
      service: 'OpenAI API',
    });
  });

  it('replaces whole days of its own source and nothing else', async () => {
    await write([metered({ quantity: 10n }), metered({ day: '2026-11-19', quantity: 1n })]);
    await write([metered({ quantity: 100n })], 'other');
    await write([metered({ quantity: 20n })]);
    await write([metered({ quantity: 20n })]);
    const all = await folded('input_tokens');
    expect(all.map(({ day, quantityMicros }) => [day, quantityMicros])).toEqual([
      ['2026-11-20', 120_000_000n],
    ]);
    const stored = await readMeteredUsage(temp.store, 'openai', days);
    expect(stored).toEqual([metered({ quantity: 20n })]);
  });

  it('adds up rows that say the same, exactly beyond what a float holds', async () => {
    const large = 9_007_199_254_740_993n;
    await write([
      metered({ tags: { b: '1', a: '' }, quantity: large }),
      metered({ tags: { a: '', b: '1' } }),
    ]);
    const stored = await readMeteredUsage(temp.store, 'openai', days);
    expect(stored.map(({ quantity }) => quantity)).toEqual([large + 1_000_000n]);
  });

  it('shares a pool anew on the days whose usage it is split by', async () => {
    const settings = settingsOf({
      splits: [
        {
          name: 'gateway',
          from: { service: 'Gateway' },
          among: { dimension: 'team', names: [] },
          by: { kind: 'usage', metric: 'requests' },
        },
      ],
    });
    context = { ...context, settings };
    await addFacts(context, [{ day: '2026-11-20', cost: '100', service: 'Gateway', source: 'openai' }]);
    await write([
      metered({ meter: 'requests', quantity: 3n }),
      metered({ meter: 'requests', quantity: 1n, tags: { team: 'growth' } }),
    ]);
    const shared = await temp.store.dailyCost.findMany({ where: { split: 'gateway', team: { not: null } } });
    expect(Object.fromEntries(shared.map(({ team, effectiveMicros }) => [team, effectiveMicros]))).toEqual({
      search: 75_000_000n,
      growth: 25_000_000n,
    });
  });
});

describe('refoldMeteredUsage', () => {
  it('allocates stored usage by the rules of today', async () => {
    await write([metered({ quantity: 10n }), metered({ day: '2026-11-19', quantity: 1n })]);
    const settings = settingsOf({
      rules: [
        {
          name: 'all of OpenAI',
          match: [{ on: { column: 'ProviderName' }, patterns: ['OpenAI'] }],
          set: { team: 'assistant' },
        },
      ],
    });
    await temp.store.$transaction(async (tx) => {
      await refoldMeteredUsage(tx, { settings });
      await allocateDays(tx, { settings }, { days: [] });
    });
    expect((await folded('input_tokens')).map(({ key, quantityMicros }) => [key, quantityMicros])).toEqual([
      ['assistant', 1_000_000n],
      ['assistant', 10_000_000n],
    ]);
  });
});
