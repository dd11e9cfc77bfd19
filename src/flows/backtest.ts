/** What would have been told in the last days with other rules, before they are switched on. Read only. */

import { isAtLeast } from '../analysis/alerts/tell.ts';
import { findDetector, parseParams } from '../analysis/detectors/run.ts';
import { matchIncidents } from '../analysis/incidents/match.ts';
import { covers } from '../analysis/incidents/plan.ts';
import type { AnomalySettings, SEVERITIES, Severity } from '../core/analysis-settings.ts';
import type { Verdict } from '../core/anomaly.ts';
import { addDays, type Day, daysBetween, later } from '../core/day.ts';
import type { Scope } from '../core/scope.ts';
import { dayOfStamp } from '../core/series.ts';
import { listAnomalies } from '../store/anomalies.ts';
import { readSources } from '../store/freshness.ts';
import { findAnomalies, type ReplayedAnomaly } from './analyse/find.ts';
import type { Context } from './context.ts';

/** What is to be tried in place of the settings; what is absent stays as it is. */
export type Trial = Partial<
  Pick<
    AnomalySettings,
    'detector' | 'params' | 'direction' | 'minimumImpactMicros' | 'minimumShare' | 'minimumDays'
  >
>;

export interface BacktestRequest {
  readonly days: number;
  /** Only this scope and what is below it. */
  readonly scope?: Scope;
  /** Absent: only what the settings do. */
  readonly trial?: Trial;
}

export interface BacktestSide {
  readonly anomalies: readonly ReplayedAnomaly[];
  /** From the severity on that gets a message. */
  readonly told: number;
  readonly toldPerWeek: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Median days from the first anomalous day to the one whose data showed it. */
  readonly medianDelay: number | null;
}

export interface Backtest {
  readonly days: number;
  readonly start: Day;
  readonly end: Day;
  /** With the settings as they are. */
  readonly current: BacktestSide;
  readonly trial?: BacktestSide & {
    readonly settings: Trial;
    /** Only with the trial, and only without it. */
    readonly more: readonly ReplayedAnomaly[];
    readonly fewer: readonly ReplayedAnomaly[];
    /** Found by both; with the trial severe enough for a message, or no more so. */
    readonly louder: readonly ReplayedAnomaly[];
    readonly quieter: readonly ReplayedAnomaly[];
    /** Of the ones that people judged: how many of each verdict would still be found. */
    readonly judged: Readonly<Record<Verdict, { readonly kept: number; readonly of: number }>>;
  };
}

/** Days before that are replayed too, to know what was found already. */
const RUN_UP_DAYS = 30;

/** Undefined when there is no complete day. Throws INVALID for a detector or parameter that there is not. */
export async function backtest(context: Context, request: BacktestRequest): Promise<Backtest | undefined> {
  const { days, scope, trial } = request;
  const { anomalies: settings } = context.settings;
  if (trial) parseParams(findDetector(trial.detector ?? settings.detector), trial.params ?? {});
  const through = await newestComplete(context);
  if (through === undefined) return undefined;
  const mine = ({ path }: ReplayedAnomaly) => scope === undefined || covers(scope, path);
  const span = { days, start: addDays(through, 1 - days), end: through };
  // What was found before these days and goes on in them is no news of theirs.
  const found = async (settled: Context) =>
    (await findAnomalies(settled, { days: days + RUN_UP_DAYS })).filter(
      (one) => mine(one) && one.foundOn >= span.start,
    );
  const current = await found(context);
  const base = { ...span, current: sideOf(current, span.days, settings.notify) };
  if (!trial) return base;
  const other: Context = { ...context, settings: { ...context.settings, anomalies: tried(settings, trial) } };
  const tries = await found(other);
  const { pairs, fresh } = matchIncidents(current, tries);
  const tells = ({ severity }: ReplayedAnomaly) => isAtLeast(severity, settings.notify);
  const kept = new Set(pairs.map((pair) => pair.known));
  return {
    ...base,
    trial: {
      ...sideOf(tries, days, settings.notify),
      settings: trial,
      more: fresh,
      fewer: current.filter((one) => !kept.has(one)),
      louder: pairs.flatMap((pair) => (tells(pair.found) && !tells(pair.known) ? [pair.found] : [])),
      quieter: pairs.flatMap((pair) => (tells(pair.known) && !tells(pair.found) ? [pair.found] : [])),
      judged: await judgedKept(context, tries, span.start),
    },
  };
}

/** Rules of single scopes stay: what is tried is what holds for everything else. */
function tried(settings: AnomalySettings, trial: Trial): AnomalySettings {
  const changed = trial.detector !== undefined && trial.detector !== settings.detector;
  return { ...settings, ...(changed && { params: {} }), ...trial };
}

function sideOf(anomalies: readonly ReplayedAnomaly[], days: number, notify: Severity): BacktestSide {
  const told = anomalies.filter(({ severity }) => isAtLeast(severity, notify)).length;
  const count = (severity: Severity) => anomalies.filter((one) => one.severity === severity).length;
  return {
    anomalies,
    told,
    toldPerWeek: (told * 7) / days,
    bySeverity: {
      low: count('low'),
      medium: count('medium'),
      high: count('high'),
      critical: count('critical'),
    } satisfies Record<(typeof SEVERITIES)[number], number>,
    medianDelay: median(
      anomalies.map(({ firstStamp, foundOn }) => Math.max(0, daysBetween(dayOfStamp(firstStamp), foundOn))),
    ),
  };
}

async function judgedKept({ store }: Context, found: readonly ReplayedAnomaly[], since: Day) {
  const judged = await listAnomalies(store, { judged: true, since });
  const { pairs } = matchIncidents(judged, found);
  const keptIds = new Set(pairs.map((pair) => pair.known.id));
  const of = (verdict: Verdict) => {
    const said = judged.filter(({ feedback }) => feedback === verdict);
    return { of: said.length, kept: said.filter(({ id }) => keptIds.has(id)).length };
  };
  return { expected: of('expected'), 'false-alarm': of('false-alarm'), real: of('real') };
}

/** The newest day that any source is complete for. */
async function newestComplete({ store }: Context): Promise<Day | undefined> {
  const days = (await readSources(store)).flatMap(({ watermark }) => watermark ?? []);
  return days.length > 0 ? days.reduce(later) : undefined;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[sorted.length / 2 - 1] ?? upper)) / 2;
}
