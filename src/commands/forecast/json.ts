/** A forecast as data: amounts are decimal strings, what is unknown is null, both ends of a period are included. */
import { microsToDecimal } from '../../core/money.ts';
import { scopeKey } from '../../core/scope.ts';
import type { ForecastAmount, ForecastFacts, ForecastSpan } from '../../view/messages/forecast-types.ts';

export function forecastJson(facts: ForecastFacts): Record<string, unknown> {
  const { scope, currency, until, spent, ahead, reason, budget, accuracy, providers, planned } = facts;
  return {
    scope: scopeKey(scope),
    currency,
    basis: 'effective',
    watermark: until ?? null,
    reason: reason ?? null,
    model: ahead?.model ?? null,
    parts: ahead?.parts ?? [],
    learntDays: ahead?.learntDays ?? null,
    backtest: (ahead?.tried ?? []).map(({ model, smape, mase, origins }) => ({
      model,
      smape: round(smape),
      mase: round(mase),
      origins,
    })),
    monthEnd: ahead
      ? { ...spanJson(ahead.month), spent: amount(spent), remainingDays: ahead.month.remainingDays }
      : null,
    nextDay: ahead ? spanJson(ahead.nextDay) : null,
    next7: ahead ? spanJson(ahead.next7) : null,
    nextMonth: ahead ? spanJson(ahead.nextMonth) : null,
    next90: ahead ? spanJson(ahead.next90) : null,
    days: (ahead?.days ?? []).map((one) => ({ day: one.day, ...amountJson(one.amount) })),
    spent: amount(spent),
    budget: budget
      ? {
          amount: microsToDecimal(budget.amount),
          currency: budget.currency,
          period: budget.period,
          amountHere: amount(budget.amountHere ?? null),
        }
      : null,
    accuracy: accuracyJson(accuracy),
    providers: providers.map(({ source, days, currency: theirs, mean, low, high }) => ({
      source,
      ...days,
      currency: theirs,
      mean: microsToDecimal(mean),
      lower: amount(low ?? null),
      upper: amount(high ?? null),
    })),
    planned: planned.map(({ scope: of, days, amount: micros, currency: theirs, reason: why }) => ({
      scope: of,
      ...days,
      amount: microsToDecimal(micros),
      currency: theirs,
      reason: why ?? null,
    })),
    warnings: facts.warnings,
  };
}

function spanJson({ days, amount: ahead }: ForecastSpan) {
  return { ...days, ...amountJson(ahead) };
}

function amountJson({ mean, bands }: ForecastAmount) {
  const at = (level: '50' | '80' | '95') => bands[level];
  return {
    mean: microsToDecimal(mean),
    lower50: microsToDecimal(at('50').low),
    upper50: microsToDecimal(at('50').high),
    lower80: microsToDecimal(at('80').low),
    upper80: microsToDecimal(at('80').high),
    lower95: microsToDecimal(at('95').low),
    upper95: microsToDecimal(at('95').high),
  };
}

function accuracyJson({ month, months, weeks }: ForecastFacts['accuracy']) {
  const summary = (one: ForecastFacts['accuracy']['months']) =>
    one
      ? { count: one.count, typicalPercent: round(100 * one.typicalRatio), within80: round(one.within) }
      : null;
  return {
    month: month
      ? {
          madeOn: month.madeOn,
          start: month.start,
          end: month.end,
          currency: month.currency,
          forecast: microsToDecimal(month.forecast),
          lower80: microsToDecimal(month.low),
          upper80: microsToDecimal(month.high),
          actual: microsToDecimal(month.actual),
          percent: month.ratio === null ? null : round(100 * month.ratio),
        }
      : null,
    months: summary(months),
    weeks: summary(weeks),
  };
}

function amount(micros: bigint | null): string | null {
  return micros === null ? null : microsToDecimal(micros);
}

function round(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 10_000) / 10_000 : null;
}
