/** Whether somebody would decide about what is their own: by any identity of theirs, or because they set its time. */
import { type Actor, actorKey } from '../../core/actor.ts';
import type { Standing } from '../../core/authorise.ts';
import { AppError } from '../../core/errors.ts';
import type { StoredProposal } from '../../store/proposals.ts';
import { readTtl } from '../../store/time-to-live.ts';
import type { Context } from '../context.ts';
import { refusal } from '../refused.ts';
import { emailOfKey, isSameEmail } from '../standing.ts';

/** The terminal has no e-mail, and whoever sits there may call themselves anything: all of it is one person. */
const TERMINAL = 'console';

/** What approvals are counted by: the e-mail, or the terminal's name. */
export function deciderOf(actor: Actor, who: Standing): string {
  if (actor.kind === 'console') return TERMINAL;
  return who.kind === 'person' ? who.email.toLowerCase() : actorKey(actor);
}

/**
 * Asks chat platforms, so never in a transaction. Throws CONFLICT when it cannot be told whether two accounts are one
 * person's: nobody approves on a guess.
 */
export async function isOwn(
  context: Context,
  { id, requestedBy, origin }: Pick<StoredProposal, 'id' | 'requestedBy' | 'origin'>,
  actor: Actor,
  decider: string,
): Promise<boolean> {
  const scope = /^ttl:(.+)$/s.exec(origin ?? '')?.[1];
  const setBy = scope === undefined ? undefined : (await readTtl(context.store, scope))?.setBy;
  for (const key of [requestedBy, setBy]) {
    if (key === undefined || key.startsWith('system:')) continue;
    if (key === actorKey(actor)) return true;
    if (key.startsWith('console:')) {
      if (decider === TERMINAL) return true;
      continue;
    }
    const email = await emailOfKey(context, key);
    if (email !== undefined && isSameEmail(email, decider)) return true;
    if (email === undefined && isElsewhere(key, actor)) throw unsure(id);
  }
  return false;
}

/** Two accounts on one platform are two people; on two platforms they may be one. */
function isElsewhere(key: string, actor: Actor): boolean {
  return actor.kind === 'person' && !key.startsWith(`${actor.platform}:`);
}

function unsure(id: number): AppError {
  return refusal(
    'proposal-decision',
    `proposal:${id}`,
    new AppError('CONFLICT', 'It cannot be told just now whether you asked for it yourself.', {
      hint: 'Try again in a minute, or let somebody else decide. Nothing was changed.',
    }),
  );
}
