/** A back-test as data: amounts are decimal strings. */
import { microsToDecimal } from '../../core/money.ts';
import { scopeKey } from '../../core/scope.ts';
import { pathScope } from '../../core/scope-path.ts';
import type { Backtest, BacktestSide } from '../../flows/backtest.ts';

type Found = BacktestSide['anomalies'][number];

export function backtestJson({ days, start, end, current, trial }: Backtest): Record<string, unknown> {
  return {
    days,
    start,
    end,
    current: sideJson(current),
    trial: trial
      ? {
          ...sideJson(trial),
          settings: JSON.parse(
            JSON.stringify(trial.settings, (_, value) =>
              typeof value === 'bigint' ? microsToDecimal(value) : value,
            ),
          ),
          more: trial.more.map(foundJson),
          fewer: trial.fewer.map(foundJson),
          louder: trial.louder.map(foundJson),
          quieter: trial.quieter.map(foundJson),
          judged: trial.judged,
        }
      : null,
  };
}

function sideJson({ anomalies, told, toldPerWeek, bySeverity, medianDelay }: BacktestSide) {
  return { told, toldPerWeek, bySeverity, medianDelayDays: medianDelay, anomalies: anomalies.map(foundJson) };
}

export function foundJson(one: Found): Record<string, unknown> {
  return {
    scope: scopeKey(pathScope(one.path)),
    path: one.path,
    severity: one.severity,
    detector: one.detector,
    direction: one.direction,
    first: one.firstStamp,
    last: one.lastStamp,
    foundOn: one.foundOn,
    judgedThrough: one.judgedThrough,
    currency: one.currency,
    expected: microsToDecimal(one.expectedMicros),
    actual: microsToDecimal(one.actualMicros),
    excess: microsToDecimal(one.excessMicros),
    score: Math.round(one.score * 10_000) / 10_000,
    related: one.related.map(({ path, excessMicros }) => ({ path, excess: microsToDecimal(excessMicros) })),
  };
}
