/** Whether two accounts are one person's: by the same account, the same person of pennywatch.yaml, or the same e-mail. */
import { type Actor, actorKey } from '../core/actor.ts';
import type { Standing } from '../core/authorise.ts';
import { AppError } from '../core/errors.ts';
import { listMembers } from '../store/organisation.ts';
import type { Context } from './context.ts';
import { refusal } from './refused.ts';
import { emailOfKey, isSameEmail } from './standing.ts';

type Asking = Pick<Context, 'store' | 'settings' | 'directories' | 'log'>;

/** The terminal has no e-mail, and whoever sits there may call themselves anything: all of it is one person. */
const TERMINAL = 'console';

/** What decisions are counted by: the e-mail, or the terminal's name. */
export function deciderOf(actor: Actor, who: Standing): string {
  if (actor.kind === 'console') return TERMINAL;
  return who.kind === 'person' ? who.email.toLowerCase() : actorKey(actor);
}

/**
 * Whether whoever is about to decide did what stands under `key` ("slack:U123"). Undefined when it cannot be told: nobody
 * may decide on a guess. Asks chat platforms, so never in a transaction.
 */
export async function isDeciders(
  context: Asking,
  actor: Actor,
  decider: string,
  key: string,
): Promise<boolean | undefined> {
  if (key.startsWith('system:')) return false;
  if (key === actorKey(actor)) return true;
  if (key.startsWith('console:')) return decider === TERMINAL;
  const email = await emailOfKey(context, key);
  if (email !== undefined && isSameEmail(email, decider)) return true;
  // Two accounts on one platform are two people; on two platforms they may be one.
  if (actor.kind !== 'person' || key.startsWith(`${actor.platform}:`)) return false;
  // Only people of pennywatch.yaml ask: an account that is nobody's there by now may have been anybody's.
  return email !== undefined && (await isMembers(context, email)) ? false : undefined;
}

async function isMembers({ store }: Asking, email: string): Promise<boolean> {
  return (await listMembers(store)).some((member) => isSameEmail(member.email, email));
}

/** Whether somebody asked for it, for whoever wants to take it back. Asks chat platforms, so never in a transaction. */
export async function isAskers(
  context: Asking,
  actor: Actor,
  { requestedBy }: { readonly requestedBy: string },
): Promise<boolean> {
  const key = actorKey(actor);
  if (key === requestedBy) return true;
  const [mine, asker] = [await emailOfKey(context, key), await emailOfKey(context, requestedBy)];
  return mine !== undefined && asker !== undefined && isSameEmail(mine, asker);
}

/** The refusal of a decision where it cannot be told whether two accounts are one person's. */
export function unsure(kind: string, subject: string): AppError {
  return refusal(
    kind,
    subject,
    new AppError('CONFLICT', 'It cannot be told just now whether you asked for it yourself.', {
      hint: 'Try again in a minute, or let somebody else decide. Nothing was changed.',
    }),
  );
}
