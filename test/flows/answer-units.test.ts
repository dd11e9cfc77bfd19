/** Unit costs in answers: from stored facts and usage to data, JSON and words. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerJson } from '../../src/commands/answer-json.ts';
import { type Day, eachDay } from '../../src/core/day.ts';
import type { CostQuestion, Subject } from '../../src/core/question.ts';
import type { UsageRow } from '../../src/core/usage.ts';
import { answerCost } from '../../src/flows/answer-cost.ts';
import type { Context } from '../../src/flows/context.ts';
import { addUsage, USAGE_KIND } from '../../src/store/usage.ts';
import { renderText } from '../../src/view/fallback.ts';
import { composeCostAnswer } from '../../src/view/messages/cost-answer.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

let temp: TempStore;
let context: Context;
beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, {
    now: '2026-11-21T09:00:00Z',
    settings: { fx: [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.10' }] },
  });
});
afterEach(() => temp.close());

const BERT: Subject = { kind: 'model', name: 'bert' };
const SEARCH: Subject = { kind: 'team', name: 'search' };

function ask(subject: Subject, more: Partial<CostQuestion> = {}) {
  return answerCost(context, { subject, basis: 'effective', period: { kind: 'days', count: 7 }, ...more });
}

/** Costs of every day of both weeks, 6 to 19 November. */
async function spend(...lines: { cost: string; model: string; stage: string; currency?: string }[]) {
  await addFacts(
    context,
    lines.flatMap(({ cost, currency, ...tags }) =>
      eachDay('2026-11-06', '2026-11-19').map((day) => ({
        day,
        cost,
        currency,
        source: currency ?? 'USD',
        tags: { ...tags, team: 'search' },
      })),
    ),
  );
}

async function use(
  [start, end]: readonly [Day, Day],
  metric: UsageRow['metric'],
  perDay: number,
  dimensions: UsageRow['dimensions'] = { model: 'bert' },
) {
  const rows = eachDay(start, end).map((day) => ({
    day,
    metric,
    dimensions,
    quantityMicros: BigInt(perDay * 1e6),
  }));
  await temp.store.source.upsert({
    where: { name: 'usage' },
    create: { name: 'usage', kind: USAGE_KIND, watermark: '2026-11-20' },
    update: {},
  });
  await temp.store.$transaction((tx) => addUsage(tx, 'usage', rows));
}

const BEFORE = ['2026-11-06', '2026-11-12'] as const;
const NOW = ['2026-11-13', '2026-11-19'] as const;

describe('unit costs of a model', () => {
  it('stand beside their stage, with the change on the week before', async () => {
    await spend(
      { cost: '10', model: 'bert', stage: 'inference' },
      { cost: '60', model: 'bert', stage: 'training' },
    );
    await use(BEFORE, 'requests', 20_000);
    await use(NOW, 'requests', 25_000);
    await use(BEFORE, 'gpu_hours', 20);
    await use(NOW, 'gpu_hours', 20);
    await use(NOW, 'epochs', 4);
    const answer = await ask(BERT);
    expect(
      answer.unitCosts.map(({ metric, attos, changeRatio, quantity }) => [
        metric,
        attos,
        changeRatio,
        quantity,
      ]),
    ).toEqual([
      ['requests', 400_000_000_000_000_000n, -0.2, 175_000_000_000n],
      ['gpu_hours', 3_000_000_000_000_000_000n, 0, 140_000_000n],
      ['epochs', 15_000_000_000_000_000_000n, null, 28_000_000n],
    ]);
    expect(answer.rows.map(({ key, unitCost }) => [key, unitCost?.metric])).toEqual([
      ['training', 'gpu_hours'],
      ['inference', 'requests'],
    ]);
    const said = renderText(composeCostAnswer(answer, undefined));
    expect(said).toContain('$0.400 per 1k requests (−20 %)');
    expect(said).toContain('$3.00 per GPU-hour (±0 %)');
    expect(said).toContain('Unit cost: $15.0 per epoch, training cost.');
    expect(said).toContain('Used: 175,000 requests (+25 %), 140 GPU-hours (±0 %), 28 epochs.');
  });

  it('are exact decimal strings in JSON, per row too', async () => {
    await spend({ cost: '10', model: 'bert', stage: 'inference' });
    await use(NOW, 'requests', 3000);
    const json = answerJson('model bert 7d', await ask(BERT));
    const unit = {
      metric: 'requests',
      per: '1k requests',
      cost: '3.333333333333333333',
      previousCost: null,
      changePercent: null,
      quantity: '21000',
      previousQuantity: null,
      stage: 'inference',
      days: null,
      models: null,
      unknown: null,
    };
    expect(json.unitCosts).toEqual([unit]);
    expect(json.rows).toMatchObject([{ key: 'inference', unitCost: unit }]);
  });

  it('say on how many days usage is known, and leave out the cost of the others', async () => {
    await spend({ cost: '10', model: 'bert', stage: 'inference' });
    await use(['2026-11-13', '2026-11-16'], 'requests', 1000);
    const answer = await ask(BERT);
    expect(answer.unitCosts[0]).toMatchObject({ attos: 10n ** 19n, days: { known: 4, of: 7 } });
    expect(renderText(composeCostAnswer(answer, undefined))).toContain('requests on 4 of 7 days');
  });

  it('leave out usage that is not complete', async () => {
    await spend({ cost: '10', model: 'bert', stage: 'inference' });
    await use(NOW, 'requests', 1000);
    await temp.store.source.update({ where: { name: 'usage' }, data: { watermark: '2026-11-14' } });
    expect((await ask(BERT)).unitCosts[0]?.days).toEqual({ known: 2, of: 7 });
  });

  it('are unknown in words without usage, never zero', async () => {
    await spend(
      { cost: '10', model: 'bert', stage: 'inference' },
      { cost: '5', model: 'quiet', stage: 'inference' },
    );
    expect((await ask(BERT)).unitCosts).toEqual([]);
    await use(NOW, 'requests', 1000);
    const answer = await ask({ kind: 'model', name: 'quiet' });
    expect(answer.unitCosts).toMatchObject([{ metric: 'requests', attos: null, unknown: 'no usage data' }]);
    const said = renderText(composeCostAnswer(answer, undefined));
    expect(said).toContain('unknown (no usage data)');
    expect(said).not.toMatch(/\$0(\.0+)? per/);
  });

  it('tell quality itself, averaged, and what a point of it costs a day', async () => {
    await spend({ cost: '9', model: 'bert', stage: 'inference' });
    await use(BEFORE, 'quality', 0.75);
    await use(NOW, 'quality', 0.88);
    await use(NOW, 'quality', 0.92);
    const answer = await ask(BERT);
    expect(answer.unitCosts[0]).toMatchObject({ metric: 'quality', attos: 10n ** 19n, quantity: 900_000n });
    const said = renderText(composeCostAnswer(answer, undefined));
    expect(said).toContain('quality 0.9 (+20 %) at $10.0 per quality point a day (−17 %)');
    expect((await ask(SEARCH)).unitCosts.map(({ metric }) => metric)).not.toContain('quality');
  });

  it('are unknown while no day of the period is complete', async () => {
    await spend({ cost: '10', model: 'bert', stage: 'inference' });
    await use(['2026-11-06', '2026-11-20'], 'requests', 1000);
    const answer = await ask(BERT, { period: { kind: 'last', unit: 'day' } });
    expect(answer.unitCosts).toMatchObject([
      { metric: 'requests', attos: null, unknown: 'no day is complete yet' },
    ]);
  });

  it('follow the currency and the stage that are asked for', async () => {
    await spend(
      { cost: '10', model: 'bert', stage: 'inference', currency: 'EUR' },
      { cost: '60', model: 'bert', stage: 'training' },
    );
    await use(NOW, 'requests', 1000);
    await use(NOW, 'gpu_hours', 30);
    const inference = await ask({ kind: 'model', name: 'bert', stage: 'inference' });
    expect(inference.unitCosts.map(({ metric, attos }) => [metric, attos])).toEqual([
      ['requests', 11n * 10n ** 18n],
    ]);
    const euros = await ask(BERT, { currency: 'EUR' });
    expect(euros.unitCosts[0]?.attos).toBe(10n * 10n ** 18n);
  });
});

