/** A schedule's clock: whose zone it is, and which days are holidays. */
import { publicHolidays } from '../../analysis/schedule/holidays.ts';
import type { OffHoursClock } from '../../analysis/schedule/off-hours.ts';
import type { OffHoursSchedule } from '../../core/action.ts';
import type { Day } from '../../core/day.ts';
import type { Settings } from '../../core/settings.ts';
import type { Context } from '../context.ts';
import { teamOfScope } from '../standing.ts';

export interface ScheduleClock extends OffHoursClock {
  /** False: nobody knows the public holidays of the country that is written. */
  readonly countryKnown: boolean;
  /** "Christmas Day", or that it is written down; undefined on other days. */
  holidayName(day: Day): string | undefined;
}

export async function clockOf(context: Context, schedule: OffHoursSchedule): Promise<ScheduleClock> {
  const { settings, store } = context;
  const { days, stop, start, holidays, country } = schedule;
  const team = await teamOfScope(store, schedule.scope);
  const year = new Date(context.now()).getUTCFullYear();
  const calendar =
    country === undefined ? undefined : await publicHolidays(country, [year - 1, year, year + 1]);
  const holidayName = (day: Day) =>
    holidays.includes(day) ? 'a holiday in pennywatch.yaml' : calendar?.nameOf(day);
  return {
    days,
    stop,
    ...(start !== undefined && { start }),
    timeZone: schedule.timeZone ?? zoneOfTeam(settings, team) ?? settings.timeZone,
    isHoliday: (day) => holidayName(day) !== undefined,
    countryKnown: calendar?.known ?? true,
    holidayName,
  };
}

function zoneOfTeam({ teams }: Settings, team: string | undefined): string | undefined {
  return teams.find(({ name }) => name === team)?.timeZone;
}
