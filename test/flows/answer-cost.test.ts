import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachDay } from '../../src/core/day.ts';
import type { PeriodWord } from '../../src/core/period.ts';
import type { CostQuestion } from '../../src/core/question.ts';
import { answerCost } from '../../src/flows/answer-cost.ts';
import type { Context } from '../../src/flows/context.ts';
import { addFacts, contextOf, openTempStore, type TempStore, type TestFact } from '../temp-store.ts';

const bert = { model: 'bert', team: 'search' };
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

function ask(period: PeriodWord, more: Partial<CostQuestion> = {}) {
  return answerCost(context, {
    subject: { kind: 'model', name: 'bert' },
    basis: 'effective',
    period,
    ...more,
  });
}

/** One charge a day of the same amount. */
function daily(start: string, end: string, fact: Omit<TestFact, 'day'>): TestFact[] {
  return eachDay(start, end).map((day) => ({ day, ...fact }));
}

describe('a cost answer', () => {
  it('gives the figure, the same days before, the change, the share and the parts', async () => {
    await addFacts(context, [
      ...daily('2026-11-06', '2026-11-12', { cost: '10', tags: { ...bert, stage: 'training' } }),
      ...daily('2026-11-13', '2026-11-19', { cost: '15', tags: { ...bert, stage: 'training' } }),
      ...daily('2026-11-06', '2026-11-19', { cost: '5', tags: { ...bert, stage: 'inference' } }),
      ...daily('2026-11-06', '2026-11-19', { cost: '20', tags: { model: 'other' } }),
    ]);
    const answer = await ask({ kind: 'days', count: 7 });
    expect(answer.period).toEqual({ start: '2026-11-13', end: '2026-11-19' });
    expect([answer.total, answer.previousTotal, answer.change]).toEqual([
      140_000_000n,
      105_000_000n,
      35_000_000n,
    ]);
    expect(answer.changeRatio).toBeCloseTo(1 / 3, 9);
    expect(answer.share).toBeCloseTo(0.5, 9);
    expect(answer.rows.map(({ label, cost, change }) => [label, cost, change])).toEqual([
      ['training', 105_000_000n, 35_000_000n],
      ['inference', 35_000_000n, 0n],
    ]);
    expect(answer.drivers.map(({ dimension, label, change }) => [dimension, label, change])).toEqual([
      ['stage', 'training', 35_000_000n],
    ]);
    expect(answer.watermark).toBe('2026-11-19');
    expect(answer.compared).toBeUndefined();
  });

  it('leaves days that are still arriving out of the figure and says so', async () => {
    await addFacts(context, daily('2026-11-01', '2026-11-20', { cost: '10', tags: bert }), '2026-11-18');
    const answer = await ask({ kind: 'days', count: 7 });
    expect(answer.period).toEqual({ start: '2026-11-12', end: '2026-11-18' });
    expect(answer.total).toBe(70_000_000n);
    expect(answer.arriving).toEqual({
      period: { start: '2026-11-19', end: '2026-11-20' },
      cost: 20_000_000n,
    });
    expect(answer.series.provisionalFrom).toBe('2026-11-19');
    expect(answer.series.days.at(-1)).toBe('2026-11-20');
  });

  it('compares only complete days of a fixed period', async () => {
    await addFacts(context, daily('2026-10-01', '2026-11-15', { cost: '10', tags: bert }), '2026-11-15');
    const answer = await ask({ kind: 'month', month: '2026-11' });
    expect(answer.total).toBe(150_000_000n);
    expect(answer.compared).toEqual({
      period: { start: '2026-11-01', end: '2026-11-15' },
      previous: { start: '2026-10-01', end: '2026-10-15' },
    });
    expect(answer.change).toBe(0n);
    expect([answer.series.days[0], answer.series.days.at(-1)]).toEqual(['2026-11-01', '2026-11-21']);
  });

  it('says unknown, not zero, where there is no data', async () => {
    await addFacts(context, daily('2024-09-01', '2024-09-30', { cost: '1', tags: bert }));
    const answer = await ask({ kind: 'days', count: 30 });
    expect([answer.total, answer.previousTotal, answer.change]).toEqual([null, null, null]);
    const month = await ask({ kind: 'month', month: '2024-09' });
    expect([month.total, month.previousTotal, month.change]).toEqual([30_000_000n, null, null]);
    expect(month.warnings.join()).toContain('There is no data before 2024-09-01');
  });

  it('knows that a model that did not exist before cost nothing', async () => {
    await addFacts(context, [
      ...daily('2026-10-01', '2026-11-19', { cost: '1', tags: { model: 'old' } }),
      ...daily('2026-11-13', '2026-11-19', { cost: '2', tags: bert }),
    ]);
    const answer = await ask({ kind: 'days', count: 7 });
    expect([answer.previousTotal, answer.change, answer.changeRatio]).toEqual([0n, 14_000_000n, null]);
  });

  it('converts by dated rates and never adds what it cannot convert', async () => {
    await addFacts(context, [
      { day: '2026-11-10', cost: '10', tags: bert },
      { day: '2026-11-10', cost: '10', currency: 'EUR', tags: bert },
      { day: '2026-11-10', cost: '7', currency: 'GBP', tags: bert },
    ]);
    const answer = await ask({ kind: 'range', start: '2026-11-10', end: '2026-11-10' });
    expect(answer.total).toBe(21_000_000n);
    expect(answer.unconverted).toEqual([{ currency: 'GBP', micros: 7_000_000n }]);
    expect(answer.warnings.join()).toContain('no GBP→USD rate');
    const inEuro = await ask({ kind: 'range', start: '2026-11-10', end: '2026-11-10' }, { currency: 'EUR' });
    expect(inEuro.total).toBe(19_090_909n);
  });

  it('keeps credits and tax in the figure and apart by category', async () => {
    await addFacts(context, [
      { day: '2026-11-10', cost: '10', tags: bert },
      { day: '2026-11-10', cost: '-3', category: 'Credit', tags: bert },
      { day: '2026-11-10', cost: '0', billed: '2', category: 'Tax', tags: bert },
    ]);
    const answer = await ask({ kind: 'range', start: '2026-11-10', end: '2026-11-10' });
    expect(answer.total).toBe(7_000_000n);
    expect(Object.fromEntries(answer.categories.map(({ key, cost }) => [key, cost]))).toEqual({
      Usage: 10_000_000n,
      Credit: -3_000_000n,
      Tax: 0n,
    });
    expect(
      (await ask({ kind: 'range', start: '2026-11-10', end: '2026-11-10' }, { basis: 'billed' })).total,
    ).toBe(9_000_000n);
  });

  it('does not know a basis that the bill does not have', async () => {
    await addFacts(context, [{ day: '2026-11-10', cost: '10', tags: bert }]);
    const answer = await ask({ kind: 'range', start: '2026-11-10', end: '2026-11-10' }, { basis: 'list' });
    expect(answer.total).toBeNull();
    expect(answer.warnings.join()).toContain('no ListCost');
  });

  it('breaks down by resource, and shows what nothing claims', async () => {
    await addFacts(context, [
      { day: '2026-11-10', cost: '4', resource: 'arn:endpoint/bert-1', tags: bert },
      { day: '2026-11-10', cost: '1', tags: bert },
      { day: '2026-11-10', cost: '2', service: 'Amazon S3' },
    ]);
    const word = { kind: 'range', start: '2026-11-10', end: '2026-11-10' } as const;
    const byResource = await ask(word, { by: 'resource' });
    expect(byResource.rows.map(({ label, cost }) => [label, cost])).toEqual([
      ['endpoint/bert-1', 4_000_000n],
      ['(no resource named)', 1_000_000n],
    ]);
    const all = await ask(word, { subject: { kind: 'all', of: 'model' } });
    expect(all.rows.map(({ label, cost }) => [label, cost])).toEqual([
      ['bert', 5_000_000n],
      ['unallocated', 2_000_000n],
    ]);
    expect(all.allocated).toBeCloseTo(5 / 7, 9);
  });

  it('does not call a resource new because older days have lost their resources', async () => {
    await addFacts(context, [
      ...daily('2026-11-06', '2026-11-12', { cost: '4', tags: bert }),
      ...daily('2026-11-13', '2026-11-19', { cost: '4', resource: 'endpoint-1', tags: bert }),
    ]);
    const answer = await ask({ kind: 'days', count: 7 }, { by: 'resource' });
    expect([answer.total, answer.change]).toEqual([28_000_000n, 0n]);
    const [endpoint] = answer.rows;
    expect([endpoint?.label, endpoint?.cost, endpoint?.previousCost, endpoint?.change]).toEqual([
      'endpoint-1',
      28_000_000n,
      null,
      null,
    ]);
    expect(answer.drivers).toEqual([]);
    expect(answer.warnings.join()).toContain('Single resources are kept from 2026-11-13 on');
  });

  it('says which source is stale', async () => {
    await addFacts(context, daily('2026-11-01', '2026-11-19', { cost: '1', tags: bert, source: 'aws' }));
    await addFacts(context, daily('2026-11-01', '2026-11-08', { cost: '1', tags: bert, source: 'gcp' }));
    const answer = await ask({ kind: 'days', count: 7 });
    expect(answer.period.end).toBe('2026-11-19');
    expect(answer.warnings.join()).toContain('gcp complete until 8 Nov; since then unknown');
  });

  it('compares nothing while a source of the scope has not delivered a complete day', async () => {
    await addFacts(
      context,
      daily('2026-11-01', '2026-11-20', { cost: '9', tags: bert, source: 'aws' }),
      '2026-11-19',
    );
    await addFacts(context, daily('2026-11-01', '2026-11-20', { cost: '1', tags: bert, source: 'openai' }));
    const answer = await ask({ kind: 'last', unit: 'day' });
    expect([answer.period.end, answer.total, answer.previousTotal]).toEqual([
      '2026-11-20',
      10_000_000n,
      10_000_000n,
    ]);
    expect([answer.change, answer.changeRatio, answer.drivers]).toEqual([null, null, []]);
    expect(answer.rows.map(({ change }) => change)).toEqual([null]);
    expect(answer.series.provisionalFrom).toBe('2026-11-20');
  });

  it('keeps to the days of a fixed period, and draws the days it compares with', async () => {
    await addFacts(context, daily('2026-10-01', '2026-11-20', { cost: '10', tags: bert }), '2026-11-19');
    const week = await ask({ kind: 'last', unit: 'week' });
    expect([week.series.days.at(-1), week.arriving]).toEqual(['2026-11-15', undefined]);
    const month = await ask({ kind: 'month', month: '2026-11' });
    expect(month.compared?.previous).toEqual({ start: '2026-10-01', end: '2026-10-19' });
    expect(month.series.previous).toHaveLength(19);
  });

  it('does not compare with days that no rate covers, and counts as left out only what the period lacks', async () => {
    await addFacts(context, [
      ...daily('2025-12-26', '2026-01-06', { cost: '1', tags: bert }),
      ...daily('2025-12-26', '2026-01-06', { cost: '1', currency: 'EUR', tags: bert }),
    ]);
    const answer = await ask({ kind: 'range', start: '2026-01-01', end: '2026-01-06' });
    expect([answer.total, answer.previousTotal, answer.change]).toEqual([12_600_000n, null, null]);
    expect(answer.unconverted).toEqual([]);
    expect(answer.warnings.join()).toContain('rate for some of the days before (2025-12-26 to 2025-12-31)');
    const pounds = await ask({ kind: 'range', start: '2026-01-01', end: '2026-01-03' }, { currency: 'GBP' });
    expect(pounds.unconverted).toEqual([
      { currency: 'EUR', micros: 3_000_000n },
      { currency: 'USD', micros: 3_000_000n },
    ]);
  });

  it('says when a thing that costs nothing now last did', async () => {
    await addFacts(context, [
      ...daily('2026-01-01', '2026-01-09', { cost: '1', tags: bert }),
      ...daily('2026-01-01', '2026-11-19', { cost: '1', tags: { model: 'other' }, source: 'gcp' }),
    ]);
    const answer = await ask({ kind: 'days', count: 30 });
    expect([answer.total, answer.lastCostDay]).toEqual([null, '2026-01-09']);
  });
});
