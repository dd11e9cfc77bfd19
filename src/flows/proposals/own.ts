/** Whether somebody would decide about what is their own: by any identity of theirs, or because they set its time. */
import type { Actor } from '../../core/actor.ts';
import type { StoredProposal } from '../../store/proposals.ts';
import { readTtl } from '../../store/time-to-live.ts';
import type { Context } from '../context.ts';
import { isDeciders, unsure } from '../same-person.ts';

/**
 * Asks chat platforms, so never in a transaction. Throws CONFLICT when it cannot be told whether two accounts are one
 * person's: nobody approves on a guess.
 */
export async function isOwn(
  context: Context,
  proposal: Pick<StoredProposal, 'id' | 'requestedBy' | 'origin'>,
  actor: Actor,
  decider: string,
): Promise<boolean> {
  const own = await isOwnSurely(context, proposal, actor, decider);
  if (own === undefined) throw unsure('proposal-decision', `proposal:${proposal.id}`);
  return own;
}

/** The same, undefined where it cannot be told. */
export async function isOwnSurely(
  context: Context,
  { requestedBy, origin }: Pick<StoredProposal, 'requestedBy' | 'origin'>,
  actor: Actor,
  decider: string,
): Promise<boolean | undefined> {
  const scope = /^ttl:(.+)$/s.exec(origin ?? '')?.[1];
  const setBy = scope === undefined ? undefined : (await readTtl(context.store, scope))?.setBy;
  let own: boolean | undefined = false;
  for (const key of setBy === undefined ? [requestedBy] : [requestedBy, setBy]) {
    const theirs = await isDeciders(context, actor, decider, key);
    if (theirs) return true;
    if (theirs === undefined) own = undefined;
  }
  return own;
}
