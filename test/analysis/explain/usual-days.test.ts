import { describe, expect, it } from 'vitest';
import { usualDays, wholePeriods } from '../../../src/analysis/explain/usual-days.ts';

const EVER = '2026-01-01';

function totals(costs: Readonly<Record<string, bigint>>): ReadonlyMap<string, bigint> {
  return new Map(Object.entries(costs));
}

describe('usual days', () => {
  it('are the two in the middle of the same weekdays of four weeks, half each', () => {
    const mondays = { '2026-11-09': 10n, '2026-11-02': 90n, '2026-10-26': 12n, '2026-10-19': 11n };
    const { usual, usualWeight } = usualDays(['2026-11-16'], totals(mondays), EVER);
    expect([...usual]).toEqual([
      ['2026-10-19', 6n],
      ['2026-10-26', 6n],
    ]);
    expect(usualWeight).toBe(12n);
  });

  it('of a long change lie before its first day', () => {
    const during = Array.from({ length: 9 }, (_, index) => `2026-11-${String(10 + index)}`);
    const { usual, usualWeight } = usualDays(during, totals({}), EVER);
    expect([...usual.keys()].every((day) => day < '2026-11-10')).toBe(true);
    // Nine days, of which Tuesday and Wednesday come twice: all count the same.
    expect(usualWeight).toBe(9n * 12n);
    const tuesdays = [...usual].filter(([day]) => new Date(day).getUTCDay() === 2);
    expect(tuesdays.reduce((sum, [, weight]) => sum + weight, 0n)).toBe(24n);
  });

  it('are fewer when history is short, and never before it', () => {
    const three = usualDays(['2026-11-16'], totals({ '2026-11-02': 5n, '2026-11-09': 9n }), '2026-10-25');
    // Of 0, 5 and 9 the middle one.
    expect([...three.usual]).toEqual([['2026-11-02', 12n]]);
    const one = usualDays(['2026-11-16'], totals({}), '2026-11-09');
    expect([...one.usual]).toEqual([['2026-11-09', 12n]]);
  });

  it('are all known days where the weekday was never seen', () => {
    const { usual, usualWeight } = usualDays(['2026-11-16'], totals({}), '2026-11-14');
    expect([...usual]).toEqual([
      ['2026-11-15', 6n],
      ['2026-11-14', 6n],
    ]);
    expect(usualWeight).toBe(12n);
  });

  it('are none when nothing before is known', () => {
    expect(usualDays(['2026-11-16'], totals({}), '2026-11-16').usualWeight).toBe(0n);
    expect(usualDays(['2026-11-16'], totals({}), undefined).usualWeight).toBe(0n);
  });

  it('of an hour are the same hour of the week', () => {
    const { usual } = usualDays(['2026-11-16T14'], totals({}), EVER);
    expect(
      [...usual.keys()].every((hour) => /T14$/.test(hour) && new Date(`${hour}:00Z`).getUTCDay() === 1),
    ).toBe(true);
  });

  it('of a period all count the same', () => {
    const { usual, usualWeight } = wholePeriods(['2026-11-02'], ['2026-10-01', '2026-10-02']);
    expect([usual.get('2026-10-01'), usual.get('2026-10-02'), usualWeight]).toEqual([1n, 1n, 2n]);
  });
});
