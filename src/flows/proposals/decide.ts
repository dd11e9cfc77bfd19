/** Approves or declines a proposal: by somebody else than whoever asked, each person once, all in one transaction. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { addApproval, moveProposal, type StoredProposal } from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { deciderOf } from '../same-person.ts';
import { demand, findStanding } from '../standing.ts';
import { afterwards } from './afterwards.ts';
import { findProposalApprovers } from './approvers.ts';
import { auditProposal } from './audit.ts';
import { demandProposal, demandState } from './demand-proposal.ts';
import { decisionOf } from './may.ts';
import { isOwn } from './own.ts';
import { tellProposal } from './tell.ts';
import { timesOf } from './when.ts';

export interface ProposalDecision {
  readonly id: number;
  readonly verdict: 'approve' | 'decline';
  readonly note?: string;
}

/**
 * Declining stops what is approved too, until it runs, also by somebody who had approved it. Throws FORBIDDEN for whoever
 * asked and for somebody whom the policy does not name, CONFLICT when it is decided or over.
 */
export async function decideProposal(
  context: Context,
  actor: Actor,
  { id, verdict, note }: ProposalDecision,
  { newId }: { readonly newId: NewId },
): Promise<StoredProposal> {
  const { store, settings } = context;
  const key = actorKey(actor);
  const seen = await demandProposal(store, id);
  const approvers = await findProposalApprovers(context, seen, { called: true });
  const who = await findStanding(context, actor);
  const email = deciderOf(actor, who);
  const own = await isOwn(context, seen, actor, email);
  const decided = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const before = await demandProposal(tx, id);
    demandUnchanged(seen, before);
    const decided = verdict === 'approve' && before.approvals.some((one) => one.email === email);
    await demand({ store: tx, settings }, actor, decisionOf(before, approvers, { own, decided }), who);
    demandState(before, verdict === 'approve' ? ['waiting'] : ['waiting', 'approved'], context.now());
    const at = new Date(context.now());
    const added = await addApproval(tx, id, { email, actor: key, verdict, at, ...(note && { note }) });
    if (!added && verdict === 'approve')
      throw new AppError('CONFLICT', 'You have decided about it already.', {
        hint: `See it: proposal ${id}.`,
      });
    const approved = before.approvals.filter((one) => one.verdict === 'approve').length + 1;
    if (verdict === 'decline')
      await moveProposal(tx, id, ['waiting', 'approved'], 'declined', {
        endedBy: key,
        finishedAt: at,
        ...(note && { note }),
      });
    else if (approved >= before.approvalsNeeded)
      await moveProposal(tx, id, ['waiting'], 'approved', timesOf(before, at.getTime(), settings));
    const after = await demandProposal(tx, id);
    await auditProposal(tx, verdict, after, { actor: key, at, facts: { note, approvals: approved } });
    await tellProposal(tx, { context, newId }, after, { approvers });
    return after;
  });
  return afterwards(context, decided);
}

/** Who may decide was looked up before the database was locked: for what it is now, it must be looked up anew. */
function demandUnchanged(seen: StoredProposal, now: StoredProposal): void {
  if (seen.requestedAt?.getTime() === now.requestedAt?.getTime() && seen.requestedBy === now.requestedBy)
    return;
  throw new AppError('CONFLICT', `Proposal ${now.id} was sent just now.`, {
    hint: `Look at it, then decide: proposal ${now.id}.`,
  });
}
