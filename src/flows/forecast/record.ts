/** Keeps each day's forecasts, and holds them against what came once their days are over. */
import { createConvert } from '../../analysis/convert.ts';
import { tabulate, totalOf } from '../../analysis/tabulate.ts';
import { addDays, type Day, dayInZone } from '../../core/day.ts';
import type { ForecastHorizon } from '../../core/forecast.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import { readCosts } from '../../store/daily-costs.ts';
import {
  dropForecasts,
  type ForecastRecord,
  forecastsToCheck,
  saveActuals,
  saveForecasts,
} from '../../store/forecasts.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { ForecastSpan } from '../../view/messages/forecast-types.ts';
import { findReach } from '../answer/reach.ts';
import { filterOf } from '../budgets/filter.ts';
import type { Context } from '../context.ts';
import { dearestNames } from '../dearest-names.ts';
import { aheadOf } from '../forecast.ts';
import { readForecastInputs } from './read-inputs.ts';

/** Teams and models whose forecasts are kept, the dearest first. */
const MOST_SCOPES = 200;
/** Bills are restated for about this long: what forecasts came to is read again until then. */
const CHECKED_DAYS = 35;
const KEPT_DAYS = 400;

export interface RecordedForecasts {
  /** Scopes that could be foreseen, and that could not. */
  readonly scopes: number;
  readonly unknown: number;
  /** Forecasts whose actual cost was written or changed. */
  readonly checked: number;
}

/**
 * Foresees the organisation, its teams and its models with cost, keeps that under today's date (once more on the
 * same day replaces it), and writes what earlier forecasts came to. For a daily job, after the day's bills.
 */
export async function recordForecasts(context: Context): Promise<RecordedForecasts> {
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const records: ForecastRecord[] = [];
  const actuals: (Pick<ForecastRecord, 'scope' | 'madeOn' | 'horizon'> & { actual: bigint | null })[] = [];
  let unknown = 0;
  for (const scope of await scopesOf(context)) {
    const made = await foresee(context, scope, today);
    if (made.records.length === 0) unknown += 1;
    records.push(...made.records);
    actuals.push(...made.actuals);
  }
  const at = new Date(context.now());
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await saveForecasts(tx, records);
    await saveActuals(tx, actuals, at);
    await dropForecasts(tx, addDays(today, -KEPT_DAYS));
  });
  const scopes = new Set(records.map(({ scope }) => scope)).size;
  return { scopes, unknown, checked: actuals.length };
}

async function scopesOf(context: Context): Promise<Scope[]> {
  const teams = await dearestNames(context, 'team', MOST_SCOPES);
  const models = await dearestNames(context, 'model', MOST_SCOPES);
  return [
    { kind: 'org' },
    ...teams.map((name): Scope => ({ kind: 'team', name })),
    ...models.map((name): Scope => ({ kind: 'model', name })),
  ];
}

async function foresee(context: Context, scope: Scope, today: Day) {
  const { currency, fx } = context.settings;
  const filter = filterOf(scope);
  const convert = createConvert(fx);
  const reach = await findReach(context, filter, { kind: 'days', count: 1 });
  const inputs = await readForecastInputs(context, { scope, filter, reach, currency, convert });
  const ahead = aheadOf(inputs);
  const toRecord = (horizon: ForecastHorizon, { days, amount }: ForecastSpan): ForecastRecord => ({
    scope: scopeKey(scope),
    madeOn: today,
    horizon,
    ...days,
    currency,
    model: ahead?.model ?? '',
    mean: amount.mean,
    ...amount.bands['80'],
  });
  const records = ahead
    ? [
        // A month that is over needs no forecast.
        ...(ahead.month.remainingDays > 0 ? [toRecord('month-end', ahead.month)] : []),
        toRecord('next-day', ahead.nextDay),
        toRecord('next-7', ahead.next7),
      ]
    : [];
  // While a source is silent its days are not over, whatever the others say.
  const actuals = inputs.until && inputs.input ? await check(context, scope, inputs.until) : [];
  return { records, actuals };
}

/** What forecasts of days up to `until` came to, where that is not written yet or has changed. */
async function check(context: Context, scope: Scope, until: Day) {
  const { store, settings } = context;
  const open = await forecastsToCheck(store, scope, { since: addDays(until, -CHECKED_DAYS), until });
  const [first] = open.map(({ start }) => start).sort();
  if (first === undefined) return [];
  const rows = await readCosts(store, {
    filter: filterOf(scope),
    start: first,
    end: until,
    basis: 'effective',
  });
  const convert = createConvert(settings.fx);
  return open.flatMap(({ scope: of, madeOn, horizon, start, end, currency, actual: before }) => {
    const days = rows.filter(({ day }) => day >= start && day <= end);
    const table = tabulate(days, currency, convert);
    const known = table.unconverted.size === 0 && days.every(({ attos }) => attos !== null);
    const actual = known ? (totalOf(table, start, end) ?? 0n) : null;
    return actual === (before ?? null) ? [] : [{ scope: of, madeOn, horizon, actual }];
  });
}
