/** Drift is told above ten percent of the bill, and not below. */
import { describe, expect, it } from 'vitest';
import { driftsOf } from '../../../src/analysis/estimate/drift.ts';
import { driftWords } from '../../../src/view/messages/estimate-lines.ts';

function sum(billed: number, estimated: number, llmModel = 'gpt-4o') {
  return {
    source: 'openai',
    llmModel,
    currency: 'USD',
    days: 14,
    billedMicros: BigInt(billed * 1e6),
    estimatedMicros: BigInt(estimated * 1e6),
  };
}

describe('driftsOf', () => {
  it.each([
    [100, 90, false],
    [100, 110, false],
    [100, 89.999999, true],
    [100, 110.000001, true],
    [0.99, 5, false],
    [1, 5, true],
    [0, 5, false],
  ])('billed %d, estimated %d: %s', (billed, estimated, told) => {
    expect(driftsOf([sum(billed, estimated)])).toHaveLength(told ? 1 : 0);
  });

  it('puts the largest difference in money first, and says which way', () => {
    const drifts = driftsOf([sum(10, 5, 'small'), sum(1000, 1200, 'large')]);
    expect(drifts.map(({ llmModel, ratio }) => [llmModel, ratio])).toEqual([
      ['large', -0.2],
      ['small', 0.5],
    ]);
    expect(drifts.map(driftWords)).toEqual([
      expect.stringContaining('openai, large: estimates were 20 % too high over 14 days'),
      expect.stringContaining('($10.00 billed, $5.00 estimated)'),
    ]);
  });
});
