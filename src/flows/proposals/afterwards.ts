/** What a proposal changes elsewhere once it is written: the anomaly's message says where it stands. */
import type { StoredProposal } from '../../store/proposals.ts';
import { syncQuietly } from '../anomaly-thread/sync.ts';
import type { Context } from '../context.ts';

/** Resolves to the same proposal; never throws. To be called when the transaction is over. */
export async function afterwards<P extends Pick<StoredProposal, 'anomalyId'>>(
  context: Context,
  proposal: P,
): Promise<P> {
  if (proposal.anomalyId !== undefined) await syncQuietly(context, proposal.anomalyId);
  return proposal;
}
