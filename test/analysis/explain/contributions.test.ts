import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionsOf } from '../../../src/analysis/explain/contributions.ts';
import { addSides, meansOf, sidesByKey } from '../../../src/analysis/explain/sides.ts';
import type { DayCell } from '../../../src/analysis/explain/types.ts';
import { usualDays, wholePeriods } from '../../../src/analysis/explain/usual-days.ts';
import { addDays } from '../../../src/core/day.ts';
import { cell, DAY } from './parts.ts';

const label = (key: string | null) => key ?? 'none';

describe('contributions', () => {
  it('are each value its own change, and its share of all of it', () => {
    const cells = [
      cell('2026-11-09', 'A', 10),
      cell('2026-11-16', 'A', 25),
      cell('2026-11-16', 'B', 5),
      cell('2026-11-12', 'C', 99),
    ];
    expect(contributionsOf('service', cells, DAY, { label, since: '2026-11-09' })).toEqual([
      {
        dimension: 'service',
        key: 'A',
        label: 'A',
        actualMicros: 25_000_000n,
        expectedMicros: 10_000_000n,
        changeMicros: 15_000_000n,
        share: 0.75,
      },
      {
        dimension: 'service',
        key: 'B',
        label: 'B',
        actualMicros: 5_000_000n,
        expectedMicros: 0n,
        changeMicros: 5_000_000n,
        share: 0.25,
        firstSeen: '2026-11-16',
      },
    ]);
  });

  it('are more than all of it where others fell', () => {
    const cells = [cell('2026-11-09', 'old', 40), cell('2026-11-16', 'new', 60)];
    const parts = contributionsOf('sku', cells, DAY, { label, since: '2026-11-01' });
    expect(parts.map(({ key, share }) => [key, share])).toEqual([
      ['new', 3],
      ['old', -2],
    ]);
  });

  it('of a fall are positive where something fell', () => {
    const cells = [cell('2026-11-09', 'A', 40), cell('2026-11-16', 'A', 10), cell('2026-11-16', 'B', 3)];
    const [first, second] = contributionsOf('sku', cells, DAY, { label, since: '2026-11-01' });
    expect(first).toMatchObject({ key: 'A', changeMicros: -30_000_000n });
    expect(first?.share).toBeCloseTo(30 / 27);
    expect(second?.share).toBeCloseTo(-3 / 27);
  });

  it('weigh days as the comparison does', () => {
    const two = wholePeriods(['2026-11-15', '2026-11-16'], ['2026-11-08']);
    const cells = [cell('2026-11-08', 'A', 4), cell('2026-11-15', 'A', 6), cell('2026-11-16', 'A', 10)];
    const [only] = contributionsOf('sku', cells, two, { label, since: '2026-11-01' });
    expect(only).toMatchObject({ actualMicros: 8_000_000n, expectedMicros: 4_000_000n, share: 1 });
  });

  it('add up to the rounded total exactly, whatever the amounts', () => {
    const first = '2026-11-16';
    const attos = fc.bigInt({ min: 0n, max: 10n ** 21n });
    const cells = fc.array(
      fc.record({
        offset: fc.integer({ min: -28, max: 5 }),
        key: fc.constantFrom('A', 'B', 'C', null),
        attos,
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(cells, (drawn) => {
        const rows = drawn.map(({ offset, ...one }): DayCell => ({ ...one, day: addDays(first, offset) }));
        const during = Array.from({ length: 6 }, (_, index) => addDays(first, index));
        const totals = new Map<string, bigint>();
        for (const { day, attos: amount } of rows) totals.set(day, (totals.get(day) ?? 0n) + amount);
        const comparison = usualDays(during, totals, addDays(first, -28));
        const parts = contributionsOf('sku', rows, comparison, { label, since: addDays(first, -28) });
        const total = meansOf(addSides(sidesByKey(rows, comparison).values()), comparison);
        const sum = (amount: (one: (typeof parts)[number]) => bigint) =>
          parts.reduce((all, one) => all + amount(one), 0n);
        expect(sum((one) => one.actualMicros)).toBe(total.actualMicros);
        expect(sum((one) => one.expectedMicros)).toBe(total.expectedMicros);
        const change = total.actualMicros - total.expectedMicros;
        expect(sum((one) => one.changeMicros)).toBe(change);
        if (change !== 0n) expect(parts.reduce((all, { share }) => all + share, 0)).toBeCloseTo(1, 6);
      }),
      { numRuns: 60 },
    );
  });
});
