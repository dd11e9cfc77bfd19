import { describe, expect, it } from 'vitest';
import { rankColumns, surpriseOf, valuesNeeded } from '../../../src/analysis/explain/rank.ts';
import { part } from './parts.ts';

describe('telling columns', () => {
  it('need few values for most of the change', () => {
    expect(valuesNeeded([part('A', 0, 9, 0.9), part('B', 0, 1, 0.1)])).toBe(1);
    expect(valuesNeeded([part('A', 0, 5, 0.5), part('B', 0, 4, 0.4), part('C', 0, 1, 0.1)])).toBe(2);
    expect(valuesNeeded([])).toBe(0);
  });

  it('surprise by how differently the cost is spread', () => {
    expect(surpriseOf([part('A', 10, 30, 1), part('B', 10, 30, 1)])).toBeCloseTo(0);
    // Nothing in common: one bit.
    expect(surpriseOf([part('A', 10, 0, -1), part('B', 0, 30, 2)])).toBeCloseTo(1);
    // p = (1, 0), q = (½, ½): ½·log2(1/¾) + ½·(½·log2(½/¾) + ½·log2(½/¼)) = 0.3113 bits.
    expect(surpriseOf([part('A', 10, 10, 0), part('B', 0, 10, 1)])).toBeCloseTo(0.3113, 4);
    expect(surpriseOf([part('A', 0, 10, 1)])).toBe(0);
  });

  it('come first; those spread as before last, whatever they are', () => {
    const ranked = rankColumns(
      new Map([
        ['region', [part('us-east-1', 100, 200, 1)]],
        ['account', [part('a', 50, 100, 0.5), part('b', 50, 100, 0.5)]],
        ['service', [part('x', 50, 90, 0.4), part('y', 50, 85, 0.35), part('z', 0, 25, 0.25)]],
        ['resource', [part('job-7', 0, 95, 0.95), part('job-6', 100, 105, 0.05)]],
      ] as const),
    );
    expect(ranked.map(({ dimension }) => dimension)).toEqual(['resource', 'service', 'region', 'account']);
  });

  it('that name a thing stand before those that do not, of equals', () => {
    const ranked = rankColumns(
      new Map([
        ['modelVersion', [part(null, 0, 95, 0.95), part('2026.4', 100, 105, 0.05)]],
        ['environment', [part('dev', 0, 95, 0.95), part('prod', 100, 105, 0.05)]],
        ['sku', [part('p4d', 0, 95, 0.95), part('g5', 100, 105, 0.05)]],
      ] as const),
    );
    expect(ranked.map(({ dimension }) => dimension)).toEqual(['sku', 'environment', 'modelVersion']);
  });
});
