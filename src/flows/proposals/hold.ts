/** Looks at the rules again when what is approved is about to run: they may have become stricter since, or the hour later. */
import type { StoreTransaction } from '../../store/open.ts';
import { moveProposal, type StoredProposal } from '../../store/proposals.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { findProposalApprovers } from './approvers.ts';
import { auditProposal } from './audit.ts';
import { demandProposal } from './demand-proposal.ts';
import { needOf } from './need.ts';
import { tellProposal } from './tell.ts';
import { quietEnd } from './when.ts';

const HOUR_MS = 3_600_000;
const SYSTEM = 'system:actions';

/**
 * True when it must not run now: in quiet hours it waits for their end, and with fewer approvals than the settings ask
 * for by now it waits for the others. In the transaction that would begin it, which holds the write lock.
 */
export async function holdBack(
  tx: StoreTransaction,
  context: Context,
  proposal: StoredProposal,
  newId: NewId,
): Promise<boolean> {
  const { settings } = context;
  const { id, status, undoOf } = proposal;
  if (status !== 'approved' || undoOf !== undefined) return false;
  const now = context.now();
  const quiet = quietEnd(proposal, now, settings);
  const need = needNow(proposal, context);
  const given = proposal.approvals.filter(({ verdict }) => verdict === 'approve').length;
  if (quiet === undefined && need.approvalsNeeded <= given) return false;
  if (need.approvalsNeeded > given)
    await moveProposal(tx, id, ['approved'], 'waiting', {
      ...need,
      expiresAt: new Date(now + settings.actions.expireHours * HOUR_MS),
    });
  else if (quiet !== undefined)
    await moveProposal(tx, id, ['approved'], 'approved', { notBefore: new Date(quiet) });
  const held = await demandProposal(tx, id);
  await auditProposal(tx, 'hold', held, {
    actor: SYSTEM,
    at: new Date(now),
    facts: {
      approvalsNeeded: need.approvalsNeeded,
      approvals: given,
      ...(quiet !== undefined && { quietUntil: new Date(quiet).toISOString() }),
    },
  });
  // The database is locked: who may approve is found without asking the chat platforms.
  const approvers = await findProposalApprovers({ ...context, directories: {} }, held);
  await tellProposal(tx, { context, newId }, held, { approvers });
  return true;
}

/** In a dry run nothing is called, so nothing more is asked for. */
function needNow(proposal: StoredProposal, { settings }: Context) {
  if (settings.actions.mode === 'dry-run' || proposal.mode === 'dry-run')
    return { approvalsNeeded: 0, policy: [] };
  const standing =
    proposal.kind === 'off-hours' &&
    settings.actions.schedules.some(({ name }) => proposal.origin === `schedule:${name}`);
  return needOf(proposal, settings, { standing });
}
