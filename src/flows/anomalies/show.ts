/** Anomalies as messages show them: with who owns them and who took them, by name. */
import { pathScope } from '../../core/scope-path.ts';
import type { StoredAnomaly } from '../../store/anomalies.ts';
import { findOwner } from '../../store/organisation.ts';
import type { AnomalyShown } from '../../view/messages/anomaly-words.ts';
import type { Context } from '../context.ts';
import { actorNames } from '../standing.ts';
import { somebodyCalled } from './answerable.ts';

/** In the order given. */
export async function showAnomalies(
  { store }: Pick<Context, 'store'>,
  anomalies: readonly StoredAnomaly[],
): Promise<AnomalyShown[]> {
  const nameOf = await actorNames(store);
  const owners = new Map<string, string | undefined>();
  const shown: AnomalyShown[] = [];
  for (const anomaly of anomalies) {
    const { status, explanation, feedback, acknowledgedBy, assignee, ...facts } = anomaly;
    if (!owners.has(anomaly.scope))
      owners.set(anomaly.scope, (await findOwner(store, pathScope(anomaly.path)))?.name);
    const owner =
      assignee === undefined ? owners.get(anomaly.scope) : (await somebodyCalled(store, assignee)).name;
    shown.push({
      ...facts,
      state: status,
      ...(explanation && { why: explanation.sentence }),
      ...(owner !== undefined && { owner }),
      ...(acknowledgedBy !== undefined && { acknowledgedBy: nameOf(acknowledgedBy) }),
      ...(feedback && { verdict: feedback }),
    });
  }
  return shown;
}
