/** Which days a poll asks for, by hand-made calendars. */
import { describe, expect, test } from 'vitest';
import type { SourceSettings } from '../../../src/core/settings.ts';
import { cover } from '../../../src/flows/poll/cover.ts';
import { nextAttempt, nextMidnight } from '../../../src/flows/poll/next-attempt.ts';
import { historyWindow, newestWindow } from '../../../src/flows/poll/windows.ts';
import type { SourceFacts } from '../../../src/sources/types.ts';

const SETTINGS: SourceSettings = {
  name: 'aws',
  kind: 'aws-cost-explorer',
  schedule: '37 7 * * *',
  historyMonths: 3,
  trailingDays: 5,
  lagDays: 2,
  options: {},
};
const ABOUT: SourceFacts = {
  title: '',
  schedule: '',
  lagDays: 2,
  trailingDays: 5,
  monthFinalOnDay: 15,
  historyMonths: 3,
  chunkMonths: 1,
  notes: [],
  example: '',
  steps: [],
  variables: {},
};

describe('the newest days', () => {
  test('are the running month at first', () => {
    expect(newestWindow(SETTINGS, ABOUT, {}, '2026-11-21')).toEqual({
      start: '2026-11-01',
      end: '2026-11-21',
    });
  });
  test('hold the month before until it is final', () => {
    expect(newestWindow(SETTINGS, ABOUT, { coveredThrough: '2026-11-14' }, '2026-11-15').start).toBe(
      '2026-10-01',
    );
    expect(newestWindow(SETTINGS, ABOUT, { coveredThrough: '2026-11-15' }, '2026-11-16').start).toBe(
      '2026-11-10',
    );
  });
  test('reach back over a pause, with the days that were still moving before it', () => {
    expect(newestWindow(SETTINGS, ABOUT, { coveredThrough: '2026-10-20' }, '2026-11-21').start).toBe(
      '2026-10-15',
    );
  });
  test('never reach back further than history does', () => {
    expect(newestWindow(SETTINGS, ABOUT, { coveredThrough: '2025-01-20' }, '2026-11-21').start).toBe(
      '2026-08-01',
    );
  });
  test('hold what is stored of the month before until it is final, also without history', () => {
    const settings = { ...SETTINGS, historyMonths: 0 };
    const state = { coveredFrom: '2026-11-01', coveredThrough: '2026-11-30' };
    expect(newestWindow(settings, ABOUT, state, '2026-12-01')).toEqual({
      start: '2026-11-01',
      end: '2026-12-01',
    });
    expect(newestWindow(settings, ABOUT, {}, '2026-12-01').start).toBe('2026-12-01');
    const paused = { coveredFrom: '2026-11-01', coveredThrough: '2026-11-28' };
    expect(newestWindow(settings, { ...ABOUT, monthFinalOnDay: 0 }, paused, '2026-12-02').start).toBe(
      '2026-11-23',
    );
  });
  test('are today alone where nothing is late, and yesterday when that was never seen to its end', () => {
    const settings = { ...SETTINGS, trailingDays: 0, lagDays: 0 };
    const about = { ...ABOUT, monthFinalOnDay: 0 };
    const at = (coveredThrough: string) =>
      newestWindow(settings, about, { coveredFrom: '2028-01-01', coveredThrough }, '2028-03-01').start;
    expect(at('2028-03-01')).toBe('2028-03-01');
    expect(at('2028-02-29')).toBe('2028-02-29');
    expect(at('2028-02-27')).toBe('2028-02-27');
  });
  test('end today, though a clock that was ahead has covered more', () => {
    const state = { coveredFrom: '2026-11-01', coveredThrough: '2027-02-01' };
    expect(newestWindow(SETTINGS, ABOUT, state, '2026-11-21')).toEqual({
      start: '2026-11-16',
      end: '2026-11-21',
    });
  });
  test('on the first of January the month before is December', () => {
    expect(newestWindow(SETTINGS, ABOUT, { coveredThrough: '2026-12-31' }, '2027-01-01').start).toBe(
      '2026-12-01',
    );
  });
});

describe('history', () => {
  test('goes back month by month and ends at the first wanted day', () => {
    const asked: string[] = [];
    let coveredFrom = '2026-11-01';
    for (;;) {
      const window = historyWindow(SETTINGS, ABOUT, { coveredFrom }, '2026-11-21');
      if (!window) break;
      asked.push(`${window.start}..${window.end}`);
      coveredFrom = window.start;
    }
    expect(asked).toEqual(['2026-10-01..2026-10-31', '2026-09-01..2026-09-30', '2026-08-01..2026-08-31']);
  });
  test('goes on in the middle of a month', () => {
    expect(historyWindow(SETTINGS, ABOUT, { coveredFrom: '2026-10-15' }, '2026-11-21')).toEqual({
      start: '2026-10-01',
      end: '2026-10-14',
    });
  });
  test('takes several months at once where that is cheaper', () => {
    expect(
      historyWindow(SETTINGS, { ...ABOUT, chunkMonths: 3 }, { coveredFrom: '2026-11-01' }, '2026-11-21'),
    ).toEqual({ start: '2026-08-01', end: '2026-10-31' });
  });
});

test('covered days grow only without a gap', () => {
  const state = { coveredFrom: '2026-10-01', coveredThrough: '2026-10-31' };
  expect(cover(state, { start: '2026-11-01', end: '2026-11-05' })).toEqual({
    coveredFrom: '2026-10-01',
    coveredThrough: '2026-11-05',
  });
  expect(cover(state, { start: '2026-11-02', end: '2026-11-05' })).toBeUndefined();
  expect(cover(state, { start: '2026-09-01', end: '2026-09-29' })).toBeUndefined();
  expect(cover(state, { start: '2026-10-10', end: '2026-10-12' })).toEqual(state);
});

test('after failures a source is left alone longer and longer, and comes back to its schedule', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const minutes = (failures: number) => (nextAttempt('37 7 * * *', now, failures, () => 0.5) - now) / 60_000;
  expect([1, 2, 3, 4, 5, 50].map(minutes)).toEqual([5, 15, 60, 180, 360, 360]);
  expect(new Date(nextAttempt('37 7 * * *', now, 0, () => 0.5)).toISOString()).toBe(
    '2026-11-22T07:37:00.000Z',
  );
  expect(new Date(nextMidnight(now)).toISOString()).toBe('2026-11-22T00:00:00.000Z');
});
