/** The month-end forecast against months whose end is known. */
import { describe, expect, it } from 'vitest';
import type { DayCost } from '../../../src/analysis/forecast/day-cost.ts';
import { forecastMonthEnd } from '../../../src/analysis/forecast/month-end.ts';
import { outlookOf } from '../../../src/analysis/forecast/outlook.ts';
import { type Day, eachDay, weekday } from '../../../src/core/day.ts';

const dollars = (amount: number): bigint => BigInt(Math.round(amount * 1e6));
const series = (start: Day, end: Day, cost: (day: Day) => number): DayCost[] =>
  eachDay(start, end).map((day) => ({ day, micros: dollars(cost(day)) }));
/** $100 on working days, $30 at weekends: November 2026 has 21 working days and 9 of the others. */
const rhythm = (day: Day): number => ([0, 6].includes(weekday(day)) ? 30 : 100);

describe('the forecast', () => {
  it('of a steady cost is the whole month, without a range', () => {
    expect(forecastMonthEnd({ usage: series('2026-09-01', '2026-11-20', () => 100) })).toMatchObject({
      month: '2026-11-01',
      spent: dollars(2_000),
      until: '2026-11-20',
      forecast: dollars(3_000),
      low: dollars(3_000),
      high: dollars(3_000),
      learntDays: 81,
      remainingDays: 10,
      range: 'back-test',
    });
  });

  it('follows the weekday, whatever day it is made on', () => {
    const whole = dollars(21 * 100 + 9 * 30);
    for (const until of ['2026-11-01', '2026-11-06', '2026-11-14', '2026-11-29'])
      expect(forecastMonthEnd({ usage: series('2026-08-01', until, rhythm) })?.forecast).toBe(whole);
  });

  it('of a finished month is what it cost', () => {
    const done = forecastMonthEnd({ usage: series('2026-09-01', '2026-11-30', rhythm) });
    expect(done).toMatchObject({
      forecast: done?.spent,
      low: done?.spent,
      high: done?.spent,
      range: 'none-left',
    });
  });

  it('knows leap days', () => {
    const usage = series('2027-12-01', '2028-02-28', () => 10);
    expect(forecastMonthEnd({ usage })).toMatchObject({ forecast: dollars(290), remainingDays: 1 });
  });

  it('is unknown with 13 days and dared with 14', () => {
    expect(forecastMonthEnd({ usage: series('2026-11-01', '2026-11-13', () => 1) })).toBeUndefined();
    expect(forecastMonthEnd({ usage: series('2026-11-01', '2026-11-14', () => 1) })).toMatchObject({
      forecast: dollars(30),
      range: 'back-test',
    });
    expect(forecastMonthEnd({ usage: [] })).toBeUndefined();
  });

  it('expects last month’s fees on the same dates, once, and no credit again', () => {
    const usage = series('2026-08-01', '2026-11-20', () => 100);
    const fees = [
      { day: '2026-10-01', micros: dollars(50) },
      { day: '2026-10-30', micros: dollars(70) },
      { day: '2026-11-01', micros: dollars(55) },
    ];
    const others = [
      { day: '2026-10-28', micros: dollars(-500) },
      { day: '2026-11-03', micros: dollars(-20) },
    ];
    expect(forecastMonthEnd({ usage, fees, others })).toMatchObject({
      spent: dollars(2_000 + 55 - 20),
      forecast: dollars(3_000 + 55 - 20 + 70),
    });
  });

  it('expects what a long month charged on its last day at the end of a short one', () => {
    const usage = series('2026-11-01', '2027-02-20', () => 100);
    const fees = [{ day: '2027-01-31', micros: dollars(90) }];
    expect(forecastMonthEnd({ usage, fees })?.forecast).toBe(dollars(2_800 + 90));
    // And back: the short month's last day stands for all that the long one has left.
    const spring = series('2026-12-01', '2027-03-20', () => 100);
    expect(
      forecastMonthEnd({ usage: spring, fees: [{ day: '2027-02-28', micros: dollars(90) }] })?.forecast,
    ).toBe(dollars(3_100 + 90));
  });

  it('never says that less than what is spent may have been spent', () => {
    const usage = series('2026-08-01', '2026-11-22', (day) => (day < '2026-11-03' ? 1_000 : 10));
    const found = forecastMonthEnd({ usage });
    expect(found?.low).toBe(found?.spent);
    expect(found && found.low < found.forecast).toBe(true);
  });

  it('of a cost that swings has a range that holds it', () => {
    let state = 1;
    const noise = () => {
      state = (state * 48_271) % 2_147_483_647;
      return 80 + (state / 2_147_483_647) * 40;
    };
    const all = series('2026-06-01', '2026-11-30', noise);
    const known = all.filter(({ day }) => day <= '2026-11-15');
    const actual = all.filter(({ day }) => day >= '2026-11-01').reduce((sum, { micros }) => sum + micros, 0n);
    const found = forecastMonthEnd({ usage: known });
    expect(found && found.low < found.forecast && found.forecast < found.high).toBe(true);
    expect(found && found.low <= actual && actual <= found.high).toBe(true);
    // Fifteen days that differ by up to 20 % each differ far less together.
    expect(Number((found?.high ?? 0n) - (found?.low ?? 0n)) / Number(found?.forecast)).toBeLessThan(0.15);
  });

  it('of a credit month may be negative', () => {
    const found = forecastMonthEnd({ usage: series('2026-10-01', '2026-11-10', () => -5) });
    expect(found?.forecast).toBe(dollars(-150));
  });
});

