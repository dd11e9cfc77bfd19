/** Approves or declines a proposal: by somebody else than whoever asked, each person once, all in one transaction. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { parseScope } from '../../core/scope.ts';
import { addApproval, moveProposal, type StoredProposal } from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { demand, findStanding, isSameEmail } from '../standing.ts';
import { afterwards } from './afterwards.ts';
import { findProposalApprovers } from './approvers.ts';
import { auditProposal } from './audit.ts';
import { demandProposal, demandState } from './demand-proposal.ts';
import { tellProposal } from './tell.ts';

export interface ProposalDecision {
  readonly id: number;
  readonly verdict: 'approve' | 'decline';
  readonly note?: string;
}

/** Throws FORBIDDEN for whoever asked and for somebody whom the policy does not name, CONFLICT when it is decided or over. */
export async function decideProposal(
  context: Context,
  actor: Actor,
  { id, verdict, note }: ProposalDecision,
  { newId }: { readonly newId: NewId },
): Promise<StoredProposal> {
  const { store, settings } = context;
  const key = actorKey(actor);
  const seen = await demandProposal(store, id);
  const approvers = await findProposalApprovers(context, seen);
  const who = await findStanding(context, actor);
  // The terminal has no e-mail: it is told apart by its name.
  const email = who.kind === 'person' ? who.email.toLowerCase() : key;
  const decided = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const before = await demandProposal(tx, id);
    const { team, scope, requestedBy } = before;
    await demand(
      { store: tx, settings },
      actor,
      {
        kind: 'proposal-decision',
        scope: parseScope(scope),
        ...(team !== undefined && { team }),
        own: key === requestedBy || (approvers.asker !== undefined && isSameEmail(approvers.asker, email)),
        decided: before.approvals.some((one) => one.email === email),
        approvers: [...approvers.emails, ...approvers.groups],
        names: [...approvers.people.map(({ name }) => name), ...approvers.groups],
        subject: `proposal:${id}`,
      },
      who,
    );
    demandState(before, ['waiting'], context.now());
    const at = new Date(context.now());
    const added = await addApproval(tx, id, { email, actor: key, verdict, at, ...(note && { note }) });
    if (!added)
      throw new AppError('CONFLICT', 'You have decided about it already.', {
        hint: `See it: proposal ${id}.`,
      });
    const approved = before.approvals.filter((one) => one.verdict === 'approve').length + 1;
    if (verdict === 'decline')
      await moveProposal(tx, id, ['waiting'], 'declined', {
        endedBy: key,
        finishedAt: at,
        ...(note && { note }),
      });
    else if (approved >= before.approvalsNeeded) await moveProposal(tx, id, ['waiting'], 'approved');
    const after = await demandProposal(tx, id);
    await auditProposal(tx, verdict, after, { actor: key, at, facts: { note, approvals: approved } });
    await tellProposal(tx, { context, newId }, after, { approvers });
    return after;
  });
  return afterwards(context, decided);
}
