/** Explanations where little is known, or much is beside the point. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Explanation, FoundAnomaly } from '../../../src/core/anomaly.ts';
import { addDays, eachDay } from '../../../src/core/day.ts';
import type { Settings } from '../../../src/core/settings.ts';
import type { Context } from '../../../src/flows/context.ts';
import { explainAnomaly, explainChange } from '../../../src/flows/explain.ts';
import { collapseResources } from '../../../src/store/facts.ts';
import { replaceHours } from '../../../src/store/hourly-costs.ts';
import { addUsage } from '../../../src/store/usage.ts';
import { addFacts, contextOf, openTempStore, type TempStore, type TestFact } from '../../temp-store.ts';

const NOW = '2026-11-21T09:00:00Z';
const FIRST = '2026-11-16';
const TAGS = { team: 'search', model: 'bert', stage: 'inference' };
let temp: TempStore;
let context: Context;

beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, { now: NOW });
});
afterEach(() => temp.close());

/** The same cost every day from 5 weeks before to the last day, and `more` from FIRST on. */
async function bill(
  usual: string,
  facts: readonly TestFact[],
  settings: Partial<Settings> = {},
): Promise<void> {
  context = contextOf(temp.store, { now: NOW, settings });
  const steady = eachDay('2026-10-12', '2026-11-19').map((day) => ({
    day,
    cost: usual,
    tags: TAGS,
    resource: 'endpoint/bert-prod',
  }));
  await addFacts(context, [...(usual === '0' ? [] : steady), ...facts]);
}

function extra(cost: string, facts: Partial<TestFact> = {}, last = '2026-11-19'): TestFact[] {
  return eachDay(FIRST, last).map((day) => ({ day, cost, tags: TAGS, ...facts }));
}

async function use(metric: 'requests' | 'gpu_hours', quantityOf: (day: string) => number): Promise<void> {
  const rows = eachDay('2026-10-12', '2026-11-19').map((day) => ({
    day,
    metric,
    dimensions: { model: 'bert' },
    quantityMicros: BigInt(quantityOf(day) * 1e6),
  }));
  await temp.store.source.create({ data: { name: 'meters', kind: 'usage', watermark: '2026-11-19' } });
  await temp.store.$transaction((tx) => addUsage(tx, 'meters', rows));
}

function explain(overrides: Partial<FoundAnomaly> = {}): Promise<Explanation> {
  return explainAnomaly(context, {
    ...{
      path: ['search', 'bert'],
      grain: 'day',
      detector: 'seasonal',
      direction: 'up',
      severity: 'high',
      score: 0.9,
    },
    ...{ currency: 'USD', expectedMicros: 0n, actualMicros: 0n, excessMicros: 0n, related: [] },
    ...{ firstStamp: FIRST, lastStamp: '2026-11-19', judgedThrough: '2026-11-19' },
    ...overrides,
  });
}

