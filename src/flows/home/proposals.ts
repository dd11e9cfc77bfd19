/** The proposals that wait for one person, and those that the person asked for. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { authorise, type Standing } from '../../core/authorise.ts';
import { listProposals, type StoredProposal } from '../../store/proposals.ts';
import type { HomeProposal } from '../../view/messages/home-types.ts';
import type { Context } from '../context.ts';
import { findProposalApprovers } from '../proposals/approvers.ts';
import { decisionOf } from '../proposals/may.ts';
import { actorNames, isSameEmail } from '../standing.ts';

type Person = Extract<Standing, { kind: 'person' }>;

/** What is asked of others and not over. */
const UNDER_WAY = ['waiting', 'approved', 'running'] as const;

/** What they may approve first, then what they asked for. */
export async function myProposals(context: Context, actor: Actor, who: Person): Promise<HomeProposal[]> {
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
  const { requestedBy, status, expiresAt } = proposal;
  const approvers = await findProposalApprovers(context, proposal);
  const own =
    requestedBy === actorKey(actor) ||
    (approvers.asker !== undefined && isSameEmail(approvers.asker, who.email));
  if (own) return 'asked';
  if (status !== 'waiting' || expiresAt.getTime() <= context.now()) return undefined;
  const decided = proposal.approvals.some(({ email }) => isSameEmail(email, who.email));
  const { allowed } = authorise(who, decisionOf(proposal, approvers, { own, decided }));
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
