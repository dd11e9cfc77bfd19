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
  /** `past` as in "stopped"; `undone`: can be brought back. */
  | { readonly possible: true; readonly past: string; readonly undone: boolean }
  /** A whole sentence. */
  | { readonly possible: false; readonly why: string };

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

function recogniseIn({ settings }: Context, candidate: Candidate): Recognised {
  const { resourceId, provider, service, account, region, type, name } = candidate;
  const webhook = webhookFor(resourceId, settings.actions.accounts);
  const taken = webhook && webhookRef(resourceId, webhook);
  if (taken) return { known: true, ref: taken };
  return recognise(resourceId, {
    provider,
    service,
    ...(account !== null && { account }),
    ...(region !== null && { region }),
    ...(type !== null && { type }),
    ...(name !== null && { name }),
  });
}

/** Where the bill names the account only, that is not what the resource is called. */
function nameOf({ resourceId, name, account, accountName }: Candidate, recognised: Recognised): string {
  if (recognised.known) return recognised.ref.name;
  const isAccount = resourceId === account || resourceId === accountName;
  return name !== null && (isAccount || name !== accountName) ? name : resourceId;
}

function whatCanBeDone(
  { settings }: Context,
  recognised: Recognised,
  actions: readonly ProviderAction[],
): WhatCanBeDone {
  if (!recognised.known) return { possible: false, why: recognised.why };
  const { ref } = recognised;
  const action = actions.find(({ about }) => about.kinds.includes(ref.kind));
  if (!action) return { possible: false, why: `Nothing can be done with it from here (${ref.kind}).` };
  const { past } = action.about;
  if (!findAccount(ref, settings.actions.accounts))
    return {
      possible: false,
      why: `It could be ${past}, but ${ref.account} is not under actions.accounts in pennywatch.yaml.`,
    };
  return { possible: true, past, undone: action.undo !== undefined };
}
