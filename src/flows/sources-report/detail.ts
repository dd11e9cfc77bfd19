/** Everything that is known of one source: its last polls, what they asked, and what the provider itself says. */
import { addDays, dayInZone, msToDay } from '../../core/day.ts';
import type { EvidenceItem } from '../../sources/types.ts';
import { readEvidence } from '../../store/evidence.ts';
import { providerOf, recentImports, requestDays } from '../../store/source-reports.ts';
import type {
  ProviderAnomaly,
  ProviderForecast,
  SourceDetail,
  SourceReport,
} from '../../view/messages/sources-types.ts';
import type { Context } from '../context.ts';
import { findDrift } from '../estimates.ts';

const IMPORTS = 5;
const REQUEST_DAYS = 7;
/** Anomalies are told this long. */
const ANOMALY_DAYS = 30;

export async function sourceDetail(context: Context, report: SourceReport): Promise<SourceDetail> {
  const { store, settings } = context;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  const { name } = report;
  const [provider, imports, requests, evidence, drift] = await Promise.all([
    providerOf(store, name),
    recentImports(store, name, IMPORTS),
    requestDays(store, name, addDays(msToDay(now), 1 - REQUEST_DAYS)),
    readEvidence(store, name, addDays(today, -ANOMALY_DAYS)),
    findDrift(context),
  ]);
  const forecasts: ProviderForecast[] = [];
  const anomalies: ProviderAnomaly[] = [];
  for (const { kind, start, end, data, fetchedAt } of evidence) {
    const item = { kind, start, end, ...JSON.parse(data) } as EvidenceItem;
    if (item.kind === 'anomaly') anomalies.push(item);
    // An older word about the same days is not repeated.
    else if (end >= today && !forecasts.some((one) => one.end === end))
      forecasts.push({ ...item, at: fetchedAt });
  }
  anomalies.sort((a, b) => Math.abs(Number(b.impact)) - Math.abs(Number(a.impact)));
  return {
    report,
    ...(provider !== undefined && { provider }),
    imports,
    requests,
    forecasts,
    anomalies,
    drift: drift.filter(({ source }) => source === name),
  };
}
