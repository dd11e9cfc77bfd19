/** Who gets which report: subscribes and unsubscribes channels and people, each change audited in one transaction. */
import { type Actor, actorKey } from '../core/actor.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { appendAudit } from '../store/audit.ts';
import { findConversation } from '../store/chat-conversations.ts';
import type { StoreTransaction } from '../store/open.ts';
import { listTeams } from '../store/organisation.ts';
import {
  type Frequency,
  listSubscriptions,
  removeSubscription,
  type Subscription,
  saveSubscription,
  switchWeeklyReport,
  weeklyReportIsOff,
} from '../store/subscriptions.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Context } from './context.ts';
import { type ReportPlace, samePlace } from './report-place.ts';
import { demand, teamOfScope } from './standing.ts';
import { stateText } from './sync-settings/plan.ts';
import { channelsToTell } from './team-channels.ts';

export { type Frequency, type Subscription, weeklyReportIsOff };

/** A report that somebody gets: subscribed to, or a team's own that comes by itself. */
export interface Delivery extends ReportPlace {
  readonly scope: string;
  readonly frequency: Frequency;
  /** "team": the weekly report that a team's channel gets without subscribing. */
  readonly by: 'subscription' | 'team';
  /** The team whose channel it is, if it is one's. */
  readonly channelTeam?: string;
}

/** Everything that is delivered, the teams' own reports first. */
export async function listDeliveries({
  store,
  settings,
}: Pick<Context, 'settings'> & { readonly store: StoreTransaction }): Promise<Delivery[]> {
  const teams = await listTeams(store);
  const own: Delivery[] = [];
  for (const team of settings.reports.enabled ? teams : [])
    for (const { platform, channel } of channelsToTell(settings, team)) {
      const { name } = team;
      if (!(await weeklyReportIsOff(store, name, platform)))
        own.push({
          platform,
          target: channel,
          kind: 'channel',
          scope: scopeKey({ kind: 'team', name }),
          frequency: 'weekly',
          by: 'team',
          channelTeam: name,
        });
    }
  const teamOf = (place: ReportPlace) =>
    teams.find(({ channels }) => channels[place.platform] === place.target)?.name;
  const subscribed = (await listSubscriptions(store)).map(
    ({ platform, workspace, target, kind, scope, frequency }): Delivery => {
      const place: ReportPlace = { platform, ...(workspace && { workspace }), target, kind };
      const channelTeam = teamOf(place);
      return { ...place, scope, frequency, by: 'subscription', ...(channelTeam && { channelTeam }) };
    },
  );
  return [...own, ...subscribed];
}

/** What a channel is called where its platform said so, else its id. */
export async function channelTitle(
  store: StoreTransaction,
  { platform, target }: Pick<ReportPlace, 'platform' | 'target'>,
): Promise<string> {
  return (await findConversation(store, platform, { id: target }))?.name ?? target;
}

export type Subscribed = 'added' | 'already' | 'switched-on';

/** Adds a report to a place. Throws FORBIDDEN for somebody who may not. */
export async function subscribe(
  context: Context,
  actor: Actor,
  wanted: { scope: Scope; frequency: Frequency; place: ReportPlace },
): Promise<Subscribed> {
  const { scope, frequency, place } = wanted;
  const key = scopeKey(scope);
  return changeDeliveries(context, actor, { scope, place }, async (tx, there, channelTeam) => {
    if (there.some((one) => one.scope === key && one.frequency === frequency)) return 'already';
    const entry = { at: new Date(context.now()), actor: actorKey(actor) };
    if (channelTeam !== undefined && isOwnReport(context, wanted, channelTeam)) {
      await switchWeeklyReport(tx, { team: channelTeam, platform: place.platform }, 'on');
      await appendAudit(tx, {
        ...entry,
        action: 'report.on',
        subject: `report:${key} weekly`,
        after: '"on"',
      });
      return 'switched-on';
    }
    const { platform, workspace, target, kind } = place;
    const subscription = {
      platform,
      ...(workspace && { workspace }),
      target,
      kind,
      scope: key,
      frequency,
      createdBy: actorKey(actor),
      createdAt: entry.at,
    };
    const { id: _, ...saved } = await saveSubscription(tx, subscription);
    await appendAudit(tx, {
      ...entry,
      action: 'subscription.create',
      subject: subjectOf(saved),
      after: stateText(saved),
    });
    return 'added';
  });
}

/** Ends a report to a place (every frequency when none is given); the reports that ended. Throws FORBIDDEN. */
export async function unsubscribe(
  context: Context,
  actor: Actor,
  wanted: { scope: Scope; frequency?: Frequency; place: ReportPlace },
): Promise<readonly Delivery[]> {
  const { scope, frequency, place } = wanted;
  const key = scopeKey(scope);
  return changeDeliveries(context, actor, { scope, place }, async (tx, there, channelTeam) => {
    const ending = there.filter(
      (one) => one.scope === key && (frequency === undefined || one.frequency === frequency),
    );
    const entry = { at: new Date(context.now()), actor: actorKey(actor) };
    if (ending.some(({ by }) => by === 'team') && channelTeam !== undefined) {
      await switchWeeklyReport(tx, { team: channelTeam, platform: place.platform }, 'off');
      await appendAudit(tx, {
        ...entry,
        action: 'report.off',
        subject: `report:${key} weekly`,
        before: '"on"',
        after: '"off"',
      });
    }
    const rows = (await listSubscriptions(tx)).filter(
      (row) =>
        samePlace(row, place) &&
        ending.some((one) => one.scope === row.scope && one.frequency === row.frequency),
    );
    for (const { id, ...row } of rows) {
      await removeSubscription(tx, id);
      await appendAudit(tx, {
        ...entry,
        action: 'subscription.remove',
        subject: subjectOf(row),
        before: stateText(row),
      });
    }
    return ending;
  });
}

async function changeDeliveries<T>(
  context: Context,
  actor: Actor,
  { scope, place }: { scope: Scope; place: ReportPlace },
  change: (tx: StoreTransaction, there: readonly Delivery[], channelTeam?: string) => Promise<T>,
): Promise<T> {
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const channelTeam = (await listTeams(tx)).find(
      ({ channels }) => channels[place.platform] === place.target,
    )?.name;
    const mine = place.kind === 'person' && actor.kind === 'person' && place.target === actor.id;
    await demand({ store: tx, settings: context.settings }, actor, {
      kind: 'subscription',
      scope,
      team: await teamOfScope(tx, scope),
      to: mine ? 'myself' : 'channel',
      ...(channelTeam && { channelTeam }),
    });
    const all = await listDeliveries({ store: tx, settings: context.settings });
    return change(
      tx,
      all.filter((one) => samePlace(one, place)),
      channelTeam,
    );
  });
}

/** Whether this is the weekly report that the team's own channel gets by itself unless it was switched off. */
function isOwnReport(
  { settings }: Context,
  { scope, frequency, place }: { scope: Scope; frequency: Frequency; place: ReportPlace },
  channelTeam: string,
): boolean {
  const own = scope.kind === 'team' && scope.name === channelTeam && frequency === 'weekly';
  const home = settings.teams.find(({ name }) => name === channelTeam)?.home;
  return own && settings.reports.enabled && (home === undefined || home === place.platform);
}

function subjectOf({ platform, target, scope, frequency }: Omit<Subscription, 'id'>): string {
  return `subscription:${platform}:${target} ${scope} ${frequency}`;
}
