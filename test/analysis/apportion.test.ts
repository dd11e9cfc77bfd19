import { describe, expect, test } from 'vitest';
import { apportion } from '../../src/analysis/apportion.ts';
import { divideRounded } from '../../src/core/money.ts';

const UNIT = 10n ** 12n;

/** Small deterministic generator: tests give the same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

describe('apportion', () => {
  test.each<[string, bigint[], bigint, bigint[]]>([
    ['the largest remainder is rounded up', [4n, 5n, 2n], 1n, [0n, 1n, 0n]],
    ['ties go to the earlier one', [4n, 4n, 4n], 1n, [1n, 0n, 0n]],
    ['whole amounts stay', [30n, 4n, 6n], 4n, [3n, 0n, 1n]],
    ['negative amounts', [-4n, -4n, -4n], -1n, [0n, 0n, -1n]],
    ['a charge and its credit', [15n, -15n], 0n, [2n, -2n]],
    ['zeros', [0n, 0n], 0n, [0n, 0n]],
    ['a single amount', [14n], 1n, [1n]],
    ['rounding made elsewhere is spread evenly', [10n, 20n, 31n], 9n, [2n, 3n, 4n]],
    ['also downwards', [10n, 20n], 1n, [0n, 1n]],
  ])('%s', (_, parts, target, shares) => {
    expect(apportion(parts, 10n, target)).toEqual(shares);
  });

  test('nothing can only make nothing', () => {
    expect(apportion([], 10n, 0n)).toEqual([]);
    expect(() => apportion([], 10n, 1n)).toThrow(RangeError);
  });

  test('random bills: the sum is exact and every share within one micro', () => {
    const next = random(7);
    for (let round = 0; round < 300; round++) {
      const parts = Array.from({ length: 1 + Math.floor(next() * 40) }, () => {
        const size = 10 ** Math.floor(next() * 9);
        return (
          BigInt(Math.floor((next() - 0.4) * size)) * 10n ** BigInt(Math.floor(next() * 12)) +
          BigInt(Math.floor(next() * 3))
        );
      });
      const exact = parts.reduce((sum, part) => sum + part, 0n);
      const target = divideRounded(exact, UNIT);
      const shares = apportion(parts, UNIT, target);
      expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(target);
      for (const [index, share] of shares.entries()) {
        const off = share * UNIT - (parts[index] ?? 0n);
        expect(off < UNIT && off > -UNIT).toBe(true);
      }
      expect(apportion(parts, UNIT, target)).toEqual(shares);
    }
  });
});
