/** What somebody may do with a proposal that waits: for what they are shown. What they do is judged when they do it. */
import type { Actor } from '../../core/actor.ts';
import { authorise } from '../../core/authorise.ts';
import type { Change } from '../../core/refusals.ts';
import { parseScope } from '../../core/scope.ts';
import type { StoredProposal } from '../../store/proposals.ts';
import type { Context } from '../context.ts';
import { deciderOf, isAskers } from '../same-person.ts';
import { findStanding, isSameEmail } from '../standing.ts';
import type { ProposalApprovers } from './approvers.ts';
import { isOwnSurely } from './own.ts';

export interface ProposalRights {
  readonly approve: boolean;
  readonly decline: boolean;
  /** Whoever asked takes it back. */
  readonly withdraw: boolean;
}

/** Asks chat platforms, so never in a transaction. */
export async function proposalRights(
  context: Context,
  actor: Actor,
  proposal: StoredProposal,
  approvers: ProposalApprovers,
): Promise<ProposalRights> {
  const { status, expiresAt, approvals } = proposal;
  const open = (status === 'waiting' || status === 'approved') && expiresAt.getTime() > context.now();
  if (!open) return { approve: false, decline: false, withdraw: false };
  const who = await findStanding(context, actor);
  const decider = deciderOf(actor, who);
  const own = await isOwnSurely(context, proposal, actor, decider);
  const before = approvals.some(({ email }) => isSameEmail(email, decider));
  // Where it cannot be told whose it is, nobody is offered a decision on a guess.
  const may = (decided: boolean) =>
    own !== undefined && authorise(who, decisionOf(proposal, approvers, { own, decided })).allowed;
  return {
    approve: status === 'waiting' && may(before),
    decline: may(false),
    withdraw: await isAskers(context, actor, proposal),
  };
}

/** The decision about a proposal, as `authorise` judges it. */
export function decisionOf(
  { id, scope, team }: Pick<StoredProposal, 'id' | 'scope' | 'team'>,
  { emails, people, groups }: ProposalApprovers,
  { own, decided }: { readonly own: boolean; readonly decided: boolean },
): Extract<Change, { kind: 'proposal-decision' }> {
  return {
    kind: 'proposal-decision',
    scope: parseScope(scope),
    ...(team !== undefined && { team }),
    own,
    decided,
    approvers: [...emails, ...groups],
    names: [...people.map(({ name }) => name), ...groups],
    subject: `proposal:${id}`,
  };
}
