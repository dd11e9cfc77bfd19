/** Figures about the alerts themselves over the last days. */
import { createConvert } from '../analysis/convert.ts';
import { type AlertKpis, alertKpis } from '../analysis/kpis/alert-kpis.ts';
import { dayInZone } from '../core/day.ts';
import { ATTOS_PER_MICRO, attosToMicros } from '../core/money.ts';
import { listAnomalies } from '../store/anomalies.ts';
import type { Context } from './context.ts';

export interface AlertKpiReport {
  readonly kpis: AlertKpis;
  readonly days: number;
  readonly currency: string;
}

/** Anomalies found in history at the first analysis are no alerts: they count only when somebody was told. */
export async function readAlertKpis(context: Context, days: number): Promise<AlertKpiReport> {
  const { store, settings } = context;
  const until = context.now();
  const since = until - days * 86_400_000;
  const convert = createConvert(settings.fx);
  const today = dayInZone(until, settings.timeZone);
  const anomalies = await listAnomalies(store, { openedFrom: new Date(since) });
  const facts = anomalies
    .filter(
      ({ notifications, status, resolvedAt, openedAt }) =>
        notifications > 0 || status !== 'resolved' || resolvedAt?.getTime() !== openedAt.getTime(),
    )
    .map((anomaly) => {
      const excess = convert(
        anomaly.excessMicros * ATTOS_PER_MICRO,
        anomaly.currency,
        settings.currency,
        today,
      );
      return {
        state: anomaly.status,
        openedAt: anomaly.openedAt.getTime(),
        told: anomaly.notifications > 0,
        excessMicros: excess === undefined ? null : attosToMicros(excess),
        ...(anomaly.completeAt && { completeAt: anomaly.completeAt.getTime() }),
        ...(anomaly.acknowledgedAt && { acknowledgedAt: anomaly.acknowledgedAt.getTime() }),
        ...(anomaly.resolvedAt && { resolvedAt: anomaly.resolvedAt.getTime() }),
        ...(anomaly.feedback && { verdict: anomaly.feedback }),
      };
    });
  return { kpis: alertKpis(facts, { since, until }), days, currency: settings.currency };
}
