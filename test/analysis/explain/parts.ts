/** Short ways to write down what explanations are worked out from. */
import type { Comparison, DayCell } from '../../../src/analysis/explain/types.ts';
import { wholePeriods } from '../../../src/analysis/explain/usual-days.ts';
import type { Contribution, UsageChange } from '../../../src/core/anomaly.ts';
import type { ChangeStory } from '../../../src/core/change-story.ts';

const ATTOS = 10n ** 18n;

/** Whole units of a currency. */
export function cell(day: string, key: string | null, units: number): DayCell {
  return { day, key, attos: (BigInt(Math.round(units * 1e6)) * ATTOS) / 1_000_000n };
}

/** One day now against one day before. */
export const DAY: Comparison = wholePeriods(['2026-11-16'], ['2026-11-09']);

export function part(key: string | null, expected: number, actual: number, share: number): Contribution {
  const [actualMicros, expectedMicros] = [BigInt(actual) * 1_000_000n, BigInt(expected) * 1_000_000n];
  const changeMicros = actualMicros - expectedMicros;
  return { dimension: 'service', key, label: key ?? '', actualMicros, expectedMicros, changeMicros, share };
}

export function used(metric: UsageChange['metric'], ratio: number | null): UsageChange {
  return {
    metric,
    before: ratio === null ? null : 100,
    during: ratio === null ? null : 100 * (1 + ratio),
    ratio,
  };
}

/** $100 a day became $300 in inference; everything else unknown. */
export function story(overrides: Partial<ChangeStory> = {}): ChangeStory {
  return {
    currency: 'USD',
    actualMicros: 300_000_000n,
    expectedMicros: 100_000_000n,
    first: '2026-11-16',
    last: '2026-11-19',
    over: false,
    stage: 'inference',
    egressShare: 0,
    usage: [],
    beside: [],
    ...overrides,
  };
}
