import { describe, expect, it } from 'vitest';
import { type UsageDay, usageChange, usageShare } from '../../../src/analysis/explain/usage-change.ts';
import { wholePeriods } from '../../../src/analysis/explain/usual-days.ts';
import type { UsageMetric } from '../../../src/core/usage.ts';

const week = wholePeriods(['2026-11-10', '2026-11-11'], ['2026-11-03', '2026-11-04']);
const NOBODY = new Set<string>();

function day(date: string, quantity: number, metric: UsageMetric = 'requests'): UsageDay {
  return { day: `2026-11-${date}`, metric, quantityMicros: BigInt(quantity * 1e6) };
}

describe('usage beside cost', () => {
  it('is a mean per day on both sides', () => {
    const rows = [
      day('03', 10),
      day('04', 10),
      day('10', 20),
      day('11', 14),
      day('11', 6),
      day('11', 99, 'epochs'),
    ];
    expect(usageChange('requests', rows, week, NOBODY)).toEqual({
      metric: 'requests',
      before: 10,
      during: 20,
      ratio: 1,
    });
  });

  it('leaves out days without usage: they are unknown, not zero', () => {
    const rows = [day('03', 10), day('10', 20), day('11', 20)];
    expect(usageChange('requests', rows, week, new Set(['2026-11-04']))).toMatchObject({
      before: 10,
      during: 20,
    });
  });

  it('is unknown when too few days are counted', () => {
    const rows = [day('10', 20), day('11', 20)];
    expect(usageChange('requests', rows, week, NOBODY)).toMatchObject({
      before: null,
      during: 20,
      ratio: null,
    });
  });

  it('of training is none on days on which others were counted', () => {
    const rows = [day('03', 8, 'gpu_hours'), day('04', 8, 'gpu_hours')];
    const counted = new Set(['2026-11-10', '2026-11-11']);
    expect(usageChange('gpu_hours', rows, week, counted)).toEqual({
      metric: 'gpu_hours',
      before: 8,
      during: 0,
      ratio: -1,
    });
    expect(usageChange('gpu_hours', rows, week, NOBODY)).toMatchObject({ during: null, ratio: null });
  });
});

it('accounts for a change as far as their factors go', () => {
  expect(usageShare(1, 1)).toBe(1);
  expect(usageShare(0, 1)).toBe(0);
  // ×2 of ×4.
  expect(usageShare(1, 3)).toBeCloseTo(0.5);
  expect(usageShare(-0.5, -0.75)).toBeCloseTo(0.5);
  expect(usageShare(null, 1)).toBeNull();
  expect(usageShare(0.5, 0)).toBeNull();
});
