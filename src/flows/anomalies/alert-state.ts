/** An anomaly as kept, and the part of it that its life is about. */
import type { AlertRules, AlertState } from '../../analysis/alerts/types.ts';
import type { AnomalySettings } from '../../core/analysis-settings.ts';
import { STEPS_A_DAY } from '../../core/series.ts';
import type { StoredAnomaly } from '../../store/anomalies.ts';

/** Complete usual days after which an anomaly is over. */
const QUIET_DAYS = 2;

export function rulesOf({ notify, renotifyHours, escalateHours }: AnomalySettings): AlertRules {
  return { notify, renotifyHours, escalateHours, quietDays: QUIET_DAYS };
}

/** Above (below) expected a day, without sign. */
export function perDayOf({ actualMicros, expectedMicros, grain }: StoredAnomaly): bigint {
  const difference = (actualMicros - expectedMicros) * BigInt(STEPS_A_DAY[grain]);
  return difference < 0n ? -difference : difference;
}

export function alertStateOf(anomaly: StoredAnomaly): AlertState {
  const { openedAt, acknowledgedAt, snoozedUntil, resolvedAt, notifiedAt, escalatedAt, feedbackAt } = anomaly;
  const { status, statusReason, severity, lastStamp, acknowledgedBy, snoozedGrowth, snoozedMicros } = anomaly;
  const { expectedUntil, notifiedMicros, notifications, feedback, feedbackBy } = anomaly;
  return {
    status,
    severity,
    lastStamp,
    perDayMicros: perDayOf(anomaly),
    openedAt: openedAt.getTime(),
    notifications,
    ...(statusReason !== undefined && { statusReason }),
    ...(acknowledgedAt && { acknowledgedAt: acknowledgedAt.getTime() }),
    ...(acknowledgedBy !== undefined && { acknowledgedBy }),
    ...(snoozedUntil && { snoozedUntil: snoozedUntil.getTime() }),
    ...(snoozedGrowth !== undefined && { snoozedGrowth }),
    ...(snoozedMicros !== undefined && { snoozedMicros }),
    ...(expectedUntil !== undefined && { expectedUntil }),
    ...(resolvedAt && { resolvedAt: resolvedAt.getTime() }),
    ...(notifiedAt && { notifiedAt: notifiedAt.getTime() }),
    ...(notifiedMicros !== undefined && { notifiedMicros }),
    ...(escalatedAt && { escalatedAt: escalatedAt.getTime() }),
    ...(feedback !== undefined && { feedback }),
    ...(feedbackBy !== undefined && { feedbackBy }),
    ...(feedbackAt && { feedbackAt: feedbackAt.getTime() }),
  };
}

/** The anomaly in another state; what the state does not say is no more. */
export function withAlertState(anomaly: StoredAnomaly, state: AlertState): StoredAnomaly {
  const {
    statusReason: _reason,
    acknowledgedAt: _acknowledgedAt,
    acknowledgedBy: _acknowledgedBy,
    snoozedUntil: _snoozedUntil,
    snoozedGrowth: _snoozedGrowth,
    snoozedMicros: _snoozedMicros,
    expectedUntil: _expectedUntil,
    resolvedAt: _resolvedAt,
    notifiedAt: _notifiedAt,
    notifiedMicros: _notifiedMicros,
    escalatedAt: _escalatedAt,
    feedback: _feedback,
    feedbackBy: _feedbackBy,
    feedbackAt: _feedbackAt,
    ...kept
  } = anomaly;
  const { perDayMicros: _perDay, ...next } = state;
  const time = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms));
  const dated = {
    acknowledgedAt: time(next.acknowledgedAt),
    snoozedUntil: time(next.snoozedUntil),
    resolvedAt: time(next.resolvedAt),
    notifiedAt: time(next.notifiedAt),
    escalatedAt: time(next.escalatedAt),
    feedbackAt: time(next.feedbackAt),
  };
  const present = Object.fromEntries(Object.entries(dated).filter(([, at]) => at !== undefined));
  const { acknowledgedAt: _a, snoozedUntil: _b, resolvedAt: _c, notifiedAt: _d, ...plain } = next;
  const { escalatedAt: _e, feedbackAt: _f, ...rest } = plain;
  return { ...kept, ...rest, ...present, openedAt: new Date(state.openedAt) };
}
