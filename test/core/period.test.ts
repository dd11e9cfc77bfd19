import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/day.ts';
import {
  comparablePeriods,
  looksLikeTime,
  parsePeriodWord,
  previousPeriod,
  resolvePeriod,
} from '../../src/core/period.ts';

const at = { today: '2026-11-21', lastComplete: '2026-11-19', weekStart: 'monday' } as const;

function days(word: string, when: Parameters<typeof resolvePeriod>[1] = at) {
  const parsed = parsePeriodWord(word);
  if (!parsed) throw new Error(`not understood: ${word}`);
  const period = resolvePeriod(parsed, when);
  const previous = previousPeriod(parsed, period);
  return [`${period.start}..${period.end}`, `${previous.start}..${previous.end}`];
}

describe('time words', () => {
  it.each([
    ['7d', '2026-11-13..2026-11-19', '2026-11-06..2026-11-12'],
    ['last 7 days', '2026-11-13..2026-11-19', '2026-11-06..2026-11-12'],
    ['30d', '2026-10-21..2026-11-19', '2026-09-21..2026-10-20'],
    ['mtd', '2026-11-01..2026-11-19', '2026-10-01..2026-10-19'],
    ['ytd', '2026-01-01..2026-11-19', '2025-01-01..2025-11-19'],
    ['qtd', '2026-10-01..2026-11-19', '2026-07-01..2026-08-19'],
    ['yesterday', '2026-11-20..2026-11-20', '2026-11-19..2026-11-19'],
    ['last week', '2026-11-09..2026-11-15', '2026-11-02..2026-11-08'],
    ['this week', '2026-11-16..2026-11-19', '2026-11-12..2026-11-15'],
    ['last month', '2026-10-01..2026-10-31', '2026-09-01..2026-09-30'],
    ['last quarter', '2026-07-01..2026-09-30', '2026-04-01..2026-06-30'],
    ['2026-10', '2026-10-01..2026-10-31', '2026-09-01..2026-09-30'],
    ['2024-02', '2024-02-01..2024-02-29', '2024-01-01..2024-01-31'],
    ['2026-10-01..2026-10-15', '2026-10-01..2026-10-15', '2026-09-16..2026-09-30'],
    ['2026-10-03', '2026-10-03..2026-10-03', '2026-10-02..2026-10-02'],
    ['2025', '2025-01-01..2025-12-31', '2024-01-01..2024-12-31'],
  ])('%s', (word, period, previous) => {
    expect(days(word)).toEqual([period, previous]);
  });

  it('weeks start where the organisation says', () => {
    expect(days('last week', { ...at, weekStart: 'sunday' })[0]).toBe('2026-11-08..2026-11-14');
  });

  it('compares 1–31 March with all of February, and not with March itself', () => {
    expect(days('mtd', { today: '2026-04-01', lastComplete: '2026-03-31', weekStart: 'monday' })[0]).toBe(
      '2026-04-01..2026-04-01',
    );
    const late = { today: '2026-03-31', lastComplete: '2026-03-30', weekStart: 'monday' } as const;
    expect(days('mtd', late)).toEqual(['2026-03-01..2026-03-30', '2026-02-01..2026-02-28']);
  });

  it.each([
    ['2024-03-01', '2024-01-01..2024-03-01', '2023-01-01..2023-03-01'],
    ['2025-03-01', '2025-01-01..2025-03-01', '2024-01-01..2024-03-01'],
    ['2024-02-29', '2024-01-01..2024-02-29', '2023-01-01..2023-02-28'],
  ])(
    'compares the year up to %s with the same dates, whatever leap days lie between',
    (last, now, before) => {
      const today = addDays(last, 1);
      expect(days('ytd', { today, lastComplete: last, weekStart: 'monday' })).toEqual([now, before]);
    },
  );

  it('cuts both sides of a comparison at the same date', () => {
    const year = { start: '2024-01-01', end: '2024-12-31' };
    expect(comparablePeriods({ kind: 'year', year: '2024' }, year, '2024-03-10')).toEqual({
      period: { start: '2024-01-01', end: '2024-03-10' },
      previous: { start: '2023-01-01', end: '2023-03-10' },
    });
    const range = { start: '2026-11-10', end: '2026-11-19' };
    expect(comparablePeriods({ kind: 'range', ...range }, range, '2026-11-12').previous).toEqual({
      start: '2026-10-31',
      end: '2026-11-02',
    });
  });

  it('never reaches past yesterday', () => {
    expect(days('7d', { ...at, lastComplete: '2026-12-31' })[0]).toBe('2026-11-14..2026-11-20');
  });

  it.each(['0d', '9999d', '2026-13', '2026-02-30', '2026-10-15..2026-10-01', 'last fortnight', 'bert', ''])(
    'does not understand "%s"',
    (word) => {
      expect(parsePeriodWord(word)).toBeUndefined();
    },
  );

  it('tells wrong time words from names', () => {
    expect(['30x', '2026-13', 'fortnight', '3weeks', 'last'].map(looksLikeTime)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(['bert', 'gpt-4o', 'ranker-v3', 'whisper2', 'llama-3-70b'].map(looksLikeTime)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