describe('an outlook', () => {
  it('has every day to come and their sums, with bands of the sums', () => {
    const swing = (day: Day) => 100 + (Number(day.slice(8)) % 5) * 10;
    const found = outlookOf({ usage: series('2026-08-01', '2026-11-20', swing) });
    expect(found?.days).toHaveLength(92);
    expect(found?.days[0]?.day).toBe('2026-11-21');
    const week = found?.sum('2026-11-21', '2026-11-27');
    const days = found?.days.slice(0, 7) ?? [];
    expect(week?.mean).toBeGreaterThan(dollars(750));
    expect(week?.mean).toBeLessThan(dollars(930));
    const width = (ahead: typeof week) =>
      Number((ahead?.bands['80'].high ?? 0n) - (ahead?.bands['80'].low ?? 0n));
    // Days that differ up and down differ less together than one by one.
    expect(width(week)).toBeGreaterThan(0);
    expect(width(week)).toBeLessThan(days.reduce((sum, day) => sum + width(day), 0));
    expect(() => found?.sum('2026-11-20', '2026-11-21')).toThrow(RangeError);
    expect(() => found?.sum('2026-11-21', '2027-02-21')).toThrow(RangeError);
  });

  it('adds fees of each month to come and what is planned, and neither widens the range', () => {
    const usage = series('2026-08-01', '2026-11-20', () => 100);
    const fees = [
      { day: '2026-10-30', micros: dollars(70) },
      { day: '2026-11-02', micros: dollars(40) },
    ];
    const planned = [{ day: '2026-12-10', micros: dollars(5_000) }];
    const found = outlookOf({ usage, fees, planned });
    const on = (day: Day) => found?.days.find((one) => one.day === day)?.mean;
    expect([
      on('2026-11-29'),
      on('2026-11-30'),
      on('2026-12-02'),
      on('2026-12-10'),
      on('2027-01-30'),
    ]).toEqual([100, 170, 140, 5_100, 170].map(dollars));
    expect(found?.sum('2026-12-01', '2026-12-31')).toMatchObject({
      mean: dollars(3_100 + 40 + 70 + 5_000),
      bands: { '80': { low: dollars(8_210), high: dollars(8_210) } },
    });
  });

  it('knows no month whose cost is partly unknown, but learns from the rest of a history with gaps', () => {
    const usage = series('2026-08-01', '2026-11-20', () => 100);
    const without = (gap: Day) => usage.map((one) => (one.day === gap ? { day: gap, micros: null } : one));
    expect(forecastMonthEnd({ usage: without('2026-11-03') })).toBeUndefined();
    expect(forecastMonthEnd({ usage: without('2026-10-03') })?.forecast).toBe(dollars(3_000));
    const planned = new Set(eachDay('2026-11-01', '2026-11-20'));
    const excluded = forecastMonthEnd({
      usage: series('2026-08-01', '2026-11-20', (day) => (planned.has(day) ? 900 : 100)),
      excluded: planned,
    });
    expect(excluded?.forecast).toBe(dollars(20 * 900 + 10 * 100));
  });
});
