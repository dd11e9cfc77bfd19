/** How an estimate and what it lacks are said. */
import { describe, expect, it } from 'vitest';
import type { AnswerEstimate } from '../../../src/core/answer.ts';
import { estimateLine } from '../../../src/view/messages/estimate-lines.ts';

function line(changes: Partial<AnswerEstimate>): string {
  const estimate: AnswerEstimate = {
    amount: 431_000_000n,
    currency: 'USD',
    from: '2026-11-19',
    to: '2026-11-21',
    unpriced: [],
    unconverted: [],
    ...changes,
  };
  return estimateLine(estimate, '2026-11-21');
}

describe('estimateLine', () => {
  it('says how much, since when, from what, and that it is not counted', () => {
    expect(line({})).toBe(
      '≈ $431 more since 19 Nov, estimated from tokens × list price (not in the figure).',
    );
  });

  it.each([
    [['a'], 'without 1 model that has no price: a.'],
    [['a', 'b'], 'without 2 models that have no price: a and b.'],
    [['a', 'b', 'c'], 'without 3 models that have no price: a, b and c.'],
    [['a', 'b', 'c', 'd', 'e'], 'without 5 models that have no price: a, b, c and 2 more.'],
  ])('names what has no price: %j', (unpriced, end) => {
    expect(line({ unpriced })).toContain(`(not in the figure), ${end}`);
  });

  it('says that nothing can be estimated, or nothing converted, instead of zero', () => {
    expect(line({ amount: null, unpriced: ['a'] })).toBe(
      'What was used since 19 Nov is not billed yet and cannot be estimated: there is no price for a.',
    );
    expect(line({ amount: null, unconverted: [{ currency: 'EUR', micros: 5_000_000n }] })).toBe(
      '≈ €5.00 more since 19 Nov, estimated from tokens × list price (not in the figure, and no rate to USD).',
    );
  });
});
