/** Gives an anomaly to somebody by hand: allowed? then written, audited, and the new owner is called once. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { pathScope } from '../../core/scope-path.ts';
import { readAnomaly, setAssignee } from '../../store/anomalies.ts';
import { appendAnomalyEvents } from '../../store/anomaly-events.ts';
import { appendAudit } from '../../store/audit.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import { syncQuietly } from '../anomaly-thread/sync.ts';
import type { Context } from '../context.ts';
import { findOwnerNamed, knownByEmail } from '../find-person.ts';
import { demand, teamOfScope } from '../standing.ts';
import { findAnswerable } from './answerable.ts';

export interface Reassigned {
  /** By name; absent: nobody had it. */
  readonly before?: string;
  readonly after: string;
  /** False when they had it already. */
  readonly changed: boolean;
}

/**
 * `typed` is who people write: "@mira", a mention, an e-mail, a group's handle, "me". Throws NOT_FOUND for no such
 * anomaly or person, FORBIDDEN for somebody who may not decide about it, CONFLICT when it is over.
 */
export async function reassignAnomaly(
  context: Context,
  actor: Actor,
  id: number,
  { typed, reason }: { readonly typed: string; readonly reason?: string },
): Promise<Reassigned> {
  const { store, settings } = context;
  const at = new Date(context.now());
  const by = actorKey(actor);
  const who = await knownByEmail(context, actor, typed);
  const done = await store.$transaction(async (tx): Promise<Reassigned> => {
    await lockForWriting(tx);
    const anomaly = await readAnomaly(tx, id);
    if (!anomaly)
      throw new AppError('NOT_FOUND', `There is no anomaly ANM-${id}.`, { hint: 'See them: anomalies all.' });
    const scope = pathScope(anomaly.path);
    const team = anomaly.path[0] || (await teamOfScope(tx, scope));
    await demand({ store: tx, settings }, actor, { kind: 'anomaly', scope, ...(team && { team }) });
    if (anomaly.status === 'resolved')
      throw new AppError('CONFLICT', `ANM-${id} is over, so there is nothing to give to anybody.`, {
        hint: `Open it again first: anomaly ${id} reopen.`,
      });
    const { owner, name } = await findOwnerNamed(tx, actor, who);
    const before = (await findAnswerable(tx, anomaly)).owner?.name;
    const names = { ...(before !== undefined && { before }), after: name };
    if (anomaly.assignee === owner) return { ...names, changed: false };
    await setAssignee(tx, id, owner, at);
    const data = { assignee: owner, ...(reason && { reason }) };
    await appendAnomalyEvents(tx, [{ anomalyId: id, at, actor: by, kind: 'reassigned', note: name, data }]);
    await appendAudit(tx, {
      at,
      actor: by,
      action: 'anomaly.reassign',
      subject: `anomaly:${id}`,
      before: JSON.stringify({ assignee: anomaly.assignee ?? null }),
      after: JSON.stringify(data),
    });
    return { ...names, changed: true };
  });
  if (done.changed) await syncQuietly(context, id);
  return done;
}
