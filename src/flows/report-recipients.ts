/** Who gets which report where and when: teams with a channel, and everybody who subscribed. */
import type { Schedule } from '../analysis/schedule/slots.ts';
import { parseScope, type Scope, scopeKey } from '../core/scope.ts';
import { listTeams } from '../store/organisation.ts';
import { listSubscriptions, weeklyReportIsOff } from '../store/subscriptions.ts';
import type { Context } from './context.ts';
import { channelsToTell } from './team-channels.ts';

/** Somebody who gets a report, and when. */
export interface Recipient {
  readonly platform: string;
  readonly workspace?: string;
  readonly channel: string;
  /** To one person, in a conversation with the bot alone. */
  readonly direct?: boolean;
  readonly scope: Scope;
  readonly frequency: 'weekly' | 'daily';
  readonly schedule: Schedule;
  /** The report's own place: once it has a pinned message, the next report does without it. */
  readonly first: boolean;
  /** When it was subscribed to: slots before were never promised. Absent for a team's own report. */
  readonly since?: Date;
}

/**
 * Teams, in every channel of theirs that is told (see `channelsToTell`) and did not say no, and everybody who subscribed;
 * a channel gets the same report once.
 */
export async function findRecipients(context: Context): Promise<Recipient[]> {
  const { reports, timeZone, teams } = context.settings;
  const found = new Map<string, Recipient>();
  const about = new Set<string>();
  const add = (recipient: Omit<Recipient, 'first'>) => {
    const key = slotKey(recipient, '');
    if (found.has(key)) return;
    const report = `${scopeKey(recipient.scope)} ${recipient.frequency}`;
    found.set(key, { ...recipient, first: !about.has(report) });
    about.add(report);
  };
  const schedule = (frequency: 'weekly' | 'daily', zone: string | undefined): Schedule => ({
    ...(frequency === 'weekly' && { day: reports.day }),
    time: reports.time,
    timeZone: zone ?? timeZone,
  });
  const zoneOf = new Map(teams.map((team) => [team.name, team.timeZone]));
  for (const team of reports.enabled ? await listTeams(context.store) : []) {
    const { name } = team;
    for (const { platform, channel } of channelsToTell(context.settings, team)) {
      if (await weeklyReportIsOff(context.store, name, platform)) continue;
      const scope: Scope = { kind: 'team', name };
      add({
        platform,
        channel,
        scope,
        frequency: 'weekly',
        schedule: schedule('weekly', zoneOf.get(name)),
      });
    }
  }
  for (const subscription of await listSubscriptions(context.store)) {
    const { platform, workspace, target, kind, scope, frequency, timeZone: own, createdAt } = subscription;
    const subject = parseScope(scope);
    const zone = own ?? (subject.kind === 'team' ? zoneOf.get(subject.name) : undefined);
    add({
      platform,
      ...(workspace && { workspace }),
      channel: target,
      ...(kind === 'person' && { direct: true }),
      scope: subject,
      frequency,
      schedule: schedule(frequency, zone),
      since: createdAt,
    });
  }
  return [...found.values()];
}

/** Names the recipient and one slot of theirs, for claims and message keys. */
export function slotKey(
  { platform, channel, scope, frequency }: Omit<Recipient, 'first'>,
  day: string,
): string {
  return `${platform}:${channel} ${scopeKey(scope)} ${frequency} ${day}`.trim();
}
