/** The question before a time is over, in the team's channel: written once, rewritten when somebody has answered. */
import { dayInZone } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { enqueueEdit } from '../../store/outbox-edits.ts';
import { postedPlaces } from '../../store/posted-messages.ts';
import type { StoredTtl } from '../../store/time-to-live.ts';
import { composeTtlAnswered } from '../../view/messages/ttl-notices.ts';
import type { Context } from '../context.ts';
import { placesOfTeam } from '../notices.ts';
import { actorNames } from '../standing.ts';
import { actorOfKey, teamOfTtl } from './team.ts';

/** Names the question: one for each end that was set. */
export function askedKey({ id, until }: Pick<StoredTtl, 'id' | 'until'>): string {
  return `ttl:${id}:asked:${until.toISOString()}`;
}

/** Where it is told: before there are charges, with the team of whoever set it. */
export async function placesOfTtl(context: Context, { scope, setBy }: Pick<StoredTtl, 'scope' | 'setBy'>) {
  const team = await teamOfTtl(context, actorOfKey(setBy), parseScope(scope));
  return { team, places: await placesOfTeam(context, team) };
}

/** In the transaction of the answer. Nothing where nobody was asked. */
export async function rewriteAsked(
  tx: StoreTransaction,
  context: Context,
  {
    before,
    after,
    verb,
  }: { readonly before: StoredTtl; readonly after: StoredTtl; readonly verb: 'set' | 'keep' | 'off' | 'end' },
): Promise<void> {
  if (!before.askedAt) return;
  const nameOf = await actorNames(tx);
  const { timeZone } = context.settings;
  const view = composeTtlAnswered({
    scope: parseScope(after.scope),
    verb,
    by: nameOf(verb === 'off' || verb === 'end' ? (after.endedBy ?? '') : after.setBy),
    until: after.until,
    today: dayInZone(context.now(), timeZone),
    timeZone,
  });
  for (const { key } of await postedPlaces(tx, `${askedKey(before)} `))
    await enqueueEdit(tx, { rootKey: key, view: JSON.stringify(view), at: new Date(context.now()) });
}
