/** What waits for one person: anomalies that are theirs to look at, proposals to approve, time limits, reports. */
import { type Actor, actorKey } from '../core/actor.ts';
import { ANOMALY_STATES } from '../core/anomaly.ts';
import { authorise, type Standing } from '../core/authorise.ts';
import { parseScope } from '../core/scope.ts';
import { listAnomalies, type StoredAnomaly } from '../store/anomalies.ts';
import { listProposals, type StoredProposal } from '../store/proposals.ts';
import type { HomeMine, HomeProposal } from '../view/messages/home-mine.ts';
import { findAnswerable } from './anomalies/answerable.ts';
import { showAnomalies } from './anomalies/show.ts';
import type { Context } from './context.ts';
import { findProposalApprovers } from './proposals/approvers.ts';
import { reportSettings } from './settings-report.ts';
import { actorNames, isSameEmail } from './standing.ts';
import { listDeliveries } from './subscribe.ts';

type Person = Extract<Standing, { kind: 'person' }>;

const OPEN = ANOMALY_STATES.filter((state) => state !== 'resolved');
/** What is asked of others and not over. */
const UNDER_WAY = ['waiting', 'approved', 'running'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** Undefined for somebody who is not in pennywatch.yaml: nothing is theirs. */
export async function reportMine(
  context: Context,
  actor: Actor,
  who: Standing,
): Promise<HomeMine | undefined> {
  if (who.kind !== 'person') return undefined;
  const { mayChange } = await reportSettings(context, actor);
  return {
    anomalies: await showAnomalies(context, await myAnomalies(context, who)),
    proposals: await myProposals(context, actor, who),
    limits: [],
    reports: await myReports(context, actor, who),
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

/** What they may approve first, then what they asked for. */
async function myProposals(context: Context, actor: Actor, who: Person): Promise<HomeProposal[]> {
  const nameOf = await actorNames(context.store);
  const shown: HomeProposal[] = [];
  for (const proposal of await listProposals(context.store, { status: [...UNDER_WAY], limit: 100 })) {
    const role = await roleIn(context, actor, who, proposal);
    if (role) shown.push({ ...homeProposal(proposal), role, by: nameOf(proposal.requestedBy) });
  }
  return shown.sort((a, b) => Number(b.role === 'approve') - Number(a.role === 'approve'));
}

async function roleIn(
  context: Context,
  actor: Actor,
  who: Person,
  proposal: StoredProposal,
): Promise<HomeProposal['role'] | undefined> {
  const { scope, team, requestedBy, status, expiresAt } = proposal;
  const approvers = await findProposalApprovers(context, proposal);
  const own =
    requestedBy === actorKey(actor) ||
    (approvers.asker !== undefined && isSameEmail(approvers.asker, who.email));
  if (own) return 'asked';
  if (status !== 'waiting' || expiresAt.getTime() <= context.now()) return undefined;
  const { allowed } = authorise(who, {
    kind: 'proposal-decision',
    scope: parseScope(scope),
    ...(team !== undefined && { team }),
    own,
    decided: proposal.approvals.some(({ email }) => isSameEmail(email, who.email)),
    approvers: [...approvers.emails, ...approvers.groups],
    names: [],
  });
  return allowed ? 'approve' : undefined;
}

function homeProposal(proposal: StoredProposal): Omit<HomeProposal, 'role' | 'by'> {
  const { id, title, status, expiresAt, currency, savingMicros, approvals, approvalsNeeded } = proposal;
  return {
    id,
    title,
    status,
    expiresAt,
    currency,
    approved: approvals.filter(({ verdict }) => verdict === 'approve').length,
    approvalsNeeded,
    ...(savingMicros !== undefined && { savingMicros }),
  };
}

/** Reports to themselves, and to the channels of their teams. */
async function myReports(context: Context, actor: Actor, { teams }: Person): Promise<HomeMine['reports']> {
  const id = actor.kind === 'person' ? actor.id : undefined;
  const deliveries = await listDeliveries(context);
  return deliveries.flatMap(({ kind, target, scope, frequency, channelTeam }): HomeMine['reports'] => {
    if (kind === 'person' && target === id) return [{ scope, frequency, to: 'you' }];
    return channelTeam !== undefined && teams.includes(channelTeam) ? [{ scope, frequency, to: 'team' }] : [];
  });
}
