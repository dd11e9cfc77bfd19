/** An anomaly as data for pagers, webhooks and tickets: amounts are decimal strings, what is unknown is null. */
import { microsToDecimal } from '../../core/money.ts';
import type { ThreadFacts } from './facts.ts';

export function anomalyAsData({ anomaly, shown, answerable }: ThreadFacts): Record<string, unknown> {
  return {
    id: `ANM-${anomaly.id}`,
    scope: anomaly.scope,
    path: anomaly.path,
    severity: anomaly.severity,
    state: anomaly.status,
    reason: anomaly.statusReason ?? null,
    direction: anomaly.direction,
    grain: anomaly.grain,
    first: anomaly.firstStamp,
    last: anomaly.lastStamp,
    judgedThrough: anomaly.judgedThrough,
    currency: anomaly.currency,
    expected: microsToDecimal(anomaly.expectedMicros),
    actual: microsToDecimal(anomaly.actualMicros),
    excess: microsToDecimal(anomaly.excessMicros),
    cause: anomaly.cause ?? null,
    why: shown.why ?? null,
    team: answerable.team ?? null,
    owner: answerable.owner?.name ?? null,
    ownerEmail: answerable.owner?.email ?? null,
    ownerWhy: answerable.why,
    openedAt: anomaly.openedAt.toISOString(),
    resolvedAt: anomaly.resolvedAt?.toISOString() ?? null,
    ticket: anomaly.ticket ?? null,
  };
}
