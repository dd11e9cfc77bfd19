/** Looks at everything that has an end: asks before it, proposes at it, closes what is over. */
import { listTtls, type StoredTtl } from '../../store/time-to-live.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import type { ActionParts } from '../proposals/types.ts';
import { askAt, askOwner } from './ask.ts';
import { closeTime, endTime } from './end.ts';

/** May be called as often as one likes, by several processes. Resolves to how many it did something about. */
export async function runTtls(
  context: Context,
  parts: ActionParts,
  { newId }: { readonly newId: NewId },
): Promise<number> {
  let done = 0;
  for (const ttl of await listTtls(context.store))
    try {
      done += Number(await attend(context, parts, ttl, newId));
    } catch (error) {
      context.log.error({ err: error, scope: ttl.scope }, 'the end of something could not be attended to');
    }
  return done;
}

/** A quick look, so that nothing is started for nothing. */
export async function ttlsDue({ store, now }: Pick<Context, 'store' | 'now'>): Promise<boolean> {
  return (await listTtls(store)).some(
    (ttl) =>
      ttl.proposalId !== undefined ||
      ttl.until.getTime() <= now() ||
      (ttl.askedAt === undefined && askAt(ttl) <= now()),
  );
}

async function attend(context: Context, parts: ActionParts, ttl: StoredTtl, newId: NewId): Promise<boolean> {
  if (ttl.proposalId !== undefined) return closeTime(context, ttl, ttl.proposalId);
  const now = context.now();
  if (ttl.until.getTime() <= now) return endTime(context, parts, ttl, newId);
  if (ttl.askedAt === undefined && askAt(ttl) <= now) return (await askOwner(context, ttl, newId)) > 0;
  return false;
}
