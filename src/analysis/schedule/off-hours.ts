/** When an off-hours schedule stops and starts: instants on the clock of a time zone, daylight saving included. */
import { DateTime } from 'luxon';
import { addDays, type Day, weekday } from '../../core/day.ts';
import { WEEKDAYS, type Weekday } from '../../core/settings.ts';
import { momentOn } from './slots.ts';

export interface OffHoursClock {
  /** Days that are worked on; on the others, and on holidays, nothing is done: what is stopped stays stopped. */
  readonly days: readonly Weekday[];
  /** "19:00"; not later than `start` ("01:00"): on the morning after the day it belongs to. */
  readonly stop: string;
  /** "07:00"; absent: never by itself. */
  readonly start?: string;
  /** IANA name. */
  readonly timeZone: string;
  isHoliday(day: Day): boolean;
}

export interface Turn {
  readonly turn: 'stop' | 'start';
  /** The working day it belongs to: names the turn, so that a clock set back cannot make it come twice. */
  readonly day: Day;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A turn that is later than this is not done any more, in milliseconds. */
export const LATE = 3 * 3_600_000;
/** The next turn is looked for as many days ahead: longer than any row of holidays. */
const AHEAD = 60;

/** Turns after `after` up to `until` (ms), in order of time. */
export function turnsBetween(clock: OffHoursClock, after: number, until: number): Turn[] {
  const { timeZone } = clock;
  const dayOf = (at: number) => DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
  const turns: Turn[] = [];
  // A stop after midnight belongs to the day before.
  for (let day = addDays(dayOf(after), -1); day <= dayOf(until); day = addDays(day, 1))
    turns.push(...turnsOn(clock, day));
  return turns.filter(({ at }) => at > after && at <= until).sort((a, b) => a.at - b.at);
}

/** The first turn after `now` (ms), of one kind where that is asked; undefined when there is none in 60 days. */
export function nextTurn(clock: OffHoursClock, now: number, kind?: Turn['turn']): Turn | undefined {
  const turns = turnsBetween(clock, now, now + AHEAD * 86_400_000);
  return turns.find(({ turn }) => kind === undefined || turn === kind);
}

export type DueTurn = Turn &
  (
    | { readonly what: 'do' }
    /** late: found more than three hours after its time. overtaken: the next turn has come. */
    | { readonly what: 'miss'; readonly why: 'late' | 'overtaken' }
  );

/**
 * What is to be done about the turns since `since` that nobody has settled, oldest first: only the newest one is still
 * of use, and only for three hours.
 *
 * Example: down from 18:00 to 21:00, a stop of 19:00 is done at 21:00; down until 06:00, it is missed.
 */
export function dueTurns(
  clock: OffHoursClock,
  { since, now, isSettled }: { readonly since: number; readonly now: number; isSettled(turn: Turn): boolean },
): DueTurn[] {
  const turns = turnsBetween(clock, since, now);
  return turns
    .map((turn, index): DueTurn => {
      if (index < turns.length - 1) return { ...turn, what: 'miss', why: 'overtaken' };
      return now - turn.at < LATE ? { ...turn, what: 'do' } : { ...turn, what: 'miss', why: 'late' };
    })
    .filter((turn) => !isSettled(turn));
}

function turnsOn(clock: OffHoursClock, day: Day): Turn[] {
  const { days, stop, start, timeZone } = clock;
  const name = WEEKDAYS[(weekday(day) + 6) % 7];
  if (name === undefined || !days.includes(name) || clock.isHoliday(day)) return [];
  const stopsOn = start !== undefined && stop <= start ? addDays(day, 1) : day;
  return [
    ...(start === undefined ? [] : [{ turn: 'start' as const, day, at: momentOn(day, start, timeZone) }]),
    { turn: 'stop' as const, day, at: momentOn(stopsOn, stop, timeZone) },
  ];
}