describe('what carries a change', () => {
  it('is traffic when requests grew with it, at the same cost of one', async () => {
    await bill('100', extra('100', { resource: 'endpoint/bert-prod' }));
    await use('requests', (day) => (day < FIRST ? 1000 : 2000));
    const { cause, split, sentence, usage } = await explain();
    expect(cause).toBe('traffic');
    expect(split).toMatchObject({
      metric: 'requests',
      volumeMicros: 100_000_000n,
      priceMicros: 0n,
      mixMicros: 0n,
    });
    expect(sentence).toBe(
      '100 % from endpoint/bert-prod (Amazon SageMaker). Requests +100 %. 100 % more requests.',
    );
    expect(usage).toEqual([{ metric: 'requests', before: 1000, during: 2000, ratio: 1 }]);
  });

  it('is efficiency when the same requests cost more', async () => {
    await bill('100', extra('100', { resource: 'endpoint/bert-prod' }));
    await use('requests', () => 1000);
    const { cause, sentence } = await explain();
    expect(cause).toBe('efficiency');
    expect(sentence).toContain('100 % cost per request.');
  });

  it('is new where nothing was before, and says what is not counted', async () => {
    await bill('0', [
      { day: '2026-10-12', cost: '1', tags: { team: 'other' } },
      ...extra('50', { service: 'Vertex AI' }),
    ]);
    const { cause, sentence, expectedMicros, unknown } = await explain();
    expect(cause).toBe('new-spend');
    expect(expectedMicros).toBe(0n);
    expect(sentence).toContain('It cost nothing before, and what it is used for is not counted.');
    expect(unknown).toContain('No usage is counted here: whether more was used is not known.');
  });

  it('came once when the days after it are usual again', async () => {
    await bill(
      '10',
      extra('500', { tags: { ...TAGS, stage: 'data' }, resource: 'crawl-of-everything' }, FIRST),
    );
    const { cause, firstResource } = await explain({ lastStamp: FIRST });
    expect(cause).toBe('one-off');
    expect(firstResource).toEqual({ name: 'crawl-of-everything', firstSeen: FIRST });
  });

  it('is not taxes, credits or what others pay', async () => {
    await bill('10', [
      ...extra('400', { category: 'Tax' }),
      ...extra('-90'),
      ...extra('70', { tags: { team: 'other', model: 'x' } }),
      ...extra('5'),
    ]);
    expect((await explain()).changeMicros).toBe(5_000_000n);
  });

  it('is no move of the exchange rate', async () => {
    const fx = [
      { date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1' },
      { date: FIRST, from: 'EUR', to: 'USD', rate: '2' },
    ];
    await bill(
      '0',
      eachDay('2026-10-12', '2026-11-19').map((day) => ({ day, cost: '10', currency: 'EUR', tags: TAGS })),
      { fx },
    );
    const { changeMicros, actualMicros } = await explain();
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
    await bill('10', facts, { splits: [split] });
    const { changeMicros, sentence } = await explain({ path: ['platform'] });
    expect(changeMicros).toBe(60_000_000n);
    expect(sentence).toContain('cluster/main');
    expect((await explain({ path: ['search'] })).changeMicros).toBe(0n);
  });
});

describe('what is not known', () => {
  it('is what is usual when there is no bill before', async () => {
    await bill('0', extra('50'));
    const { expectedMicros, unknown, cause } = await explain();
    expect(expectedMicros).toBeUndefined();
    expect(unknown[0]).toBe('There is no bill of the days before Mon 16 Nov: what is usual is not known.');
    expect(cause).not.toBe('new-spend');
  });

  it('is which resource, once resources are forgotten: none is called new', async () => {
    await bill('100', extra('100', { resource: 'endpoint/bert-prod' }));
    await temp.store.$transaction((tx) => collapseResources(tx, 'focus', '2026-11-12'));
    const { contributions, unknown, firstResource } = await explain();
    expect(contributions.filter(({ dimension }) => dimension === 'resource')).toEqual([]);
    expect(firstResource).toBeUndefined();
    expect(unknown).toContain('Single resources are kept for 35 days: before Thu 12 Nov they are not known.');
  });

  it('is usage on days that were not counted', async () => {
    await bill('100', extra('100'));
    await use('requests', (day) => (day < FIRST ? 0 : 2000));
    await temp.store.usageFact.deleteMany({ where: { day: { lt: FIRST } } });
    const { usage, unknown } = await explain();
    expect(usage).toEqual([{ metric: 'requests', before: null, during: 2000, ratio: null }]);
    expect(unknown).toContain('requests: not counted on enough of these days.');
  });

  it('is what no rate converts', async () => {
    await bill('10', extra('5', { currency: 'JPY' }));
    const { changeMicros, unknown } = await explain();
    expect(changeMicros).toBe(0n);
    expect(unknown).toContain('Amounts in JPY have no rate and are not in these figures.');
  });
});

describe('beside it', () => {
  it("a provider's own finding about the same service and days", async () => {
    await bill('10', extra('90'));
    const finding = (id: string, about: string, start: string) => ({
      ...{ source: 'aws', kind: 'anomaly', externalId: id, start, end: start, fetchedAt: new Date(NOW) },
      data: JSON.stringify({ about, impact: '123.45', currency: 'USD', causes: [{ service: about }] }),
    });
    await temp.store.evidence.createMany({
      data: [
        finding('1', 'Amazon SageMaker', FIRST),
        finding('2', 'Amazon S3', FIRST),
        finding('3', 'Amazon SageMaker', '2026-11-01'),
      ],
    });
    const { evidence } = await explain();
    expect(evidence).toEqual([
      {
        source: 'aws',
        about: 'Amazon SageMaker',
        start: FIRST,
        end: FIRST,
        impact: '123.45',
        currency: 'USD',
      },
    ]);
  });
});

describe('hours', () => {
  it('are held against the same hours of the weeks before', async () => {
    await bill('10', []);
    const hours = [...eachDay('2026-10-19', '2026-11-16')].flatMap((day) =>
      [13, 14].map((hour) => ({
        hour: `${day}T${hour}`,
        allocation: TAGS,
        ...{ provider: 'AWS', service: 'Amazon SageMaker', category: 'Usage', currency: 'USD' },
        billedMicros: null,
        effectiveMicros: day === FIRST && hour === 14 ? 9_000_000n : BigInt(hour) * 100_000n,
      })),
    );
    await temp.store.$transaction((tx) =>
      replaceHours(tx, 'focus', { start: '2026-10-19', end: FIRST }, hours as never),
    );
    const stamps = { firstStamp: `${FIRST}T14`, lastStamp: `${FIRST}T14`, judgedThrough: `${FIRST}T14` };
    const { expectedMicros, actualMicros, unknown } = await explain({ grain: 'hour', ...stamps });
    expect([expectedMicros, actualMicros]).toEqual([1_400_000n, 9_000_000n]);
    expect(unknown).toContain('Single resources, SKUs and usage are known by day, not by hour.');
  });
});

it('explains one stretch of days against another with no anomaly behind it', async () => {
  await bill('100', extra('60', { region: 'eu-west-1', service: 'AWS Data Transfer' }));
  const period = { start: addDays(FIRST, -3), end: '2026-11-19' };
  const { cause, changeMicros, before } = await explainChange(context, {
    filter: { model: 'bert' },
    currency: 'USD',
    period,
    previous: { start: addDays(FIRST, -10), end: addDays(FIRST, -4) },
  });
  // Four of seven days.
  expect(Number(changeMicros) / 1e6).toBeCloseTo((60 * 4) / 7, 5);
  expect(cause).toBe('egress');
  expect(before.end).toBe('2026-11-12');
});
