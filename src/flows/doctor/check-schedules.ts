/** When each off-hours schedule turns next. */
import type { Settings } from '../../core/settings.ts';
import type { Store } from '../../store/open.ts';
import { formatTime } from '../../view/format.ts';
import type { ScheduleShown } from '../../view/messages/off-hours.ts';
import { readSchedules } from '../off-hours/report.ts';
import type { DoctorCheck } from './types.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One check per schedule. */
export async function checkSchedules(store: Store, settings: Settings, now: number): Promise<DoctorCheck[]> {
  const schedules = await readSchedules({ store, settings, now: () => now, log: silent });
  return schedules.map(checkOne);
}

function checkOne({
  name,
  nextStop,
  nextStart,
  start,
  timeZone,
  country,
  countryKnown,
}: ScheduleShown): DoctorCheck {
  const named = { id: `schedule-${name}`, title: `Off-hours ${name}` };
  const at = (moment: Date) => `${formatTime(moment, timeZone)} (${timeZone})`;
  if (!nextStop)
    return {
      ...named,
      status: 'warn',
      detail: 'It stops nothing in the next 60 days: each of its days is a holiday, or it has none.',
      mend: 'Correct days and holidays of the schedule under actions.schedules.',
    };
  const detail = `Stops ${at(nextStop)}; ${start !== undefined && nextStart ? `starts ${at(nextStart)}` : 'started by hand'}.`;
  if (countryKnown || country === undefined) return { ...named, status: 'ok', detail };
  return {
    ...named,
    status: 'warn',
    detail: `${detail} No public holidays are known for ${country}.`,
    mend: 'Correct country (DE, or with its region DE-BY), or write the days under holidays.',
  };
}
