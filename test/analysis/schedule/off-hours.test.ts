/** Turns of off-hours schedules on real calendars: clock changes, holidays, other zones, nights over midnight. */
import { describe, expect, it } from 'vitest';
import { publicHolidays } from '../../../src/analysis/schedule/holidays.ts';
import {
  dueTurns,
  nextTurn,
  type OffHoursClock,
  turnsBetween,
} from '../../../src/analysis/schedule/off-hours.ts';

const WORKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

function clockOf(changes: Partial<OffHoursClock> = {}): OffHoursClock {
  return {
    days: WORKDAYS,
    stop: '19:00',
    start: '07:00',
    timeZone: 'Europe/Berlin',
    isHoliday: () => false,
    ...changes,
  };
}

const ms = (iso: string) => Date.parse(iso);
const shown = (clock: OffHoursClock, from: string, to: string) =>
  turnsBetween(clock, ms(from), ms(to)).map(
    ({ turn, day, at }) => `${turn} ${day} ${new Date(at).toISOString().slice(0, 16)}`,
  );

describe('turns', () => {
  it('are stop and start of every working day; weekends stay as they are', () => {
    expect(shown(clockOf(), '2026-11-19T12:00Z', '2026-11-24T00:00Z')).toEqual([
      'stop 2026-11-19 2026-11-19T18:00',
      'start 2026-11-20 2026-11-20T06:00',
      'stop 2026-11-20 2026-11-20T18:00',
      'start 2026-11-23 2026-11-23T06:00',
      'stop 2026-11-23 2026-11-23T18:00',
    ]);
  });

  it('keep to the clock on the wall when it changes, in March and in October', () => {
    expect(shown(clockOf(), '2026-03-27T12:00Z', '2026-03-30T12:00Z')).toEqual([
      'stop 2026-03-27 2026-03-27T18:00',
      'start 2026-03-30 2026-03-30T05:00',
    ]);
    expect(shown(clockOf(), '2026-10-23T12:00Z', '2026-10-26T12:00Z')).toEqual([
      'stop 2026-10-23 2026-10-23T17:00',
      'start 2026-10-26 2026-10-26T06:00',
    ]);
  });

  it('come once at a time that comes twice, and at one that is skipped', () => {
    const sunday = { days: ['sunday'] as const, stop: '02:30', start: '01:00' };
    expect(shown(clockOf(sunday), '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      'start 2026-10-25 2026-10-24T23:00',
      'stop 2026-10-25 2026-10-25T00:30',
    ]);
    expect(shown(clockOf(sunday), '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual([
      'start 2026-03-29 2026-03-29T00:00',
      'stop 2026-03-29 2026-03-29T01:30',
    ]);
  });

  it('follow a zone of half hours', () => {
    const kolkata = clockOf({ timeZone: 'Asia/Kolkata' });
    expect(shown(kolkata, '2026-11-19T12:00Z', '2026-11-20T12:00Z')).toEqual([
      'stop 2026-11-19 2026-11-19T13:30',
      'start 2026-11-20 2026-11-20T01:30',
    ]);
  });

  it('of a stop after midnight belong to the day before, Friday’s and that before a holiday too', () => {
    const late = clockOf({ stop: '01:00', isHoliday: (day) => day === '2026-11-20' });
    expect(shown(late, '2026-11-18T12:00Z', '2026-11-23T12:00Z')).toEqual([
      'stop 2026-11-18 2026-11-19T00:00',
      'start 2026-11-19 2026-11-19T06:00',
      'stop 2026-11-19 2026-11-20T00:00',
      'start 2026-11-23 2026-11-23T06:00',
    ]);
    expect(shown(clockOf({ stop: '01:00' }), '2026-11-20T12:00Z', '2026-11-22T12:00Z')).toEqual([
      'stop 2026-11-20 2026-11-21T00:00',
    ]);
  });

  it('leave out the public holidays of a region', async () => {
    const berlin = await publicHolidays('DE-BE', [2027]);
    const bavaria = await publicHolidays('DE-BY', [2027]);
    // Monday, 8 March 2027: International Women's Day is one in Berlin only.
    expect([berlin.nameOf('2027-03-08'), bavaria.nameOf('2027-03-08')]).toEqual([
      expect.any(String),
      undefined,
    ]);
    const isHoliday = (day: string) => berlin.nameOf(day) !== undefined;
    expect(nextTurn(clockOf({ isHoliday }), ms('2027-03-05T20:00Z'))).toMatchObject({
      turn: 'start',
      day: '2027-03-09',
    });
    expect((await publicHolidays('XX', [2027])).known).toBe(false);
    expect((await publicHolidays('DE-QQ', [2027])).known).toBe(false);
  });

  it('without a start are stops alone', () => {
    const { start: _, ...stops } = clockOf();
    expect(
      shown(stops, '2026-11-19T12:00Z', '2026-11-21T00:00Z').every((one) => one.startsWith('stop')),
    ).toBe(true);
    expect(nextTurn(stops, ms('2026-11-19T12:00Z'), 'start')).toBeUndefined();
  });
});

describe('what is due', () => {
  const due = (since: string, now: string, settled: readonly string[] = []) =>
    dueTurns(clockOf(), {
      since: ms(since),
      now: ms(now),
      isSettled: ({ turn, day }) => settled.includes(`${turn} ${day}`),
    }).map((turn) => `${turn.turn} ${turn.day} ${turn.what}${turn.what === 'miss' ? ` ${turn.why}` : ''}`);

  it('is the newest turn, for three hours', () => {
    expect(due('2026-11-19T12:00Z', '2026-11-19T17:59:59Z')).toEqual([]);
    expect(due('2026-11-19T12:00Z', '2026-11-19T18:00Z')).toEqual(['stop 2026-11-19 do']);
    expect(due('2026-11-19T12:00Z', '2026-11-19T20:59Z')).toEqual(['stop 2026-11-19 do']);
    expect(due('2026-11-19T12:00Z', '2026-11-19T21:00Z')).toEqual(['stop 2026-11-19 miss late']);
  });

  it('is never done after the next one has come, nor twice', () => {
    expect(due('2026-11-19T12:00Z', '2026-11-20T06:01Z')).toEqual([
      'stop 2026-11-19 miss overtaken',
      'start 2026-11-20 do',
    ]);
    expect(due('2026-11-19T12:00Z', '2026-11-20T06:01Z', ['stop 2026-11-19', 'start 2026-11-20'])).toEqual(
      [],
    );
  });

  it('is nothing from before the schedule was written', () => {
    expect(due('2026-11-19T18:30Z', '2026-11-19T19:00Z')).toEqual([]);
  });
});
