/** Whether an undo counts: what it is the undo of is not to be undone again. */
import type { StoredProposal } from '../../store/proposals.ts';

/** One that came to nothing, or was a dry run, left everything as it was: it may be tried again. */
export function standsAsUndone({ status, mode }: Pick<StoredProposal, 'status' | 'mode'>): boolean {
  if (['failed', 'expired', 'withdrawn', 'declined'].includes(status)) return false;
  return mode !== 'dry-run' || (status !== 'done' && status !== 'partly');
}
