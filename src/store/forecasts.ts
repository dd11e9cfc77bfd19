/** What was foreseen, and what it came to. */

import type { Day } from '../core/day.ts';
import { FORECAST_HORIZONS, type ForecastHorizon } from '../core/forecast.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import type { Store, StoreTransaction } from './open.ts';

export interface ForecastRecord {
  /** Scope as text, e.g. "team:search". */
  readonly scope: string;
  /** Day on which it was made. */
  readonly madeOn: Day;
  readonly horizon: ForecastHorizon;
  /** The days whose cost was foreseen. */
  readonly start: Day;
  readonly end: Day;
  readonly currency: string;
  readonly model: string;
  /** Likely, and the 80 % range. */
  readonly mean: bigint;
  readonly low: bigint;
  readonly high: bigint;
}

/** A forecast whose days are over. */
export interface CheckedForecast extends ForecastRecord {
  readonly actual: bigint;
}

/** Rows per statement. */
const CHUNK = 2_000;

/** Writes forecasts; another of the same day takes the place of the first. */
export async function saveForecasts(tx: StoreTransaction, records: readonly ForecastRecord[]): Promise<void> {
  for (let from = 0; from < records.length; from += CHUNK) {
    const rows = records
      .slice(from, from + CHUNK)
      .map(({ scope, madeOn, horizon, start, end, currency, model, mean, low, high }) => [
        ...[scope, madeOn, horizon, start, end, currency, model],
        // 64-bit numbers travel as text: JSON numbers would lose their low digits.
        ...[`${mean}`, `${low}`, `${high}`],
      ]);
    await tx.$executeRawUnsafe(
      `INSERT INTO "ForecastRecord" ("scope", "madeOn", "horizon", "startDay", "endDay", "currency", "model",
         "meanMicros", "low80Micros", "high80Micros")
       SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6,
         CAST(value->>7 AS INTEGER), CAST(value->>8 AS INTEGER), CAST(value->>9 AS INTEGER)
       FROM json_each(?) WHERE true
       ON CONFLICT ("scope", "madeOn", "horizon") DO UPDATE SET "startDay" = excluded."startDay",
         "endDay" = excluded."endDay", "currency" = excluded."currency", "model" = excluded."model",
         "meanMicros" = excluded."meanMicros", "low80Micros" = excluded."low80Micros",
         "high80Micros" = excluded."high80Micros", "actualMicros" = NULL, "checkedAt" = NULL`,
      JSON.stringify(rows),
    );
  }
}

/** Forecasts of days that ended between `since` and `until`, both included: to be held against what came. */
export async function forecastsToCheck(
  store: Store | StoreTransaction,
  scope: Scope,
  { since, until }: { since: Day; until: Day },
): Promise<(ForecastRecord & { readonly actual?: bigint })[]> {
  const rows = await store.forecastRecord.findMany({
    where: { scope: scopeKey(scope), endDay: { gte: since, lte: until } },
    orderBy: [{ endDay: 'asc' }, { madeOn: 'asc' }],
  });
  return rows.flatMap(toRecord);
}

/** Writes what they came to; null while that is not known. */
export async function saveActuals(
  tx: StoreTransaction,
  actuals: readonly (Pick<ForecastRecord, 'scope' | 'madeOn' | 'horizon'> & {
    readonly actual: bigint | null;
  })[],
  checkedAt: Date,
): Promise<void> {
  for (const { actual, ...key } of actuals)
    await tx.forecastRecord.update({
      where: { scope_madeOn_horizon: key },
      data: { actualMicros: actual, checkedAt },
    });
}

/** Checked forecasts of a scope whose days ended on `since` or later, oldest first. */
export async function checkedForecasts(store: Store, scope: Scope, since: Day): Promise<CheckedForecast[]> {
  const rows = await store.forecastRecord.findMany({
    where: { scope: scopeKey(scope), endDay: { gte: since }, actualMicros: { not: null } },
    orderBy: [{ endDay: 'asc' }, { madeOn: 'asc' }],
  });
  return rows
    .flatMap(toRecord)
    .flatMap(({ actual, ...record }) => (actual === undefined ? [] : [{ ...record, actual }]));
}

/** Forgets forecasts of days that ended before `before`. */
export async function dropForecasts(tx: StoreTransaction, before: Day): Promise<void> {
  await tx.forecastRecord.deleteMany({ where: { endDay: { lt: before } } });
}

function toRecord(row: {
  scope: string;
  madeOn: string;
  horizon: string;
  startDay: string;
  endDay: string;
  currency: string;
  model: string;
  meanMicros: bigint;
  low80Micros: bigint;
  high80Micros: bigint;
  actualMicros: bigint | null;
}): (ForecastRecord & { actual?: bigint })[] {
  const horizon = FORECAST_HORIZONS.find((known) => known === row.horizon);
  if (!horizon) return [];
  return [
    {
      scope: row.scope,
      madeOn: row.madeOn,
      horizon,
      start: row.startDay,
      end: row.endDay,
      currency: row.currency,
      model: row.model,
      mean: row.meanMicros,
      low: row.low80Micros,
      high: row.high80Micros,
      ...(row.actualMicros !== null && { actual: row.actualMicros }),
    },
  ];
}

/** Whether any forecast was made on this day. */
export async function hasForecastsOf(store: StoreTransaction, madeOn: Day): Promise<boolean> {
  return (await store.forecastRecord.findFirst({ where: { madeOn }, select: { scope: true } })) !== null;
}
