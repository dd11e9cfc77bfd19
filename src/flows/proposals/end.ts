/** Ends proposals that nobody carries out: taken back by whoever asked, or expired. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { forgetDrafts, listProposals, moveProposal, type StoredProposal } from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { refusal } from '../refused.ts';
import { isAskers } from '../same-person.ts';
import { afterwards } from './afterwards.ts';
import { auditProposal } from './audit.ts';
import { demandProposal, demandState } from './demand-proposal.ts';
import { tellProposal } from './tell.ts';

const DAY_MS = 86_400_000;

/** Throws FORBIDDEN for somebody else's, CONFLICT when it runs or is over. */
export async function withdrawProposal(
  context: Context,
  actor: Actor,
  id: number,
  { newId }: { readonly newId: NewId },
): Promise<StoredProposal> {
  const key = actorKey(actor);
  if (!(await isAskers(context, actor, await demandProposal(context.store, id))))
    throw refusal(
      'withdraw',
      `proposal:${id}`,
      new AppError('FORBIDDEN', `Proposal ${id} is not yours.`, {
        hint: `Whoever asked can withdraw it; an approver can decline it: proposal ${id} decline.`,
      }),
    );
  const ended = await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    demandState(await demandProposal(tx, id), ['draft', 'waiting', 'approved'], context.now());
    const at = new Date(context.now());
    const moved = await moveProposal(tx, id, ['draft', 'waiting', 'approved'], 'withdrawn', {
      endedBy: key,
      finishedAt: at,
    });
    const after = await demandProposal(tx, id);
    if (!moved) demandState(after, ['waiting'], context.now());
    await auditProposal(tx, 'withdraw', after, { actor: key, at });
    await tellProposal(tx, { context, newId }, after, {});
    return after;
  });
  return afterwards(context, ended);
}

/**
 * Ends what nobody approved in time, or what was approved and not begun in time (nobody means it any more), and tells it;
 * drafts that nobody sent go without a word. Resolves to how many.
 */
export async function expireProposals(
  context: Context,
  { newId }: { readonly newId: NewId },
): Promise<number> {
  const now = context.now();
  const waiting = await listProposals(context.store, { status: ['waiting', 'approved'] });
  const due = waiting.filter(({ expiresAt }) => expiresAt.getTime() <= now);
  for (const { id, anomalyId } of due) {
    await context.store.$transaction(async (tx) => {
      await lockForWriting(tx);
      const at = new Date(now);
      // Read under the lock: an approval may have come meanwhile, which gives it more time.
      if ((await demandProposal(tx, id)).expiresAt.getTime() > now) return;
      if (!(await moveProposal(tx, id, ['waiting', 'approved'], 'expired', { finishedAt: at }))) return;
      const after = await demandProposal(tx, id);
      await auditProposal(tx, 'expire', after, { actor: 'system:actions', at });
      await tellProposal(tx, { context, newId }, after, {});
    });
    await afterwards(context, { anomalyId });
  }
  await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await forgetDrafts(tx, new Date(now - DAY_MS));
  });
  return due.length;
}
