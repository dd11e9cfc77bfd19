import { describe, expect, it } from 'vitest';
import { parsePeriodWord } from '../../src/core/period.ts';
import { periodText } from '../../src/core/question.ts';
import { parseSpokenTime } from '../../src/core/spoken-time.ts';

const read = (text: string, today = '2026-11-21') =>
  parseSpokenTime(text, { today, weekStart: 'monday' }).map(periodText);

describe('time as people say it', () => {
  it.each([
    ['today', '2026-11-21'],
    ['the day before yesterday', '2026-11-19'],
    ['last 3 weeks', '21d'],
    ['in the last three months', '2026-08-21..2026-11-20'],
    ['past week', '7d'],
    ['previous month', 'last month'],
    ['in october', '2026-10'],
    ['in oct 2026', '2026-10'],
    ['december', '2025-12'],
    ['in q3', '2026-07-01..2026-09-30'],
    ['2025 q4', '2025-10-01..2025-12-31'],
    ['on 12 november', '2026-11-12'],
    ['on nov 12th', '2026-11-12'],
    ['november 12, 2026', '2026-11-12'],
    ['25 november', '2025-11-25'],
    ['29 february', '2024-02-29'],
    ['25/12', '2025-12-25'],
    ['11/11', '2026-11-11'],
    ['12.11.', '2026-11-12'],
    ['on the 30th', '2026-10-30'],
    ['between 1 and 15 november', '2026-11-01..2026-11-15'],
    ['from 1 nov to 15 nov', '2026-11-01..2026-11-15'],
    ['1-15 november', '2026-11-01..2026-11-15'],
    ['from 1 to 15 november 2025', '2025-11-01..2025-11-15'],
    ['1 dec to 15 jan', '2025-12-01..2026-01-15'],
    ['between september and october', '2026-09-01..2026-10-31'],
    ['since monday', '2026-11-16..2026-11-21'],
    ['since 1 november', '2026-11-01..2026-11-21'],
    ['year to date', 'ytd'],
    ['so far this month', 'mtd'],
    ['on tuesday', '2026-11-17'],
    ['3 days ago', '2026-11-18'],
    ['half a year', '2026-05-21..2026-11-20'],
    ['week before last', '2026-11-02..2026-11-08'],
    ['last december', '2025-12'],
  ])('%s', (text, meant) => {
    expect(read(text)).toEqual([meant]);
  });

  it.each([
    ['12/11', ['2026-11-12', '2025-12-11']],
    ['last tuesday', ['2026-11-17', '2026-11-10']],
    ['on saturday', ['2026-11-21', '2026-11-14']],
    ['last october', ['2026-10', '2025-10']],
    ['from november to january', ['2026-11-01..2027-01-31', '2025-11-01..2026-01-31']],
  ])('%s can be meant in two ways', (text, meant) => {
    expect(read(text)).toEqual(meant);
  });

  it.each([
    'bert',
    'month',
    'a month',
    'in 30 days',
    'last fortnight',
    '30 february',
    '13/13',
    'last 60 months',
    'since 2015',
    'next week',
    'since saturday',
    'q5',
  ])('"%s" is no time that is certain', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('ends months at their own last day', () => {
    expect(read('last 6 months', '2026-08-31')).toEqual(['2026-02-28..2026-08-30']);
    expect(read('in february', '2024-03-01')).toEqual(['2024-02']);
    expect(read('on the 31st', '2026-03-01')).toEqual(['2026-01-31']);
  });

  it('weeks begin where the organisation says', () => {
    const at = { today: '2026-11-22', weekStart: 'sunday' } as const;
    expect(parseSpokenTime('week before last', at).map(periodText)).toEqual(['2026-11-08..2026-11-14']);
  });
});

describe('words that commands have learnt', () => {
  it.each([
    ['last 2 weeks', '14d'],
    ['past week', '7d'],
    ['previous quarter', 'last quarter'],
    ['current month', 'mtd'],
    ['month to date', 'mtd'],
  ])('%s', (text, meant) => {
    const word = parsePeriodWord(text);
    expect(word && periodText(word)).toBe(meant);
  });

  it('does not take weeks by the hundred', () => {
    expect(parsePeriodWord('last 158 weeks')).toBeUndefined();
    expect(parsePeriodWord('last 0 weeks')).toBeUndefined();
  });
});
