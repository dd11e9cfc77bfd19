/** An anomaly as data: amounts are decimal strings, what is unknown is null. */
import { microsToDecimal } from '../../core/money.ts';
import type { AnomalyShown } from '../../view/messages/anomaly-words.ts';

export function anomalyJson(anomaly: AnomalyShown): Record<string, unknown> {
  const time = (at: Date | undefined) => at?.toISOString() ?? null;
  return {
    id: anomaly.id,
    scope: anomaly.scope,
    path: anomaly.path,
    severity: anomaly.severity,
    state: anomaly.state,
    reason: anomaly.statusReason ?? null,
    verdict: anomaly.verdict ?? null,
    detector: anomaly.detector,
    direction: anomaly.direction,
    grain: anomaly.grain,
    first: anomaly.firstStamp,
    last: anomaly.lastStamp,
    judgedThrough: anomaly.judgedThrough,
    currency: anomaly.currency,
    expected: microsToDecimal(anomaly.expectedMicros),
    actual: microsToDecimal(anomaly.actualMicros),
    excess: microsToDecimal(anomaly.excessMicros),
    why: anomaly.why ?? null,
    owner: anomaly.owner ?? null,
    openedAt: time(anomaly.openedAt),
    acknowledgedBy: anomaly.acknowledgedBy ?? null,
    acknowledgedAt: time(anomaly.acknowledgedAt),
    snoozedUntil: time(anomaly.snoozedUntil),
    expectedUntil: anomaly.expectedUntil ?? null,
    resolvedAt: time(anomaly.resolvedAt),
  };
}
