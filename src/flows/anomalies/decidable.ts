/** One anomaly for whoever is about to decide about it: refused before a dialog is filled in, not after. */
import type { Actor } from '../../core/actor.ts';
import { type Day, dayInZone } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { pathScope } from '../../core/scope-path.ts';
import { readAnomaly, type StoredAnomaly } from '../../store/anomalies.ts';
import type { AnomalyShown } from '../../view/messages/anomaly-words.ts';
import type { Context } from '../context.ts';
import { demand, teamOfScope } from '../standing.ts';
import { showAnomalies } from './show.ts';

export interface OneAnomaly {
  readonly stored: StoredAnomaly;
  readonly shown: AnomalyShown;
  readonly today: Day;
}

/** Throws NOT_FOUND for a number there is not. */
export async function oneAnomaly(context: Context, id: number): Promise<OneAnomaly> {
  const stored = await readAnomaly(context.store, id);
  const [shown] = stored ? await showAnomalies(context, [stored]) : [];
  if (!stored || !shown)
    throw new AppError('NOT_FOUND', `There is no anomaly ANM-${id}.`, { hint: 'See them: anomalies all.' });
  return { stored, shown, today: dayInZone(context.now(), context.settings.timeZone) };
}

/** The same, and FORBIDDEN for somebody who may not decide about it. */
export async function decidableAnomaly(context: Context, actor: Actor, id: number): Promise<OneAnomaly> {
  const one = await oneAnomaly(context, id);
  const scope = pathScope(one.stored.path);
  const team = one.stored.path[0] || (await teamOfScope(context.store, scope));
  await demand(context, actor, { kind: 'anomaly', scope, ...(team && { team }) });
  return one;
}
