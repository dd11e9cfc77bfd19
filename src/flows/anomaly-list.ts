/** The anomalies somebody asks for: open ones, or all of some days, of everything or of one scope. */
import { covers } from '../analysis/incidents/plan.ts';
import { SEVERITIES } from '../core/analysis-settings.ts';
import { addDays, type Day, dayInZone } from '../core/day.ts';
import type { Scope } from '../core/scope.ts';
import { dayOfStamp } from '../core/series.ts';
import { listAnomalies, type StoredAnomaly } from '../store/anomalies.ts';
import { readSources } from '../store/freshness.ts';
import type { AnomalyShown } from '../view/messages/anomaly-words.ts';
import { readAnalysed } from './analyse/analysed.ts';
import { showAnomalies } from './anomalies/show.ts';
import { unknownSince } from './answer/freshness-warnings.ts';
import { isStale } from './answer/stale.ts';
import type { Context } from './context.ts';

export interface AnomalyQuestion {
  readonly which: 'open' | 'all';
  /** Days back, for all of them. */
  readonly days: number;
  readonly scope?: Scope;
}

export interface AnomalyList {
  readonly today: Day;
  /** The most severe first, then the dearest. */
  readonly anomalies: readonly AnomalyShown[];
  readonly resolvedLately: number;
  readonly judgedThrough?: Day;
  readonly places: number;
  readonly warnings: readonly string[];
}

const LATELY = 7;

export async function listFor(context: Context, question: AnomalyQuestion): Promise<AnomalyList> {
  const { store, settings } = context;
  const { which, days, scope } = question;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  const mine = ({ path }: StoredAnomaly) => scope === undefined || covers(scope, path);
  const since = addDays(today, -(which === 'all' ? days : LATELY));
  const recent = (await listAnomalies(store, { since })).filter(mine);
  const wanted =
    which === 'all'
      ? recent
      : (
          await listAnomalies(store, { status: ['open', 'acknowledged', 'snoozed', 'expected', 'no-data'] })
        ).filter(mine);
  const stale = (await readSources(store)).filter((source) => isStale(source, { today, now, settings }));
  const analysed = await readAnalysed(store);
  return {
    today,
    anomalies: await showAnomalies(context, [...wanted].sort(bySeverity)),
    resolvedLately: recent.filter(
      ({ status, resolvedAt, firstStamp }) =>
        status === 'resolved' &&
        resolvedAt !== undefined &&
        dayOfStamp(firstStamp) >= addDays(since, -LATELY),
    ).length,
    ...(analysed && { judgedThrough: analysed.through }),
    places: analysed?.places ?? 0,
    warnings: stale.map((source) => unknownSince(source, today)),
  };
}

function bySeverity(a: StoredAnomaly, b: StoredAnomaly): number {
  const rank = ({ severity }: StoredAnomaly) => SEVERITIES.indexOf(severity);
  if (rank(a) !== rank(b)) return rank(b) - rank(a);
  return a.excessMicros < b.excessMicros ? 1 : a.excessMicros > b.excessMicros ? -1 : b.id - a.id;
}
