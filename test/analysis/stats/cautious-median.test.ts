/** The median that leans to zero. */
import { describe, expect, it } from 'vitest';
import { cautiousMedian } from '../../../src/analysis/stats/cautious-median.ts';

const of = (...numbers: readonly number[]) => cautiousMedian(Float64Array.from(numbers), numbers.length);

describe('cautiousMedian', () => {
  it('is the median of an odd number of values', () => {
    expect(of(9, -4, 2)).toBe(2);
    expect(of(-7)).toBe(-7);
    expect(of(5, 1, 4, 2, 3)).toBe(3);
  });

  it('takes the middle one nearer to zero of an even number', () => {
    expect(of(1, 8, 3, 20)).toBe(3);
    expect(of(-1, -8, -3, -20)).toBe(-3);
    expect(of(0, 500)).toBe(0);
  });

  it('is zero when the middle two disagree about the sign, and of nothing', () => {
    expect(of(-5, 7)).toBe(0);
    expect(of()).toBe(0);
  });

  it('looks at the first so many only, and leaves them sorted', () => {
    const values = Float64Array.from([3, 1, 2, 99]);
    expect(cautiousMedian(values, 3)).toBe(2);
    expect([...values]).toEqual([1, 2, 3, 99]);
  });
});
