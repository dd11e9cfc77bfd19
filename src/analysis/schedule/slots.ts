/** Which slot of a weekly or daily schedule is due: instants on the clock of a time zone, daylight saving included. */
import { DateTime } from 'luxon';
import type { Day } from '../../core/day.ts';
import { WEEKDAYS, type Weekday } from '../../core/settings.ts';

export interface Schedule {
  /** Absent: every day. */
  readonly day?: Weekday;
  /** "09:00" on the zone's clock. */
  readonly time: string;
  /** IANA name. */
  readonly timeZone: string;
}

export interface Slot {
  /** The local day it belongs to: names the slot, so that a clock set back cannot make it come twice. */
  readonly day: Day;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The newest slot that is not after `now` (ms). A time the clock skips (02:30 on the night it goes forward) is taken
 * as much later as the clock jumps; a time that comes twice is taken the first time.
 *
 * Example: Mondays 09:00 in Asia/Kolkata, asked on a Wednesday, is that week's Monday 03:30 UTC.
 */
export function latestSlot(schedule: Schedule, now: number): Slot {
  const today = DateTime.fromMillis(now, { zone: schedule.timeZone }).startOf('day');
  const back = schedule.day === undefined ? 0 : (today.weekday - isoWeekday(schedule.day) + 7) % 7;
  const slot = slotOn(today.minus({ days: back }), schedule);
  return slot.at <= now ? slot : slotOn(today.minus({ days: back + stride(schedule) }), schedule);
}

/** The first slot after `now` (ms). */
export function nextSlot(schedule: Schedule, now: number): Slot {
  const { day } = latestSlot(schedule, now);
  const last = DateTime.fromISO(day, { zone: schedule.timeZone });
  return slotOn(last.plus({ days: stride(schedule) }), schedule);
}

function slotOn(date: DateTime, { time, timeZone }: Schedule): Slot {
  const day = date.toFormat('yyyy-MM-dd');
  return { day, at: momentOn(day, time, timeZone) };
}

/** When it is `time` ("09:00") on a day in a zone, in ms; skipped and repeated times as `latestSlot` says. */
export function momentOn(day: Day, time: string, timeZone: string): number {
  const at = DateTime.fromISO(`${day}T${time}`, { zone: timeZone });
  const instants = at.getPossibleOffsets().map((one) => one.toMillis());
  return Math.min(at.toMillis(), ...instants);
}

function stride({ day }: Schedule): number {
  return day === undefined ? 1 : 7;
}

function isoWeekday(day: Weekday): number {
  return WEEKDAYS.indexOf(day) + 1;
}
