import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayInZone,
  daysBetween,
  eachDay,
  endOfMonth,
  isDay,
  startOfWeek,
} from '../../src/core/day.ts';

describe('days', () => {
  it('crosses months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
    expect(eachDay('2026-03-28', '2026-03-31')).toHaveLength(4);
    expect(eachDay('2026-03-02', '2026-03-01')).toEqual([]);
  });

  it('clamps to the last day of a shorter month', () => {
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addMonths('2025-11-30', 3)).toBe('2026-02-28');
    expect(endOfMonth('2024-02-10')).toBe('2024-02-29');
  });

  it.each([
    ['monday', '2026-11-16'],
    ['sunday', '2026-11-15'],
    ['saturday', '2026-11-21'],
  ] as const)('weeks start on %s', (weekStart, day) => {
    expect(startOfWeek('2026-11-21', weekStart)).toBe(day);
  });

  it('knows the calendar day in a zone, also across daylight saving', () => {
    expect(dayInZone(Date.parse('2026-11-20T19:00:00Z'), 'Asia/Kolkata')).toBe('2026-11-21');
    expect(dayInZone(Date.parse('2026-11-21T03:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-20');
    expect(dayInZone(Date.parse('2026-03-28T23:30:00Z'), 'Europe/Berlin')).toBe('2026-03-29');
    expect(dayInZone(Date.parse('2026-03-29T22:30:00Z'), 'Europe/Berlin')).toBe('2026-03-30');
  });

  it('refuses days that do not exist', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '', 'x'].map(isDay)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(isDay('2024-02-29')).toBe(true);
  });
});
