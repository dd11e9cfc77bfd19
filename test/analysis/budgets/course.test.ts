import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burnRate } from '../../../src/analysis/budgets/burn.ts';
import { budgetCourse } from '../../../src/analysis/budgets/course.ts';
import { budgetSpan, spanBefore } from '../../../src/analysis/budgets/span.ts';
import { addDays, daysBetween, eachDay } from '../../../src/core/day.ts';

const usd = (amount: number) => BigInt(amount) * 1_000_000n;
const days = (start: string, end: string, amount: number) =>
  eachDay(start, end).map((day) => ({ day, micros: usd(amount) }));

describe('budgetSpan', () => {
  it.each([
    ['daily', '2026-11-21', '2026-11-21'],
    ['weekly', '2026-11-16', '2026-11-22'],
    ['monthly', '2026-11-01', '2026-11-30'],
    ['quarterly', '2026-10-01', '2026-12-31'],
    ['yearly', '2026-01-01', '2026-12-31'],
  ] as const)('%s', (period, start, end) => {
    expect(budgetSpan({ period }, '2026-11-21', 'monday')).toEqual({ start, end });
  });

  it('begins weeks where the organisation does, and knows leap years', () => {
    expect(budgetSpan({ period: 'weekly' }, '2026-11-21', 'sunday').start).toBe('2026-11-15');
    expect(budgetSpan({ period: 'monthly' }, '2028-02-10', 'monday').end).toBe('2028-02-29');
    expect(spanBefore({ period: 'quarterly' }, '2026-01-01', 'monday')).toEqual({
      start: '2025-10-01',
      end: '2025-12-31',
    });
  });

  it('of a fixed cap is its own, whatever the day', () => {
    const cap = { period: 'fixed', startDay: '2026-11-20' } as const;
    expect(budgetSpan(cap, '2027-03-01', 'monday')).toEqual({ start: '2026-11-20' });
    expect(budgetSpan({ ...cap, endDay: '2026-12-10' }, '2026-01-01', 'monday').end).toBe('2026-12-10');
    expect(spanBefore(cap, '2026-11-20', 'monday')).toBeUndefined();
  });

  it('holds its day, and the one before ends where it begins', () => {
    const period = fc.constantFrom('daily', 'weekly', 'monthly', 'quarterly', 'yearly');
    fc.assert(
      fc.property(period, fc.integer({ min: 0, max: 3_000 }), (kind, offset) => {
        const day = addDays('2024-01-01', offset);
        const { start, end = '' } = budgetSpan({ period: kind }, day, 'monday');
        expect(start <= day && day <= end).toBe(true);
        expect(spanBefore({ period: kind }, start, 'monday')?.end).toBe(addDays(start, -1));
      }),
      { numRuns: 100 },
    );
  });
});

