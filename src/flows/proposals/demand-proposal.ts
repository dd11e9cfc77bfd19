/** Finds a proposal, and says in words why something cannot be done with it any more. */
import type { ProposalState } from '../../core/action.ts';
import { AppError } from '../../core/errors.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { readProposal, type StoredProposal } from '../../store/proposals.ts';
import { refusal } from '../refused.ts';

/** Throws NOT_FOUND for a number that no proposal has. */
export async function demandProposal(store: StoreTransaction, id: number): Promise<StoredProposal> {
  const proposal = await readProposal(store, id);
  if (proposal) return proposal;
  throw new AppError('NOT_FOUND', `There is no proposal ${id}.`, { hint: 'See which there are: actions.' });
}

const STATE_WORDS: Readonly<Record<ProposalState, string>> = {
  draft: 'has not been sent yet',
  waiting: 'waits for approval',
  approved: 'is approved already',
  running: 'is being carried out',
  done: 'is done already',
  partly: 'is done already, in part',
  failed: 'was carried out already, without success',
  declined: 'was declined',
  withdrawn: 'was withdrawn',
  expired: 'has expired',
};

/** Throws CONFLICT unless it is in one of these states and its time is not over. */
export function demandState(proposal: StoredProposal, states: readonly ProposalState[], now: number): void {
  const { id, status, expiresAt, scope } = proposal;
  const anew = `Make a new one if it is still wanted: stop ${scope}. Nothing was called.`;
  const refuse = (message: string, hint: string) =>
    refusal('proposal', `proposal:${id}`, new AppError('CONFLICT', message, { hint }));
  if (!states.includes(status))
    throw refuse(
      `Proposal ${id} ${STATE_WORDS[status]}.`,
      ['declined', 'withdrawn', 'expired'].includes(status) ? anew : `See it: proposal ${id}.`,
    );
  if ((status === 'waiting' || status === 'draft') && expiresAt.getTime() <= now)
    throw refuse(`Proposal ${id} has expired: nobody decided in time.`, anew);
}
