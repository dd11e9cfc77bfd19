/** Explanations where more is known than bills and usage by day: metered tokens, hours, what providers say. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { explainChange } from '../../../src/flows/explain.ts';
import { replaceHours } from '../../../src/store/hourly-costs.ts';
import { type MeteredRow, replaceMeteredUsage } from '../../../src/store/metered-usage.ts';
import type { TestFact } from '../../temp-store.ts';
import { bill, explain, extra, FIRST, NOW, openWorld, TAGS, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('tokens that a vendor meters', () => {
  it('tell another mix of models from another price', async () => {
    const dimensions = [
      { dimension: 'team', tags: ['team'], values: {} },
      { dimension: 'model', tags: ['app'], values: {} },
      { dimension: 'stage', tags: ['stage'], values: {} },
    ] as const;
    const tags = { team: 'search', app: 'bert', stage: 'inference' };
    const llm = (model: string) => ({ ...tags, model });
    const days = eachDay('2026-10-12', '2026-11-19');
    // 100k tokens of mini a day; then 60k of mini and 50k of the dear one.
    await bill(
      world,
      '0',
      days.flatMap((day): TestFact[] =>
        day < FIRST
          ? [{ day, cost: '40', tags: llm('gpt-4.1-mini') }]
          : [
              { day, cost: '24', tags: llm('gpt-4.1-mini') },
              { day, cost: '250', tags: llm('gpt-4.1') },
            ],
      ),
      { dimensions },
    );
    await world.store.focusKey.updateMany({ data: { skuMeter: 'input' } });
    const row = (day: string, model: string, quantity: bigint): MeteredRow => ({
      ...{ day, provider: 'OpenAI', service: 'OpenAI API', tier: 'standard', meter: 'uncached_input_tokens' },
      ...{ model, quantity, tags },
    });
    const rows = days.flatMap((day) =>
      day < FIRST
        ? [row(day, 'gpt-4.1-mini', 100_000n)]
        : [row(day, 'gpt-4.1-mini', 60_000n), row(day, 'gpt-4.1', 50_000n)],
    );
    const others = days.map((day) => ({
      ...row(day, 'gpt-4.1', 9_000_000n),
      tags: { ...tags, app: 'other' },
    }));
    const span = { start: '2026-10-12', end: '2026-11-19' };
    await world.store.$transaction((tx) => replaceMeteredUsage(tx, 'openai', span, [...rows, ...others]));
    const { cause, split } = await explain(world);
    // Volume 10k × ½ (40 ÷ 100k + 274 ÷ 110k); the price of mini is as before; mix is the rest of 234.
    expect(split).toMatchObject({
      metric: 'tokens',
      volumeMicros: 14_454_545n,
      priceMicros: 0n,
      mixMicros: 219_545_455n,
    });
    expect(cause).toBe('mix');
  });
});

describe('beside it', () => {
  it("a provider's own finding about the same service and days", async () => {
    await bill(world, '10', extra('90'));
    const finding = (id: string, about: string, start: string) => ({
      ...{ source: 'aws', kind: 'anomaly', externalId: id, start, end: start, fetchedAt: new Date(NOW) },
      data: JSON.stringify({ about, impact: '123.45', currency: 'USD', causes: [{ service: about }] }),
    });
    await world.store.evidence.createMany({
      data: [
        finding('1', 'Amazon SageMaker', FIRST),
        finding('2', 'Amazon S3', FIRST),
        finding('3', 'Amazon SageMaker', '2026-11-01'),
      ],
    });
    const { evidence } = await explain(world);
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
    await bill(world, '10', []);
    const hours = [...eachDay('2026-10-19', '2026-11-16')].flatMap((day) =>
      [13, 14].map((hour) => ({
        hour: `${day}T${hour}`,
        allocation: TAGS,
        ...{ provider: 'AWS', service: 'Amazon SageMaker', category: 'Usage', currency: 'USD' },
        billedMicros: null,
        effectiveMicros: day === FIRST && hour === 14 ? 9_000_000n : BigInt(hour) * 100_000n,
      })),
    );
    await world.store.$transaction((tx) =>
      replaceHours(tx, 'focus', { start: '2026-10-19', end: FIRST }, hours as never),
    );
    const stamps = { firstStamp: `${FIRST}T14`, lastStamp: `${FIRST}T14`, judgedThrough: `${FIRST}T14` };
    const { expectedMicros, actualMicros, unknown } = await explain(world, { grain: 'hour', ...stamps });
    expect([expectedMicros, actualMicros]).toEqual([1_400_000n, 9_000_000n]);
    expect(unknown).toContain('Single resources, SKUs and usage are known by day, not by hour.');
  });
});

it('explains one stretch of days against another with no anomaly behind it', async () => {
  await bill(world, '100', extra('60', { region: 'eu-west-1', service: 'AWS Data Transfer' }));
  const period = { start: addDays(FIRST, -3), end: '2026-11-19' };
  const { cause, changeMicros, before } = await explainChange(world.context, {
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
