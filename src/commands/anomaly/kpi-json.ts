/** Figures about the alerts as data. */
import { microsToDecimal } from '../../core/money.ts';
import type { AlertKpiReport } from '../../flows/anomaly-kpis.ts';

export function kpiJson({ kpis, currency, days }: AlertKpiReport): Record<string, unknown> {
  const { caughtMicros, ...rest } = kpis;
  return {
    days,
    currency,
    ...rest,
    caught: caughtMicros === null ? null : microsToDecimal(caughtMicros),
  };
}
