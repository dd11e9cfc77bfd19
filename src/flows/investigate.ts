/** Everything known of an anomaly at once: what carries it, which resources cost now, and what can be done with each. */
import type { ProviderAction } from '../actions/types.ts';
import type { Explanation } from '../core/anomaly.ts';
import { addDays, type Day } from '../core/day.ts';
import { runningResources } from '../store/running-resources.ts';
import { type OneAnomaly, oneAnomaly } from './anomalies/decidable.ts';
import type { Context } from './context.ts';
import { explainAnomaly } from './explain.ts';
import { nameOf, recogniseIn, type WhatCanBeDone, whatCanBeDone } from './investigate/what-can-be-done.ts';
import { aimAt, type Candidate, findCandidates } from './proposals/candidates.ts';

export interface InvestigatedResource {
  readonly resourceId: string;
  readonly name: string;
  readonly service: string;
  readonly environment?: string;
  /** Micros of the reporting currency; absent without a rate. */
  readonly perDayMicros?: bigint;
  /** Costs markedly more than before the anomaly, or is new. */
  readonly rose: boolean;
  /** First day with a cost, as far back as single resources are kept. */
  readonly firstDay: Day;
  /** It may be older: that is as far back as is known. */
  readonly maybeOlder: boolean;
  readonly can: WhatCanBeDone;
}

export interface Investigation extends OneAnomaly {
  readonly explanation: Explanation;
  /** Those that rose first, dearest first. */
  readonly resources: readonly InvestigatedResource[];
  /** The reporting currency. */
  readonly currency: string;
}

/** Asks no provider: what it says of resources is what the bill says. Throws NOT_FOUND for no such anomaly. */
export async function investigate(
  context: Context,
  id: number,
  actions: readonly ProviderAction[],
): Promise<Investigation> {
  const one = await oneAnomaly(context, id);
  const { settings } = context;
  // Single resources are forgotten after a while: what was found out then says more than could be found out now.
  const forgotten = one.stored.firstStamp.slice(0, 10) < addDays(one.today, -settings.storage.resourceDays);
  const explanation = (forgotten && one.stored.explanation) || (await explainAnomaly(context, one.stored));
  const found = await findCandidates(context, await aimAt(context, { kind: 'anomaly', id }));
  const since = addDays(one.today, -settings.storage.resourceDays);
  const seen = await firstDays(context, found, since, one.today);
  return {
    ...one,
    explanation,
    currency: settings.currency,
    resources: found.map((candidate) => {
      const firstDay = seen.get(candidate.resourceId) ?? candidate.firstDay;
      const { resourceId, service, environment, perDayMicros, rose } = candidate;
      const recognised = recogniseIn(context, candidate);
      return {
        resourceId,
        name: nameOf(candidate, recognised),
        service,
        rose,
        firstDay,
        maybeOlder: firstDay <= addDays(since, 1),
        can: whatCanBeDone(context, recognised, actions),
        ...(environment !== null && { environment }),
        ...(perDayMicros !== undefined && { perDayMicros }),
      };
    }),
  };
}

async function firstDays(
  { store }: Context,
  found: readonly Candidate[],
  start: Day,
  end: Day,
): Promise<ReadonlyMap<string, Day>> {
  if (found.length === 0) return new Map();
  const ids = found.map(({ resourceId }) => resourceId);
  // Also what it cost under another name of team or model says how old it is.
  const rows = await runningResources(store, { filter: {}, start, end, limit: ids.length * 4, ids });
  const days = new Map<string, Day>();
  for (const { resourceId, firstDay } of rows) {
    const known = days.get(resourceId);
    if (known === undefined || firstDay < known) days.set(resourceId, firstDay);
  }
  return days;
}
