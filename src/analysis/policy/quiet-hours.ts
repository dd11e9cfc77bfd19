/** Hours in which approved proposals wait. */
import { DateTime } from 'luxon';
import type { QuietHours } from '../../core/action.ts';

/** The end of the quiet hours that `now` (ms) is in, in ms; undefined outside of them. "22:00" to "07:00" goes over midnight. */
export function quietUntil(now: number, hours: QuietHours | undefined, timeZone: string): number | undefined {
  if (!hours || hours.from === hours.to) return undefined;
  const here = DateTime.fromMillis(now, { zone: timeZone });
  const time = here.toFormat('HH:mm');
  const overnight = hours.from > hours.to;
  const quiet = overnight ? time >= hours.from || time < hours.to : time >= hours.from && time < hours.to;
  if (!quiet) return undefined;
  const [hour = 0, minute = 0] = hours.to.split(':').map(Number);
  const day = overnight && time >= hours.from ? here.plus({ days: 1 }) : here;
  return day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
}
