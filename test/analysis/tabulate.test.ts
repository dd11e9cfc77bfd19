/** Sums per key: exact, rounded once, and adding up to the total that is shown above them. */
import { describe, expect, it } from 'vitest';
import { type Table, totalOf, totalsByKey } from '../../src/analysis/tabulate.ts';

function table(...cells: [key: string | null, attos: bigint | null][]): Table {
  return {
    currency: 'USD',
    unconverted: new Map(),
    cells: cells.map(([key, attos]) => ({ day: '2026-11-01', key, attos })),
  };
}

function sums(of: Table) {
  return [...totalsByKey(of, '2026-11-01', '2026-11-01')];
}

describe('sums per key', () => {
  it('add up to the total when each would be rounded down', () => {
    const thirds = table(['a', 333_333_333_333n], ['b', 333_333_333_334n], ['c', 5_000_000_333_333_333_333n]);
    expect(totalOf(thirds, '2026-11-01', '2026-11-01')).toBe(5_000_001n);
    expect(sums(thirds)).toEqual([
      ['a', 0n],
      ['b', 1n],
      ['c', 5_000_000n],
    ]);
  });

  it('add up to the total when each would be rounded up, credits too', () => {
    const halves = table(['a', 500_000_000_000n], ['b', 500_000_000_000n], ['credit', -2_000_000_000_000n]);
    expect(totalOf(halves, '2026-11-01', '2026-11-01')).toBe(-1n);
    expect(sums(halves)).toEqual([
      ['a', 1n],
      ['b', 0n],
      ['credit', -2n],
    ]);
  });

  it('stay unknown where nothing is known', () => {
    expect(sums(table(['a', null], ['b', 2_000_000_000_000n]))).toEqual([
      ['a', null],
      ['b', 2n],
    ]);
    expect(sums(table(['a', null]))).toEqual([['a', null]]);
    expect(sums(table())).toEqual([]);
  });
});
