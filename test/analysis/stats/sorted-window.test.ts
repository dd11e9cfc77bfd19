/** Quantiles of a moving window, against R and against sorting it anew. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedWindow } from '../../../src/analysis/stats/sorted-window.ts';

function windowOf(numbers: readonly number[], capacity = numbers.length) {
  const window = sortedWindow(capacity);
  for (const number of numbers) window.push(number);
  return window;
}

describe('sortedWindow', () => {
  it('gives the quantiles that R gives', () => {
    // R: quantile(c(3.1, -2, 7.5, 0, 12.25, 5, 5, 1), c(.05, .25, .5, .75, .95), type = 7)
    const window = windowOf([3.1, -2, 7.5, 0, 12.25, 5, 5, 1]);
    const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => window.quantile(share));
    const r = [-1.3, 0.75, 4.05, 5.625, 10.5875];
    for (const [index, value] of r.entries()) expect(quantiles[index]).toBeCloseTo(value, 10);
  });

  it('the extremes are the least and the most; one number is all its quantiles; none has none', () => {
    expect(windowOf([4, 9, 2]).quantile(0)).toBe(2);
    expect(windowOf([4, 9, 2]).quantile(1)).toBe(9);
    expect(windowOf([4]).quantile(0.3)).toBe(4);
    expect(sortedWindow(3).quantile(0.5)).toBeNaN();
  });

  it('the median is the middle one, or the mean of two; of none it is unknown', () => {
    expect(windowOf([4, 9, 2]).median()).toBe(4);
    expect(windowOf([4, 9, 2, 5]).median()).toBe(4.5);
    expect(sortedWindow(3).median()).toBeNaN();
  });

  it('counts those up to a limit, which is among them', () => {
    const window = windowOf([4, 9, 2, 4]);
    expect([1, 2, 4, 8.9, 9, 10].map((most) => window.countUpTo(most))).toEqual([0, 1, 3, 3, 4, 4]);
  });

  it('averages the tails', () => {
    const window = windowOf([10, 1, 7, 4, 100]);
    expect(window.meanOfLeast(2)).toBe(2.5);
    expect(window.meanOfMost(2)).toBe(55);
  });

  it('knows the last so many only, and nothing once cleared', () => {
    const window = windowOf([100, 1, 2, 3], 3);
    expect([window.size(), window.quantile(1), window.quantile(0)]).toEqual([3, 3, 1]);
    window.clear();
    window.push(5);
    expect([window.size(), window.quantile(1)]).toEqual([1, 5]);
  });

  it('is as good as sorting, whatever comes and goes', () => {
    const numbers = fc.array(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e9, max: 1e9, noNaN: true })),
      {
        minLength: 1,
        maxLength: 80,
      },
    );
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 12 }), (all, capacity) => {
        const window = windowOf(all, capacity);
        const sorted = all.slice(-capacity).sort((a, b) => a - b);
        const places = sorted.map((_, index) => (sorted.length === 1 ? 0 : index / (sorted.length - 1)));
        places.forEach((place, index) => {
          const [low, high] = [
            sorted[Math.max(0, index - 1)] ?? 0,
            sorted[index + 1] ?? Number.POSITIVE_INFINITY,
          ];
          expect(window.quantile(place)).toBeGreaterThanOrEqual(low);
          expect(window.quantile(place)).toBeLessThanOrEqual(high);
        });
        expect([window.quantile(0), window.quantile(1)]).toEqual([sorted[0], sorted.at(-1)]);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
