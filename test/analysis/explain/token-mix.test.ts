import { describe, expect, it } from 'vitest';
import { swapOf } from '../../../src/analysis/explain/swap.ts';
import { type TokenCost, tokenKey, tokenMix } from '../../../src/analysis/explain/token-mix.ts';
import { part } from './parts.ts';

const QUANTITIES = new Map([
  ['input_tokens', { before: 100n, during: 110n }],
  ['output_tokens', { before: 10n, during: 11n }],
] as const);

function cost(model: string, kind: TokenCost['kind'], costBefore: bigint, costDuring: bigint): TokenCost {
  return { model, kind, costBefore, costDuring };
}

describe('kinds of tokens', () => {
  it('of one model are compared as they are', () => {
    const mix = tokenMix(
      [cost('a', 'input_tokens', 50n, 60n), cost('a', 'output_tokens', 5n, 6n)],
      QUANTITIES,
    );
    expect(
      mix?.parts.map(({ key, quantityBefore, quantityDuring }) => [key, quantityBefore, quantityDuring]),
    ).toEqual([
      ['input_tokens', 100n, 110n],
      ['output_tokens', 10n, 11n],
    ]);
    expect(mix?.blended).toEqual([]);
  });

  it('of another model in place of one are two', () => {
    const mix = tokenMix(
      [cost('a', 'input_tokens', 50n, 0n), cost('b', 'input_tokens', 0n, 250n)],
      QUANTITIES,
    );
    expect(mix?.parts).toEqual([
      { key: 'a input_tokens', quantityBefore: 100n, quantityDuring: 0n, costBefore: 50n, costDuring: 0n },
      { key: 'b input_tokens', quantityBefore: 0n, quantityDuring: 110n, costBefore: 0n, costDuring: 250n },
    ]);
  });

  it('of several models at once stay one, and it is said whose', () => {
    const mix = tokenMix(
      [cost('a', 'input_tokens', 50n, 30n), cost('b', 'input_tokens', 0n, 90n)],
      QUANTITIES,
    );
    expect(mix?.parts).toHaveLength(1);
    expect(mix?.blended).toEqual(['a', 'b']);
  });

  it('of several models are apart where each is metered', () => {
    const metered = new Map([
      [tokenKey('a', 'input_tokens'), { before: 100n, during: 40n }],
      [tokenKey('b41', 'input_tokens'), { before: 0n, during: 70n }],
    ]);
    const costs = [cost('a', 'input_tokens', 50n, 20n), cost('B-4.1', 'input_tokens', 0n, 350n)];
    const mix = tokenMix(costs, new Map(), metered);
    expect(mix?.parts.map(({ key, quantityDuring }) => [key, quantityDuring])).toEqual([
      ['a input_tokens', 40n],
      ['B-4.1 input_tokens', 70n],
    ]);
    expect(mix?.blended).toEqual([]);
  });

  it('that cost something and are not counted cannot be split', () => {
    expect(tokenMix([cost('a', 'cached_tokens', 1n, 2n)], QUANTITIES)).toBeUndefined();
  });
});

describe('one in place of another', () => {
  it('is what came and what went', () => {
    const swap = swapOf([part('big', 0, 150, 1.2), part('mini', 25, 0, -0.2), part('rest', 10, 10, 0)]);
    expect(swap).toMatchObject({ from: ['mini'], to: ['big'] });
    expect(swap?.share).toBeCloseTo(1);
  });

  it('is none when nothing went, or nothing came', () => {
    expect(swapOf([part('big', 0, 150, 1), part('mini', 25, 25, 0)])).toBeUndefined();
    expect(swapOf([part('big', 20, 150, 1), part('mini', 25, 0, 0)])).toBeUndefined();
  });
});
