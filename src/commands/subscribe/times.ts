/** When reports are posted, in words. */
import type { Scope } from '../../core/scope.ts';
import type { Settings } from '../../core/settings.ts';
import type { ReportTimes } from '../../view/messages/subscriptions.ts';

/** "on Mondays at 09:00 (Europe/Berlin)": on the clock of the scope's team; for all reports, of any team. */
export function reportTimes({ reports, timeZone, teams }: Settings, scope?: Scope): ReportTimes {
  const day = reports.day.charAt(0).toUpperCase() + reports.day.slice(1);
  const own = teams.find(({ name }) => scope?.kind === 'team' && name === scope.name)?.timeZone;
  const zone = own ?? timeZone;
  return {
    weekly: `on ${day}s at ${reports.time}`,
    daily: `every day at ${reports.time}`,
    zone: scope ? zone : `on the team's clock, ${zone} unless it has its own`,
  };
}
