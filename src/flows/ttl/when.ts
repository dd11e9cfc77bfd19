/** Until when somebody wants it: hours from now, or a day on the organisation's clock. */
import { momentOn } from '../../analysis/schedule/slots.ts';
import { type Day, dayInZone, isDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Context } from '../context.ts';

export type Until =
  | { readonly kind: 'hours'; readonly hours: number }
  /** A day counts as a whole: until its last minute, unless there is a time ("18:00"). */
  | { readonly kind: 'day'; readonly day: Day; readonly time?: string };

const HOUR_MS = 3_600_000;
const SHORTEST = 15 * 60_000;
const LONGEST_DAYS = 366;

/** Milliseconds since the epoch; hours count from `from`. Throws INVALID for what is over, too soon or too far. */
export function momentOf(
  { settings, now }: Pick<Context, 'settings' | 'now'>,
  until: Until,
  from: number = now(),
): number {
  const at =
    until.kind === 'hours'
      ? from + until.hours * HOUR_MS
      : momentOn(checkDay(until.day), until.time ?? '23:59', settings.timeZone);
  const today = dayInZone(now(), settings.timeZone);
  if (at < now() + SHORTEST)
    throw new AppError('INVALID', 'That is over, or less than a quarter of an hour from now.', {
      hint: `Write how long it may still go on, such as 48h, or a day after ${today}. To stop it now: stop SCOPE.`,
    });
  if (at > now() + LONGEST_DAYS * 24 * HOUR_MS)
    throw new AppError(
      'INVALID',
      `Something may go on for ${LONGEST_DAYS} days at most before you are asked.`,
      {
        hint: 'Check the year, or write fewer days.',
      },
    );
  return at;
}

function checkDay(day: Day): Day {
  if (isDay(day)) return day;
  throw new AppError('INVALID', `${day} is no day.`, { hint: 'Write it as 2026-12-01.' });
}
