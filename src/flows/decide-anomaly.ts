/** What people decide about an anomaly: taken, snoozed, expected, a false alarm, real, over, open again. */
import { transition } from '../analysis/alerts/transition.ts';
import type { AlertAction } from '../analysis/alerts/types.ts';
import { type Actor, actorKey } from '../core/actor.ts';
import { type Day, dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { pathScope } from '../core/scope-path.ts';
import { readAnomaly, type StoredAnomaly, saveAnomaly } from '../store/anomalies.ts';
import { appendAnomalyEvents } from '../store/anomaly-events.ts';
import { appendAudit } from '../store/audit.ts';
import type { StoreTransaction } from '../store/open.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { AnomalyShown } from '../view/messages/anomaly-words.ts';
import { alertStateOf, rulesOf, withAlertState } from './anomalies/alert-state.ts';
import { showAnomalies } from './anomalies/show.ts';
import { type VerdictEffect, verdictEffect } from './anomalies/verdict-effect.ts';
import { syncQuietly } from './anomaly-thread/sync.ts';
import type { Context } from './context.ts';
import { demand, teamOfScope } from './standing.ts';

/** As a person says it; `reason` in their words. */
export type Decision = { readonly reason?: string } & (
  | { readonly kind: 'acknowledge' | 'false-alarm' | 'real' | 'resolve' | 'reopen' }
  | { readonly kind: 'snooze'; readonly until: number; readonly growth?: number }
  | { readonly kind: 'expected'; readonly until?: Day }
);

export interface Decided {
  readonly anomaly: AnomalyShown;
  readonly today: Day;
  /** False when it was so already. */
  readonly changed: boolean;
  /** What a verdict changes about the alarms of this place. */
  readonly effect?: VerdictEffect;
}

/** Throws NOT_FOUND for no such anomaly, FORBIDDEN for somebody who may not decide, INVALID for a time gone by. */
export async function decideAnomaly(
  context: Context,
  actor: Actor,
  id: number,
  decision: Decision,
): Promise<Decided> {
  const { store, settings } = context;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  checkTimes(decision, now, today);
  const before = await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const anomaly = await find(tx, id);
    const scope = pathScope(anomaly.path);
    const team = anomaly.path[0] || (await teamOfScope(tx, scope));
    await demand({ store: tx, settings }, actor, { kind: 'anomaly', scope, ...(team && { team }) });
    return { anomaly, after: await apply(tx, context, actor, anomaly, decision) };
  });
  // What its message says is old now; the analysis would rewrite it too, minutes later.
  if (before.after) await syncQuietly(context, id);
  const after = await find(store, id);
  const [shown] = await showAnomalies(context, [after]);
  if (!shown) throw new AppError('INTERNAL', `Anomaly ${id} was not kept.`);
  const judged = before.anomaly.feedback !== after.feedback && after.feedback !== undefined;
  const effect = judged ? await verdictEffect(context, after, before.anomaly) : undefined;
  return { anomaly: shown, today, changed: before.after, ...(effect && { effect }) };
}

async function apply(
  tx: StoreTransaction,
  context: Context,
  actor: Actor,
  anomaly: StoredAnomaly,
  decision: Decision,
): Promise<boolean> {
  const now = context.now();
  const at = new Date(now);
  const by = actorKey(actor);
  const { next, events } = transition(
    alertStateOf(anomaly),
    { action: { ...decision, by } satisfies AlertAction },
    rulesOf(context.settings.anomalies),
    now,
  );
  if (events.length === 0) return false;
  const { reason } = decision;
  await saveAnomaly(tx, { ...withAlertState(anomaly, next), updatedAt: at });
  await appendAnomalyEvents(
    tx,
    events.map(({ kind, note, by: who }) => ({
      anomalyId: anomaly.id,
      at,
      actor: who ?? 'system:alerts',
      kind,
      ...(note !== undefined && { note }),
      data: {
        ...(reason && { reason }),
        ...(decision.kind === 'snooze' && { until: new Date(decision.until).toISOString() }),
        ...(decision.kind === 'snooze' && decision.growth !== undefined && { growth: decision.growth }),
      },
    })),
  );
  await appendAudit(tx, {
    at,
    actor: by,
    action: `anomaly.${decision.kind}`,
    subject: `anomaly:${anomaly.id}`,
    before: JSON.stringify({ status: anomaly.status, feedback: anomaly.feedback }),
    after: JSON.stringify({ status: next.status, feedback: next.feedback, reason }),
  });
  return true;
}

async function find(store: StoreTransaction, id: number): Promise<StoredAnomaly> {
  const anomaly = await readAnomaly(store, id);
  if (anomaly) return anomaly;
  throw new AppError('NOT_FOUND', `There is no anomaly ANM-${id}.`, { hint: 'See them: anomalies all.' });
}

function checkTimes(decision: Decision, now: number, today: Day): void {
  if (decision.kind === 'snooze' && decision.until <= now)
    throw new AppError('INVALID', 'That time is over.', { hint: 'Snooze until a later one: snooze 3d.' });
  if (decision.kind === 'expected' && decision.until !== undefined && decision.until < today)
    throw new AppError('INVALID', `${decision.until} is over.`, {
      hint: 'Name a later day, or none at all.',
    });
}
