/** Sources as `ask --json` prints them: amounts are decimal strings, times ISO, unknown is null. */
import { microsToDecimal } from '../../core/money.ts';
import type { EstimateDrift, SourceDetail, SourceReport } from '../../view/messages/sources-types.ts';

export function sourceJson(source: SourceReport, drift: readonly EstimateDrift[]): Record<string, unknown> {
  const { polling, name } = source;
  return {
    key: name,
    kind: source.kind,
    state: source.condition,
    watermark: source.watermark ?? null,
    firstDay: source.firstDay ?? null,
    lastDay: source.lastDay ?? null,
    stale: source.stale,
    error: source.error ?? null,
    hint: source.hint ?? null,
    lastImport: source.lastImport ? { ...source.lastImport, at: source.lastImport.at.toISOString() } : null,
    reconciledDays: source.reconciled.days,
    differentDays: source.reconciled.different,
    live: polling !== undefined,
    ...(polling && pollingJson(polling)),
    restated: source.restated.map(({ at, ...day }) => ({ ...day, at: at.toISOString() })),
    drift: drift.filter((one) => one.source === name).map(driftJson),
  };
}

function pollingJson(polling: NonNullable<SourceReport['polling']>): Record<string, unknown> {
  const { requests, history } = polling;
  return {
    configured: polling.configured,
    polling: polling.runningSince !== undefined,
    pollingSince: polling.runningSince?.toISOString() ?? null,
    failures: polling.failures,
    failingSince: polling.failingSince?.toISOString() ?? null,
    lastSuccess: polling.lastSuccessAt?.toISOString() ?? null,
    nextPoll: polling.nextPoll?.toISOString() ?? null,
    requestsToday: requests.today.sent,
    failedRequestsToday: requests.today.failed,
    requestCostToday: microsToDecimal(requests.today.costMicros),
    requestsMonth: requests.month.sent,
    requestCostMonth: microsToDecimal(requests.month.costMicros),
    requestCurrency: requests.currency,
    requestsPerDay: polling.budget ?? null,
    history: {
      from: history.from ?? null,
      wanted: history.wanted ?? null,
      complete: history.from !== undefined && history.loading === undefined,
      percent: history.loading
        ? Math.round(history.loading.done * 100)
        : history.from === undefined
          ? 0
          : 100,
    },
    pollWarnings: polling.warnings,
  };
}

export function detailJson(detail: SourceDetail): Record<string, unknown> {
  return {
    provider: detail.provider ?? null,
    imports: detail.imports.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })),
    requests: detail.requests.map(({ costMicros, ...rest }) => ({
      ...rest,
      cost: microsToDecimal(costMicros),
    })),
    forecasts: detail.forecasts.map(
      ({ start, end, currency, mean, lower = null, upper = null, percent = null, at }) => ({
        start,
        end,
        currency,
        mean,
        lower,
        upper,
        percent,
        at: at.toISOString(),
      }),
    ),
    anomalies: detail.anomalies.map(({ start, end, currency, impact, about }) => ({
      start,
      end,
      currency,
      impact,
      about,
    })),
  };
}

function driftJson({ llmModel, currency, days, estimatedMicros, billedMicros, ratio }: EstimateDrift) {
  return {
    model: llmModel,
    currency,
    days,
    estimated: microsToDecimal(estimatedMicros),
    billed: microsToDecimal(billedMicros),
    percent: Math.round(ratio * 10_000) / 100,
  };
}
