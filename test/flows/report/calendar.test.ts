/** The reported week is the reader's: time zones, week starts, clock changes, month ends and leap days. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make } from './workbench.ts';

let temp: TempStore;
beforeAll(async () => {
  temp = await openTempStore();
  // A cent per day since 2026-01-01, so that any sum tells which days are in it; complete far into 2028.
  const cents = (day: string) => (Date.parse(day) - Date.parse('2026-01-01')) / 86_400_000;
  await fill(temp.store, costs({ cost: cents, start: '2026-01-01', end: '2028-04-30' }));
});
afterAll(() => temp.close());

describe('the week that has just ended', () => {
  it.each([
    [
      'Berlin on Monday morning',
      '2026-11-23T08:00:00Z',
      'Europe/Berlin',
      'monday',
      '2026-11-16',
      '2026-11-22',
    ],
    [
      'Kolkata, where Monday comes earlier',
      '2026-11-23T03:30:00Z',
      'Asia/Kolkata',
      'monday',
      '2026-11-16',
      '2026-11-22',
    ],
    [
      'Kolkata while it is Sunday in Berlin',
      '2026-11-22T19:00:00Z',
      'Asia/Kolkata',
      'monday',
      '2026-11-16',
      '2026-11-22',
    ],
    ['Berlin at that time', '2026-11-22T19:00:00Z', 'Europe/Berlin', 'monday', '2026-11-09', '2026-11-15'],
    [
      'Los Angeles while it is Monday in London',
      '2026-11-23T05:00:00Z',
      'America/Los_Angeles',
      'monday',
      '2026-11-09',
      '2026-11-15',
    ],
    [
      'weeks that start on Sunday',
      '2026-11-23T08:00:00Z',
      'Europe/Berlin',
      'sunday',
      '2026-11-15',
      '2026-11-21',
    ],
    [
      'weeks that start on Saturday',
      '2026-11-23T08:00:00Z',
      'Europe/Berlin',
      'saturday',
      '2026-11-14',
      '2026-11-20',
    ],
    [
      'after the clocks went back',
      '2026-10-26T08:00:00Z',
      'Europe/Berlin',
      'monday',
      '2026-10-19',
      '2026-10-25',
    ],
    [
      'after the clocks went forward',
      '2027-03-29T07:00:00Z',
      'Europe/Berlin',
      'monday',
      '2027-03-22',
      '2027-03-28',
    ],
    ['across the end of a month', '2026-11-02T08:00:00Z', 'UTC', 'monday', '2026-10-26', '2026-11-01'],
    ['across the end of a year', '2027-01-04T08:00:00Z', 'UTC', 'monday', '2026-12-28', '2027-01-03'],
    ['with a leap day', '2028-03-06T08:00:00Z', 'UTC', 'monday', '2028-02-28', '2028-03-05'],
  ] as const)('%s', async (_, now, timeZone, weekStart, start, end) => {
    const { data } = await make(temp.store, { now, timeZone, settings: { weekStart } });
    const first = (Date.parse(start) - Date.parse('2026-01-01')) / 86_400_000;
    expect(data).toMatchObject({
      period: { start, end },
      complete: { start, end },
      // first + (first + 1) + … + (first + 6), and seven days less each the week before.
      total: String(7 * first + 21),
      previousTotal: String(7 * first + 21 - 49),
      change: '49',
    });
  });

  it('is the slot’s, however late the report is made', async () => {
    const { data } = await make(temp.store, { now: '2026-11-23T08:00:00Z' });
    const late = await make(temp.store, { now: '2026-11-25T20:00:00Z' });
    expect(late.data.period).toEqual(data.period);
  });
});

describe('a daily report', () => {
  it('is about the last complete day, beside the same weekday before', async () => {
    const { heading, data, views } = await make(temp.store, {
      frequency: 'daily',
      now: '2026-11-20T08:00:00Z',
    });
    expect(heading).toMatch(/^search: \$322 on Thu 19 Nov, \+2\.2 % \(\+\$7\.00\) on Thu 12 Nov$/);
    expect(data).toMatchObject({ report: 'daily', previous: { start: '2026-11-12', end: '2026-11-12' } });
    expect(views).toHaveLength(1);
  });

  it('of a leap day', async () => {
    const { heading } = await make(temp.store, { frequency: 'daily', now: '2028-03-01T08:00:00Z' });
    expect(heading).toContain('on Tue 29 Feb');
  });

  it('says which days are still arriving', async () => {
    await temp.store.source.update({ where: { name: 'focus' }, data: { watermark: '2026-11-18' } });
    const made = await make(temp.store, { frequency: 'daily', now: '2026-11-21T08:00:00Z' });
    await temp.store.source.update({ where: { name: 'focus' }, data: { watermark: '2028-04-30' } });
    expect(made.heading).toContain('on Wed 18 Nov');
    expect(made.text).toContain(
      'Complete until Wed 18 Nov; Thu 19 Nov – Fri 20 Nov are still arriving ($645 so far, not counted).',
    );
    expect(made.record).toBeUndefined();
  });
});
