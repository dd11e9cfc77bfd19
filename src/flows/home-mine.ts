/** What waits for one person: anomalies that are theirs to look at, proposals to approve, time limits, reports. */
import { type Actor, actorKey } from '../core/actor.ts';
import { ANOMALY_STATES } from '../core/anomaly.ts';
import type { Standing } from '../core/authorise.ts';
import { parseScope } from '../core/scope.ts';
import { listAnomalies, type StoredAnomaly } from '../store/anomalies.ts';
import { listLiveLimits } from '../store/live-limits.ts';
import { listMembers } from '../store/organisation.ts';
import type { HomeLimit, HomeMine } from '../view/messages/home-types.ts';
import { findAnswerable } from './anomalies/answerable.ts';
import { showAnomalies } from './anomalies/show.ts';
import type { Context } from './context.ts';
import { myProposals } from './home/proposals.ts';
import { reportSettings } from './settings-report.ts';
import { isSameEmail, teamOfScope } from './standing.ts';
import { listDeliveries } from './subscribe.ts';

type Person = Extract<Standing, { kind: 'person' }>;

const OPEN = ANOMALY_STATES.filter((state) => state !== 'resolved');
const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** Undefined for somebody who is not in pennywatch.yaml: nothing is theirs. */
export async function reportMine(
  context: Context,
  actor: Actor,
  who: Standing,
): Promise<HomeMine | undefined> {
  if (who.kind !== 'person') return undefined;
  const { mayChange } = await reportSettings(context, actor);
  const accounts = await accountsOf(context, actor, who);
  return {
    anomalies: await showAnomalies(context, await myAnomalies(context, who)),
    proposals: await myProposals(context, actor, who),
    limits: await myLimits(context, accounts, who),
    reports: await myReports(context, accounts, who),
    mayChange,
    mode: context.settings.actions.mode,
    timeZone: context.settings.timeZone,
  };
}

/** Given to them, theirs or of their teams; open ones first, the gravest first. */
async function myAnomalies({ store }: Context, who: Person): Promise<StoredAnomaly[]> {
  const mine: StoredAnomaly[] = [];
  for (const anomaly of await listAnomalies(store, { status: OPEN })) {
    const [team] = anomaly.path;
    const ofTeam = typeof team === 'string' && who.teams.includes(team);
    if (ofTeam || (await isTheirs(store, anomaly, who))) mine.push(anomaly);
  }
  const rank = ({ status, severity }: StoredAnomaly) =>
    ANOMALY_STATES.indexOf(status) * SEVERITIES.length + SEVERITIES.indexOf(severity);
  return mine.sort((a, b) => rank(a) - rank(b));
}

async function isTheirs(
  store: Context['store'],
  anomaly: StoredAnomaly,
  { email, groups, teams }: Person,
): Promise<boolean> {
  const { owner, team } = await findAnswerable(store, anomaly);
  if (team !== undefined && teams.includes(team)) return true;
  return owner?.email === undefined
    ? owner !== undefined && groups.includes(owner.name.toLowerCase())
    : isSameEmail(owner.email, email);
}

/** The keys under which what they did is written down: on every platform that pennywatch.yaml knows them on. */
async function accountsOf({ store }: Context, actor: Actor, { email }: Person): Promise<ReadonlySet<string>> {
  const member = (await listMembers(store)).find((one) => isSameEmail(one.email, email));
  const others = (member?.identities ?? []).map(({ platform, id }) =>
    actorKey({ kind: 'person', platform, id }),
  );
  return new Set([actorKey(actor), ...others]);
}

/** Time limits that they set, and those of their teams' things. */
async function myLimits(
  { store }: Context,
  accounts: ReadonlySet<string>,
  { teams }: Person,
): Promise<HomeLimit[]> {
  const mine: HomeLimit[] = [];
  for (const { scope, until, setBy } of await listLiveLimits(store)) {
    const own = accounts.has(setBy);
    const team = own ? undefined : await teamOfScope(store, parseScope(scope));
    if (own || (team !== undefined && teams.includes(team))) mine.push({ scope, until });
  }
  return mine;
}

/** Reports to themselves, and to the channels of their teams. */
async function myReports(
  context: Context,
  accounts: ReadonlySet<string>,
  { teams }: Person,
): Promise<HomeMine['reports']> {
  const deliveries = await listDeliveries(context);
  const reports = deliveries.flatMap(
    ({ kind, platform, target, scope, frequency, channelTeam }): HomeMine['reports'] => {
      const to = actorKey({ kind: 'person', platform, id: target });
      if (kind === 'person' && accounts.has(to)) return [{ scope, frequency, to: 'you' }];
      return channelTeam !== undefined && teams.includes(channelTeam)
        ? [{ scope, frequency, to: 'team' }]
        : [];
    },
  );
  // A team with a channel on each platform gets the same report in both.
  return [...new Map(reports.map((report) => [JSON.stringify(report), report])).values()];
}
