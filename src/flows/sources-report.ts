/** The state of every source of cost and usage: how far it reaches, how polling goes, and whether the money adds up. */
import { type Day, dayInZone, msToDay } from '../core/day.ts';
import type { SourceSettings } from '../core/settings.ts';
import { readSources, readUsageSources, type SourceReach } from '../store/freshness.ts';
import { restatementsSince } from '../store/restatements.ts';
import {
  lastImports,
  type PollReport,
  pollReports,
  reconciliationCounts,
  requestSums,
} from '../store/source-reports.ts';
import type { PollingReport, RequestSums, SourceReport } from '../view/messages/sources-types.ts';
import { historyOf, isFailing, isLive, isStale, type Loading } from './answer/stale.ts';
import type { Context } from './context.ts';
import { conditionOf } from './sources-report/condition.ts';
import { restatedDays } from './sources-report/restated.ts';

/** Restated days are told this long. */
export const RESTATED_DAYS = 30;
const DAY_MS = 86_400_000;

export interface SourcesState {
  readonly today: Day;
  readonly sources: readonly SourceReport[];
}

export async function reportSources(
  context: Pick<Context, 'store' | 'settings' | 'now'>,
): Promise<SourcesState> {
  const { store, settings } = context;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  const [costs, usage, imports, reconciled, polls, requests, restated] = await Promise.all([
    readSources(store),
    readUsageSources(store),
    lastImports(store),
    reconciliationCounts(store),
    pollReports(store),
    requestSums(store, msToDay(now)),
    restatementsSince(store, new Date(now - RESTATED_DAYS * DAY_MS)),
  ]);
  const known = new Set([...costs, ...usage].map(({ name }) => name));
  const configured = new Map(settings.sources.map((source) => [source.name, source]));
  // Configured or polled, and nothing has come of it yet.
  const empty = [...new Set([...configured.keys(), ...polls.keys()])]
    .filter((name) => !known.has(name))
    .map((name): SourceReach => ({ name, kind: configured.get(name)?.kind ?? 'polled' }));
  const at = { today, now, settings };
  const report = (source: SourceReach): SourceReport => {
    const { name } = source;
    const poll = polls.get(name);
    const reach = { ...source, ...(poll && { polling: poll }) };
    const entry = configured.get(name);
    const loading = historyOf(reach, today);
    const live = isLive(reach, at);
    const stale = isStale(reach, at);
    const error = poll?.error ?? source.lastError;
    const { watermark, firstDay, lastDay } = source;
    return {
      name,
      kind: source.kind,
      condition: conditionOf({
        watermark,
        polled: poll !== undefined || entry !== undefined,
        live,
        started: poll?.lastStartedAt !== undefined,
        failures: poll?.failures ?? 0,
        error,
        failing: isFailing(reach, at),
        stale,
        loading: loading !== undefined,
      }),
      watermark,
      firstDay,
      lastDay,
      stale,
      error,
      ...(poll?.hint !== undefined && { hint: poll.hint }),
      lastImport: imports.get(name),
      reconciled: reconciled.get(name) ?? { days: 0, different: 0 },
      restated: restatedDays(restated.filter((one) => one.source === name)),
      ...((poll || entry) && { polling: pollingOf(poll, entry, { now, loading, sums: requests.get(name) }) }),
    };
  };
  return {
    today,
    sources: [...[...costs, ...empty].sort((a, b) => (a.name < b.name ? -1 : 1)), ...usage].map(report),
  };
}

function pollingOf(
  poll: PollReport | undefined,
  entry: SourceSettings | undefined,
  { now, loading, sums }: { now: number; loading?: Loading; sums?: RequestSums },
): PollingReport {
  const { runningSince, runningUntil, failures = 0, warnings = [], coveredFrom, backfillTo } = poll ?? {};
  const isRunning = runningSince !== undefined && (runningUntil?.getTime() ?? 0) > now;
  const none = { sent: 0, failed: 0, costMicros: 0n };
  return {
    configured: entry !== undefined,
    ...(isRunning && { runningSince }),
    ...(poll?.lastStartedAt && { lastStartedAt: poll.lastStartedAt }),
    ...(poll?.lastSuccessAt && { lastSuccessAt: poll.lastSuccessAt }),
    failures,
    ...(poll?.failingSince && { failingSince: poll.failingSince }),
    warnings,
    // Without an entry nobody polls it but by hand.
    ...(entry && poll?.nextAttemptAt && { nextPoll: poll.nextAttemptAt }),
    history: {
      ...(coveredFrom !== undefined && { from: coveredFrom }),
      ...(backfillTo !== undefined && { wanted: backfillTo }),
      ...(loading && { loading }),
    },
    requests: sums ?? { currency: 'USD', today: none, month: none },
    ...(entry?.requestsPerDay !== undefined && { budget: entry.requestsPerDay }),
  };
}
