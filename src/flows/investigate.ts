/** Everything known of an anomaly at once: what carries it, which resources cost now, and what can be done with each. */
import type { ProviderAction } from '../actions/types.ts';
import { findAccount, webhookFor } from '../analysis/policy/allow-list.ts';
import { webhookRef } from '../analysis/resources/keys.ts';
import { recognise } from '../analysis/resources/recognise.ts';
import type { Recognised } from '../core/action.ts';
import type { Explanation } from '../core/anomaly.ts';
import { addDays, type Day } from '../core/day.ts';
import { runningResources } from '../store/running-resources.ts';
import { type OneAnomaly, oneAnomaly } from './anomalies/decidable.ts';
import type { Context } from './context.ts';
import { explainAnomaly } from './explain.ts';
import { aimAt, type Candidate, findCandidates } from './proposals/candidates.ts';

/** What could be done with a resource. */
export type WhatCanBeDone =
  /** `verb` as in "stop"; `undone`: can be brought back. */
  | { readonly possible: true; readonly verb: string; readonly title: string; readonly undone: boolean }
  /** A whole sentence. */
  | { readonly possible: false; readonly why: string };

export interface InvestigatedResource {
  readonly resourceId: string;
  readonly name: string;
  readonly service: string;
  readonly environment?: string;
  readonly model?: string;
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
      const { resourceId, name, service, environment, model, perDayMicros, rose } = candidate;
      return {
        resourceId,
        name: name ?? resourceId,
        service,
        rose,
        firstDay,
        maybeOlder: firstDay <= addDays(since, 1),
        can: whatCanBeDone(context, candidate, actions),
        ...(environment !== null && { environment }),
        ...(model !== null && { model }),
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

function whatCanBeDone(
  { settings }: Context,
  candidate: Candidate,
  actions: readonly ProviderAction[],
): WhatCanBeDone {
  const { accounts } = settings.actions;
  const { resourceId, provider, service, account, region, type, name } = candidate;
  const webhook = webhookFor(resourceId, accounts);
  const taken = webhook && webhookRef(resourceId, webhook);
  const recognised: Recognised = taken
    ? { known: true, ref: taken }
    : recognise(resourceId, {
        provider,
        service,
        ...(account !== null && { account }),
        ...(region !== null && { region }),
        ...(type !== null && { type }),
        ...(name !== null && { name }),
      });
  if (!recognised.known) return { possible: false, why: recognised.why };
  const { ref } = recognised;
  const action = actions.find(({ about }) => about.kinds.includes(ref.kind));
  if (!action) return { possible: false, why: `Nothing can be done with it from here (${ref.kind}).` };
  if (!findAccount(ref, accounts))
    return {
      possible: false,
      why: `${action.about.title} would be possible, but ${ref.account} is not under actions.accounts in pennywatch.yaml.`,
    };
  const { verb, title } = action.about;
  return { possible: true, verb, title, undone: action.undo !== undefined };
}
