/** Slots on the clock of a zone, against instants worked out by hand from the zones' rules. */
import { describe, expect, it } from 'vitest';
import { latestSlot, nextSlot, type Schedule } from '../../../src/analysis/schedule/slots.ts';

const utc = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();
const weekly = (timeZone: string, time = '09:00'): Schedule => ({ day: 'monday', time, timeZone });

describe('latestSlot', () => {
  it.each([
    // zone, now, local day, instant
    ['UTC', '2026-11-18T12:00:00Z', '2026-11-16', '2026-11-16T09:00:00.000Z'],
    ['UTC', '2026-11-16T09:00:00Z', '2026-11-16', '2026-11-16T09:00:00.000Z'],
    ['UTC', '2026-11-16T08:59:59Z', '2026-11-09', '2026-11-09T09:00:00.000Z'],
    // India is 5:30 ahead all year: Monday 09:00 there is 03:30 UTC, and 03:29 is still the week before.
    ['Asia/Kolkata', '2026-11-16T03:30:00Z', '2026-11-16', '2026-11-16T03:30:00.000Z'],
    ['Asia/Kolkata', '2026-11-16T03:29:00Z', '2026-11-09', '2026-11-09T03:30:00.000Z'],
    // Sunday evening in UTC is Monday morning in Auckland (13 hours ahead in its summer).
    ['Pacific/Auckland', '2026-11-15T20:00:00Z', '2026-11-16', '2026-11-15T20:00:00.000Z'],
    // Monday noon in UTC is still early Monday in Los Angeles.
    ['America/Los_Angeles', '2026-11-16T12:00:00Z', '2026-11-09', '2026-11-09T17:00:00.000Z'],
    // Berlin before and after the change of 29 March and 25 October 2026.
    ['Europe/Berlin', '2026-03-23T12:00:00Z', '2026-03-23', '2026-03-23T08:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30T12:00:00Z', '2026-03-30', '2026-03-30T07:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26T12:00:00Z', '2026-10-26', '2026-10-26T08:00:00.000Z'],
    // New Year's Eve across a month and year boundary; a leap day.
    ['UTC', '2027-01-01T00:00:00Z', '2026-12-28', '2026-12-28T09:00:00.000Z'],
    ['Asia/Kolkata', '2028-02-29T10:00:00Z', '2028-02-28', '2028-02-28T03:30:00.000Z'],
  ])('%s at %s', (zone, now, day, at) => {
    const slot = latestSlot(weekly(zone), utc(now));
    expect([slot.day, iso(slot.at)]).toEqual([day, at]);
  });

  it('a leap day is a day like others', () => {
    const slot = latestSlot({ time: '09:00', timeZone: 'UTC' }, utc('2028-02-29T23:00:00Z'));
    expect([slot.day, iso(slot.at)]).toEqual(['2028-02-29', '2028-02-29T09:00:00.000Z']);
  });

  it('a time the clock skips comes once, as much later as the clock jumps', () => {
    const schedule: Schedule = { day: 'sunday', time: '02:30', timeZone: 'Europe/Berlin' };
    const slot = latestSlot(schedule, utc('2026-03-29T05:00:00Z'));
    expect([slot.day, iso(slot.at)]).toEqual(['2026-03-29', '2026-03-29T01:30:00.000Z']);
  });

  it('a time that comes twice is one slot, the first time', () => {
    const schedule: Schedule = { day: 'sunday', time: '02:30', timeZone: 'Europe/Berlin' };
    const first = latestSlot(schedule, utc('2026-10-25T00:30:00Z'));
    expect([first.day, iso(first.at)]).toEqual(['2026-10-25', '2026-10-25T00:30:00.000Z']);
    expect(latestSlot(schedule, utc('2026-10-25T01:45:00Z'))).toEqual(first);
    expect(latestSlot(schedule, utc('2026-10-25T00:29:00Z')).day).toBe('2026-10-18');
  });
});

describe('slots over years', () => {
  const zones = [
    'UTC',
    'Asia/Kolkata',
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Auckland',
    'Pacific/Apia',
  ];
  it.each(zones)('%s: every Monday once, in order, at 09:00 there', (timeZone) => {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
    });
    let now = utc('2026-01-01T00:00:00Z');
    const days: string[] = [];
    while (now < utc('2028-03-15T00:00:00Z')) {
      const slot = nextSlot(weekly(timeZone), now);
      expect(slot.at).toBeGreaterThan(now);
      expect(clock.format(slot.at)).toMatch(/^Monday.* 09:00$/);
      expect(latestSlot(weekly(timeZone), slot.at)).toEqual(slot);
      expect(latestSlot(weekly(timeZone), slot.at + 6 * 86_400_000)).toEqual(slot);
      days.push(slot.day);
      now = slot.at;
    }
    const steps = days.slice(1).map((day, i) => (utc(day) - utc(days[i] ?? '')) / 86_400_000);
    expect(new Set(steps)).toEqual(new Set([7]));
  });
});
