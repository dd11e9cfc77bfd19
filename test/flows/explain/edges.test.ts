/** Explanations where little is known, or much is beside the point. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import { allocateDays } from '../../../src/flows/allocate.ts';
import { collapseResources } from '../../../src/store/facts.ts';
import { bill, explain, extra, FIRST, openWorld, TAGS, use, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('what carries a change', () => {
  it('is traffic when requests grew with it, at the same cost of one', async () => {
    await bill(world, '100', extra('100', { resource: 'endpoint/bert-prod' }));
    await use(world, 'requests', (day) => (day < FIRST ? 1000 : 2000));
    const { cause, split, sentence, usage } = await explain(world);
    expect(cause).toBe('traffic');
    expect(split).toMatchObject({
      metric: 'requests',
      volumeMicros: 100_000_000n,
      priceMicros: 0n,
      mixMicros: 0n,
    });
    expect(sentence).toBe(
      '100 % from endpoint/bert-prod (Amazon SageMaker). Requests +100 %. Of the change: 100 % more requests.',
    );
    expect(usage).toEqual([{ metric: 'requests', before: 1000, during: 2000, ratio: 1 }]);
  });

  it('is efficiency when the same requests cost more', async () => {
    await bill(world, '100', extra('100', { resource: 'endpoint/bert-prod' }));
    await use(world, 'requests', () => 1000);
    const { cause, sentence } = await explain(world);
    expect(cause).toBe('efficiency');
    expect(sentence).toContain('Of the change: 100 % cost per request.');
  });

  it('is new where nothing was before, and says what is not counted', async () => {
    await bill(world, '0', [
      { day: '2026-10-12', cost: '1', tags: { team: 'other' } },
      ...extra('50', { service: 'Vertex AI' }),
    ]);
    const { cause, sentence, expectedMicros, unknown } = await explain(world);
    expect(cause).toBe('new-spend');
    expect(expectedMicros).toBe(0n);
    expect(sentence).toContain('It never cost anything before, and what it is used for is not counted.');
    expect(unknown).toContain('No usage is counted here: whether more was used is not known.');
  });

  it('came once when the days after it are usual again', async () => {
    await bill(
      world,
      '10',
      extra('500', { tags: { ...TAGS, stage: 'data' }, resource: 'crawl-of-everything' }, FIRST),
    );
    const { cause, firstResource } = await explain(world, { lastStamp: FIRST });
    expect(cause).toBe('one-off');
    expect(firstResource).toEqual({ name: 'crawl-of-everything', firstSeen: FIRST });
  });

  it('is not taxes, credits or what others pay', async () => {
    await bill(world, '10', [
      ...extra('400', { category: 'Tax' }),
      ...extra('-90', { service: 'Refunds' }),
      ...extra('70', { tags: { team: 'other', model: 'x' } }),
      ...extra('5'),
    ]);
    expect((await explain(world)).changeMicros).toBe(5_000_000n);
  });

  it('is no move of the exchange rate', async () => {
    const fx = [
      { date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1' },
      { date: FIRST, from: 'EUR', to: 'USD', rate: '2' },
    ];
    await bill(
      world,
      '0',
      eachDay('2026-10-12', '2026-11-19').map((day) => ({ day, cost: '10', currency: 'EUR', tags: TAGS })),
      { fx },
    );
    const { changeMicros, actualMicros } = await explain(world);
    expect([changeMicros, actualMicros]).toEqual([0n, 20_000_000n]);
  });

  it('of a pool is looked for where the pool was, not where it went', async () => {
    const platform = { team: 'platform', stage: 'other' };
    const split = {
      name: 'shared platform',
      from: { team: 'platform' },
      among: { dimension: 'team', names: ['search'] },
      by: { kind: 'evenly' },
    } as const;
    const facts = eachDay('2026-10-12', '2026-11-19').map((day) => ({
      day,
      cost: day < FIRST ? '20' : '80',
      tags: platform,
      resource: 'cluster/main',
    }));
    await bill(world, '10', facts, { splits: [split] });
    const { changeMicros, sentence } = await explain(world, { path: ['platform'] });
    expect(changeMicros).toBe(60_000_000n);
    expect(sentence).toContain('cluster/main');
    expect((await explain(world, { path: ['search'] })).changeMicros).toBe(0n);
  });
});

describe('what is not known', () => {
  it('is what is usual when there is no bill before', async () => {
    await bill(world, '0', extra('50'));
    const { expectedMicros, unknown, cause } = await explain(world);
    expect(expectedMicros).toBeUndefined();
    expect(unknown[0]).toBe('There is no bill of the days before Mon 16 Nov: what is usual is not known.');
    expect(cause).toBe('unknown');
  });

  it('is which resource, once resources are forgotten: none is called new', async () => {
    await bill(world, '100', extra('100', { resource: 'endpoint/bert-prod' }));
    await world.store.$transaction(async (tx) => {
      const days = await collapseResources(tx, 'focus', '2026-11-12');
      await allocateDays(tx, world.context, { days });
    });
    const { contributions, unknown, firstResource } = await explain(world);
    expect(contributions.filter(({ dimension }) => dimension === 'resource')).toEqual([]);
    expect(firstResource).toBeUndefined();
    expect(unknown).toContain('Single resources are kept for 35 days: before Thu 12 Nov they are not known.');
  });

  it('is usage on days that were not counted', async () => {
    await bill(world, '100', extra('100'));
    await use(world, 'requests', (day) => (day < FIRST ? 0 : 2000));
    await world.store.usageFact.deleteMany({ where: { day: { lt: FIRST } } });
    const { usage, unknown } = await explain(world);
    expect(usage).toEqual([{ metric: 'requests', before: null, during: 2000, ratio: null }]);
    expect(unknown).toContain('requests: not counted on enough of these days.');
  });

  it('is what no rate converts', async () => {
    await bill(world, '10', extra('5', { currency: 'JPY' }));
    const { changeMicros, unknown } = await explain(world);
    expect(changeMicros).toBe(0n);
    expect(unknown).toContain('Amounts in JPY have no rate and are not in these figures.');
  });
});