describe('unit costs of a team', () => {
  it('divide only models with usage, say of how many, and stand in each row', async () => {
    await spend(
      { cost: '10', model: 'bert', stage: 'inference' },
      { cost: '30', model: 'llm', stage: 'inference' },
      { cost: '500', model: 'quiet', stage: 'inference' },
    );
    await use(NOW, 'requests', 1000);
    await use(NOW, 'input_tokens', 6e6, { model: 'llm' });
    await use(NOW, 'output_tokens', 4e6, { model: 'llm' });
    const answer = await ask(SEARCH);
    expect(answer.unitCosts.slice(0, 2)).toMatchObject([
      { metric: 'requests', attos: 10n ** 19n, models: { known: 1, of: 3 } },
      { metric: 'tokens', attos: 3n * 10n ** 18n, models: { known: 1, of: 3 } },
    ]);
    expect(answer.rows.map(({ key, unitCost }) => [key, unitCost?.per, unitCost?.unknown])).toEqual([
      ['quiet', '1k requests', 'no usage data'],
      ['llm', '1M tokens', undefined],
      ['bert', '1k requests', undefined],
    ]);
    const table = composeCostAnswer(answer, undefined).elements.find((element) => element.kind === 'table');
    expect(table?.columns.map(({ title }) => title)).toEqual([
      'Model',
      'Cost',
      'Change',
      'Share',
      'Unit cost',
    ]);
    expect(table?.rows.map((row) => row.at(-1))).toEqual([
      'unknown (no usage data)',
      '$3.00 per 1M tokens',
      '$10.0 per 1k requests',
    ]);
  });

  it('stand beside each team, and beside nothing where nobody claims the cost', async () => {
    await spend({ cost: '10', model: 'bert', stage: 'inference' });
    await addFacts(context, [{ day: '2026-11-19', cost: '5', source: 'USD' }]);
    await use(NOW, 'requests', 1000);
    const { rows } = await ask({ kind: 'all', of: 'team' });
    expect(rows.map(({ key, unitCost }) => [key, unitCost?.attos])).toEqual([
      ['search', 10n ** 19n],
      [null, undefined],
    ]);
    expect((await ask({ kind: 'unallocated', of: 'team' })).unitCosts).toEqual([]);
  });

  it('use usage of a whole team when it names no models', async () => {
    await spend(
      { cost: '10', model: 'a', stage: 'inference' },
      { cost: '30', model: 'b', stage: 'inference' },
    );
    await use(NOW, 'requests', 1000, { team: 'search' });
    expect((await ask(SEARCH)).unitCosts).toMatchObject([{ metric: 'requests', attos: 40n * 10n ** 18n }]);
  });
});
