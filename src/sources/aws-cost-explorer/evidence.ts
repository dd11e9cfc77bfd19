/** What AWS itself expects and finds odd; kept beside the bill, and never a reason for a poll to fail. */
import { addDays, addMonths, endOfMonth, isDay, startOfMonth } from '../../core/day.ts';
import { AppError, describeError } from '../../core/errors.ts';
import { decimalOf, plainDecimal } from '../../core/exact-number.ts';
import type { EvidenceItem, FetchRequest } from '../types.ts';
import type { CostExplorer } from './client.ts';
import { Anomalies, type Anomaly, Forecast } from './schema.ts';
import type { AwsSettings } from './settings.ts';

export interface Evidence {
  readonly items: readonly EvidenceItem[];
  readonly warnings: readonly string[];
}

const INTERVAL = 80;
const DAYS_BACK = 30;
const PER_PAGE = 100;
const MOST_PAGES = 10;
const METRICS: Readonly<
  Record<AwsSettings['billedMetric'], 'UNBLENDED_COST' | 'NET_UNBLENDED_COST' | 'BLENDED_COST'>
> = { UnblendedCost: 'UNBLENDED_COST', NetUnblendedCost: 'NET_UNBLENDED_COST', BlendedCost: 'BLENDED_COST' };

/** Forecast to the end of the month, and anomalies of the last 30 days: two requests. */
export async function fetchEvidence(
  client: CostExplorer,
  request: FetchRequest,
  settings: AwsSettings,
  account: string,
): Promise<Evidence> {
  const parts = [
    await quietly('forecast', request, () => forecast(client, request, settings, account)),
    await quietly('anomalies', request, () => anomalies(client, request)),
  ];
  return { items: parts.flatMap(({ items }) => items), warnings: parts.flatMap(({ warnings }) => warnings) };
}

async function quietly(
  what: string,
  request: FetchRequest,
  read: () => Promise<readonly EvidenceItem[]>,
): Promise<Evidence> {
  if (request.meter.left() < 1) return { items: [], warnings: [] };
  try {
    return { items: await read(), warnings: [] };
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    // A young account has too little history for a forecast: nothing is wrong.
    if (error.message.includes('DataUnavailable')) return { items: [], warnings: [] };
    return {
      items: [],
      warnings: [`AWS's ${what} could not be read: ${describeError(error).replaceAll('\n', ' ')}`],
    };
  }
}

async function forecast(
  client: CostExplorer,
  { today }: FetchRequest,
  settings: AwsSettings,
  account: string,
): Promise<EvidenceItem[]> {
  const answer = await client.getCostForecast({
    TimePeriod: { Start: today, End: addMonths(startOfMonth(today), 1) },
    Granularity: 'MONTHLY',
    Metric: METRICS[settings.billedMetric],
    PredictionIntervalLevel: INTERVAL,
  });
  const { Total, ForecastResultsByTime } = read(Forecast.safeParse(answer));
  const [{ PredictionIntervalLowerBound: lower, PredictionIntervalUpperBound: upper } = {}, ...more] =
    ForecastResultsByTime;
  const bounds = lower !== undefined && upper !== undefined && more.length === 0;
  return [
    {
      kind: 'forecast',
      id: `${account} ${today}`,
      start: today,
      end: endOfMonth(today),
      currency: Total.Unit.toUpperCase(),
      mean: plainDecimal(Total.Amount),
      ...(bounds && { lower: plainDecimal(lower), upper: plainDecimal(upper), percent: INTERVAL }),
    },
  ];
}

async function anomalies(client: CostExplorer, { today }: FetchRequest): Promise<EvidenceItem[]> {
  const found: EvidenceItem[] = [];
  let next: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await client.getAnomalies({
      DateInterval: { StartDate: addDays(today, -DAYS_BACK), EndDate: today },
      MaxResults: PER_PAGE,
      ...(next && { NextPageToken: next }),
    });
    const { Anomalies: list, NextPageToken } = read(Anomalies.safeParse(answer));
    found.push(...list.flatMap((anomaly) => itemOf(anomaly) ?? []));
    next = NextPageToken;
    if (!next) break;
  }
  return found;
}

function itemOf(anomaly: Anomaly): EvidenceItem | undefined {
  const start = anomaly.AnomalyStartDate?.slice(0, 10) ?? '';
  const end = anomaly.AnomalyEndDate?.slice(0, 10) ?? start;
  if (!isDay(start) || !isDay(end)) return undefined;
  const causes = anomaly.RootCauses.map((cause) =>
    present({
      service: cause.Service,
      account: cause.LinkedAccount,
      accountName: cause.LinkedAccountName,
      region: cause.Region,
      usageType: cause.UsageType,
      contribution:
        cause.Impact?.Contribution === undefined ? undefined : decimalOf(cause.Impact.Contribution),
    }),
  );
  const { service, account, region, usageType } = causes[0] ?? {};
  const about = [anomaly.DimensionValue ?? service, account, region, usageType];
  return {
    kind: 'anomaly',
    id: anomaly.AnomalyId,
    start,
    end,
    // AWS gives the impact in dollars, whatever the bill is in.
    currency: 'USD',
    impact: decimalOf(anomaly.Impact.TotalImpact ?? anomaly.Impact.MaxImpact),
    ...(anomaly.AnomalyScore?.MaxScore !== undefined && { score: anomaly.AnomalyScore.MaxScore }),
    about: [...new Set(about)].filter((each) => each !== undefined && each !== '').join(', ') || 'all costs',
    causes,
  };
}

function present(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => (text === undefined || text === '' ? [] : [[key, text]])),
  );
}

function read<T>(parsed: { success: true; data: T } | { success: false; error: Error }): T {
  if (parsed.success) return parsed.data;
  throw new AppError('UPSTREAM', 'it answers in a form that is not understood.', { cause: parsed.error });
}
