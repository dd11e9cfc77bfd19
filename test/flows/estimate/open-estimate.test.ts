/** Late bills in answers: estimated beside the figure, by the question's scope and currency, and said what it lacks. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerJson } from '../../../src/commands/answer-json.ts';
import type { AnswerEstimate } from '../../../src/core/answer.ts';
import { addDays, eachDay } from '../../../src/core/day.ts';
import type { CostQuestion } from '../../../src/core/question.ts';
import { answerCost } from '../../../src/flows/answer-cost.ts';
import type { Context } from '../../../src/flows/context.ts';
import { writeEstimates } from '../../../src/flows/estimates.ts';
import { writeMeteredUsage } from '../../../src/flows/metered-usage.ts';
import type { MeteredUsage } from '../../../src/sources/types.ts';
import { smallPrint } from '../../../src/view/messages/answer-small-print.ts';
import { estimateLine } from '../../../src/view/messages/estimate-lines.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../../temp-store.ts';
import { metered } from '../metered.ts';

const days = { start: '2026-11-01', end: '2026-11-21' };
let temp: TempStore;
let context: Context;

/** Every day up to the 19th is billed at 5 USD and complete. */
beforeEach(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, {
    now: '2026-11-21T09:00:00Z',
    settings: {
      fx: [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.25' }],
      prices: [
        { provider: 'OpenAI', model: 'yen-model', currency: 'JPY', from: '2026-01-01', input: '150' },
        { provider: 'OpenAI', model: 'euro-model', currency: 'EUR', from: '2026-01-01', input: '4' },
      ],
    },
  });
  await arrive('5', eachDay('2026-11-01', '2026-11-19'));
});
afterEach(() => temp.close());

function arrive(cost: string, on: readonly string[], tags: Record<string, string> = {}) {
  const fact = { source: 'openai', provider: 'OpenAI', service: 'OpenAI API' };
  const facts = on.map((day) => ({ ...fact, day, cost, tags: { model: 'gpt-4o', team: 'search', ...tags } }));
  return addFacts(context, facts, '2026-11-19');
}

async function use(usage: readonly MeteredUsage[]) {
  await temp.store.$transaction(async (tx) => {
    await writeMeteredUsage(tx, context, { source: 'openai', days, usage });
    await writeEstimates(tx, context, { source: 'openai', days });
  });
}

async function ask(more: Partial<CostQuestion> = {}) {
  return answerCost(context, {
    subject: { kind: 'team', name: 'search' },
    basis: 'effective',
    period: { kind: 'days', count: 7 },
    ...more,
  });
}

async function estimateOf(more: Partial<CostQuestion> = {}): Promise<AnswerEstimate | undefined> {
  return (await ask(more)).estimate;
}

describe('the estimate of an answer', () => {
  it('is what was used after the last complete day, and never in the figure', async () => {
    await use([
      metered({ day: '2026-11-19', quantity: 99_000_000n }),
      metered({ day: '2026-11-20' }),
      metered({ day: '2026-11-21', quantity: 2_000_000n }),
    ]);
    const answer = await ask();
    expect(answer.total).toBe(35_000_000n);
    expect(answer.estimate).toEqual({
      amount: 7_500_000n,
      currency: 'USD',
      from: '2026-11-20',
      to: '2026-11-21',
      unpriced: [],
      unconverted: [],
    });
    expect(answerJson('', answer).estimate).toMatchObject({ amount: '7.5', from: '2026-11-20' });
    const said = smallPrint(answer).flatMap((element) => (element.kind === 'context' ? element.spans : []));
    expect(said).toContainEqual({
      kind: 'text',
      text: '≈ $7.50 more since 20 Nov, estimated from tokens × list price (not in the figure).',
    });
  });

  it('obeys the scope of the question', async () => {
    await use([
      metered(),
      metered({ tags: { team: 'growth' }, quantity: 2_000_000n }),
      metered({ tags: {}, model: 'gpt-4o-mini' }),
    ]);
    const amounts = await Promise.all([
      estimateOf(),
      estimateOf({ subject: { kind: 'team', name: 'growth' } }),
      estimateOf({ subject: { kind: 'model', name: 'gpt-4o' } }),
      estimateOf({ subject: { kind: 'unallocated', of: 'team' } }),
      estimateOf({ subject: { kind: 'service', name: 'OpenAI API' } }),
      estimateOf({ subject: { kind: 'all', of: 'team' } }),
    ]);
    expect(amounts.map((estimate) => estimate?.amount)).toEqual([
      2_500_000n,
      5_000_000n,
      7_500_000n,
      150_000n,
      7_650_000n,
      7_650_000n,
    ]);
    expect(await estimateOf({ subject: { kind: 'team', name: 'nobody' } })).toBeUndefined();
  });

  it('converts to the currency asked for, and says what no rate covers', async () => {
    await use([metered({ model: 'euro-model' }), metered({ model: 'yen-model' }), metered()]);
    const inDollars = await estimateOf();
    expect(inDollars).toMatchObject({
      amount: 7_500_000n,
      unconverted: [{ currency: 'JPY', micros: 150_000_000n }],
    });
    expect((await estimateOf({ currency: 'EUR' }))?.amount).toBe(6_000_000n);
    if (!inDollars) throw new Error('There is no estimate.');
    expect(estimateLine(inDollars, '2026-11-21')).toContain('another ¥150 could not be converted');
  });

  it('names models without a price, and those only that the question is about', async () => {
    await use([
      metered(),
      metered({ tier: 'priority' }),
      metered({ model: 'gpt-99' }),
      metered({ model: 'gpt-77', tags: { team: 'growth' } }),
      metered({ model: 'gpt-55', day: '2026-11-18' }),
    ]);
    const estimate = await estimateOf();
    expect(estimate?.unpriced).toEqual(['gpt-4o (priority)', 'gpt-99']);
    if (!estimate) throw new Error('There is no estimate.');
    expect(estimateLine(estimate, '2026-11-21')).toBe(
      '≈ $2.50 more since 20 Nov, estimated from tokens × list price (not in the figure), without 2 models that have no price: gpt-4o (priority) and gpt-99.',
    );
    await use([metered({ model: 'gpt-99' })]);
    const unknown = await estimateOf();
    expect(unknown).toMatchObject({ amount: null, unpriced: ['gpt-99'] });
    expect(answerJson('', await ask()).estimate).toMatchObject({ amount: null, unpriced: ['gpt-99'] });
  });

  it('is only what goes beyond the cost that has arrived', async () => {
    await use([metered({ quantity: 4_000_000n }), metered({ day: '2026-11-21' })]);
    await arrive('4', ['2026-11-20']);
    await arrive('70', ['2026-11-20'], { model: 'o3' });
    expect((await estimateOf())?.amount).toBe(8_500_000n);
    // Nearly all of the 20th is in.
    await arrive('5.5', ['2026-11-20']);
    expect(await estimateOf()).toMatchObject({ amount: 2_500_000n, from: '2026-11-21' });
  });

  it('is absent when the days asked for are complete, or usage does not say what is asked', async () => {
    await use([metered()]);
    expect(
      await estimateOf({ period: { kind: 'range', start: '2026-11-01', end: '2026-11-10' } }),
    ).toBeUndefined();
    expect(
      await estimateOf({ period: { kind: 'range', start: '2026-11-15', end: addDays('2026-11-15', 6) } }),
    ).toMatchObject({ amount: 2_500_000n });
    expect(answerJson('', await ask({ period: { kind: 'month', month: '2026-10' } })).estimate).toBeNull();
  });
});