describe('burnRate', () => {
  const november = { amount: usd(12_000), start: '2026-11-01', until: '2026-11-18', end: '2026-11-30' };

  it('is what was used by day, and says when the amount is used up', () => {
    expect(burnRate({ ...november, used: usd(9_000) })).toEqual({
      perDay: usd(500),
      days: 18,
      usedUpOn: '2026-11-24',
    });
  });

  it('has no such day when that is after the end, already over, or nothing was used', () => {
    for (const used of [6_000, 12_000, 13_000, 0, -50])
      expect(burnRate({ ...november, used: usd(used) })?.usedUpOn).toBeUndefined();
    expect(burnRate({ ...november, used: usd(9), until: '2026-10-31' })).toBeUndefined();
  });

  it('is used up on the first day by which the pace has reached the amount', () => {
    const input = fc.record({
      amount: fc.integer({ min: 1, max: 5_000 }),
      used: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(input, fc.integer({ min: 0, max: 29 }), ({ amount, used }, last) => {
        const until = addDays('2026-11-01', last);
        const { usedUpOn } = burnRate({ ...november, amount: usd(amount), used: usd(used), until }) ?? {};
        if (!usedUpOn) return;
        const reached = (day: string) => (used / (last + 1)) * (last + 1 + daysBetween(until, day));
        expect(reached(usedUpOn)).toBeGreaterThanOrEqual(amount - 1e-6);
        expect(reached(addDays(usedUpOn, -1))).toBeLessThan(amount + 1e-6);
      }),
      { numRuns: 100 },
    );
  });
});

describe('budgetCourse', () => {
  const base = {
    amount: usd(2_500),
    span: { start: '2026-11-01', end: '2026-11-30' },
    until: '2026-11-18',
    ahead: true,
  };

  it('of even days goes on evenly, and says on which day it is over', () => {
    const course = budgetCourse({ ...base, usage: days('2026-09-01', '2026-11-18', 100) });
    expect(course.used).toBe(usd(1_800));
    expect(course.days.at(-1)).toEqual({ day: '2026-11-18', used: usd(1_800) });
    expect(course.forecast).toMatchObject({ amount: usd(3_000), end: '2026-11-30', overOn: '2026-11-26' });
    expect(course.forecast?.days).toHaveLength(12);
  });

  it('counts fees and credits, and foresees only fees, on their date', () => {
    const course = budgetCourse({
      ...base,
      usage: days('2026-09-01', '2026-11-18', 50),
      fees: [...days('2026-10-30', '2026-10-30', 90), ...days('2026-11-02', '2026-11-02', 10)],
      others: days('2026-11-05', '2026-11-05', -200),
    });
    expect(course.used).toBe(usd(18 * 50 + 10 - 200));
    expect(course.forecast?.amount).toBe(usd(30 * 50 + 10 - 200 + 90));
    expect(course.forecast?.overOn).toBeUndefined();
  });

  it('adds what is planned to the days it is planned for', () => {
    const course = budgetCourse({
      ...base,
      usage: days('2026-09-01', '2026-11-18', 50),
      planned: days('2026-11-20', '2026-11-21', 400),
    });
    expect(course.forecast?.amount).toBe(usd(30 * 50 + 800));
  });

  it('of a period whose days are all to come begins with nothing', () => {
    const course = budgetCourse({
      ...base,
      span: { start: '2026-12-01', end: '2026-12-31' },
      until: '2026-11-28',
      usage: days('2026-09-01', '2026-11-28', 100),
    });
    expect([course.used, course.until, course.burn]).toEqual([0n, undefined, undefined]);
    expect(course.forecast).toMatchObject({ amount: usd(3_100), overOn: '2026-12-26' });
    expect(course.forecast?.days[0]).toMatchObject({ day: '2026-12-01', mean: usd(100) });
  });

  it('goes beyond what an outlook reaches', () => {
    const course = budgetCourse({
      ...base,
      amount: usd(40_000),
      span: { start: '2026-01-01', end: '2026-12-31' },
      until: '2026-06-30',
      usage: days('2026-01-01', '2026-06-30', 100),
    });
    expect(course.forecast).toMatchObject({ amount: usd(36_500), low: usd(36_500), high: usd(36_500) });
    expect(course.forecast?.days).toHaveLength(184);
  });

  it('says why nothing is foreseen', () => {
    const short = budgetCourse({ ...base, usage: days('2026-11-10', '2026-11-18', 100) });
    expect(short).toMatchObject({ used: usd(900), noForecast: '9 complete days are known, and it takes 14' });
    expect(budgetCourse({ ...base, span: { start: '2026-11-01' }, usage: [] }).noForecast).toBe(
      'it has no last day',
    );
    const over = budgetCourse({ ...base, until: '2026-12-05', usage: days('2026-11-01', '2026-12-05', 100) });
    expect(over).toMatchObject({ used: usd(3_000), until: '2026-11-30' });
    expect([over.forecast, over.noForecast]).toEqual([undefined, undefined]);
  });

  it('learns nothing from days that are not all loaded, but counts them', () => {
    const usage = [...days('2026-09-01', '2026-11-05', 1), ...days('2026-11-06', '2026-11-18', 100)];
    const course = budgetCourse({ ...base, usage, learnFrom: '2026-11-06' });
    expect(course.used).toBe(usd(5 + 1_300));
    expect(course.noForecast).toContain('13 complete days');
  });
});
