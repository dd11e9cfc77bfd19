/** Asks the owner before a time is over: once for each end. */
import { actorKey } from '../../core/actor.ts';
import { dayInZone } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import { enqueue } from '../../store/outbox.ts';
import { moveTtl, type StoredTtl } from '../../store/time-to-live.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import { composeTtlAsked } from '../../view/messages/ttl-notices.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { toMessages } from '../notices.ts';
import { aimAt, findCandidates } from '../proposals/candidates.ts';
import { actorNames } from '../standing.ts';
import { askedKey, placesOfTtl } from './asked-message.ts';
import { auditTtl } from './audit.ts';
import { TIMER } from './set-ttl.ts';
import { askedPerson } from './team.ts';

const HOUR_MS = 3_600_000;

/** When the owner is asked, in ms: a quarter of the time before its end, at least an hour and at most a day. */
export function askAt({ until, setAt }: Pick<StoredTtl, 'until' | 'setAt'>): number {
  const quarter = (until.getTime() - setAt.getTime()) / 4;
  return until.getTime() - Math.min(24 * HOUR_MS, Math.max(HOUR_MS, quarter));
}

/** Resolves to how many messages were written; none when somebody was quicker. */
export async function askOwner(context: Context, ttl: StoredTtl, newId: NewId): Promise<number> {
  const { store, settings } = context;
  const scope = parseScope(ttl.scope);
  const { team, places } = await placesOfTtl(context, ttl);
  const mention = await askedPerson(context, scope, ttl, team);
  const cost = await costNow(context, ttl);
  const view = composeTtlAsked({
    scope,
    until: ttl.until,
    by: (await actorNames(store))(ttl.setBy),
    ...(ttl.reason !== undefined && { reason: ttl.reason }),
    ...(mention && { mention }),
    ...(cost && { cost }),
    today: dayInZone(context.now(), settings.timeZone),
    timeZone: settings.timeZone,
  });
  const messages = await toMessages(context, newId, {
    places,
    view,
    key: askedKey(ttl),
    about: `end of ${ttl.scope}`,
  });
  const at = new Date(context.now());
  return store.$transaction(async (tx) => {
    await lockForWriting(tx);
    if (!(await moveTtl(tx, ttl, { askedAt: at }))) return 0;
    await enqueue(tx, messages, at);
    await auditTtl(tx, 'ask', { actor: actorKey(TIMER), at }, { after: ttl });
    return messages.length;
  });
}

/** What it costs a day on the newest days, as far as bills name single resources. */
async function costNow(context: Context, { scope }: StoredTtl) {
  const aim = await aimAt(context, { kind: 'scope', scope: parseScope(scope) });
  const found = await findCandidates(context, aim);
  if (found.length === 0 || found.some(({ perDayMicros }) => perDayMicros === undefined)) return undefined;
  const { currency } = context.settings;
  return {
    resources: found.length,
    micros: found.reduce((sum, { perDayMicros = 0n }) => sum + perDayMicros, 0n),
    currency,
  };
}
