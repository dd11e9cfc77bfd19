/** What a snooze would have muted: the messages of the last 90 days about the same place, played again with it. */

import { type PastAnomaly, snoozeOutcome } from '../../analysis/alerts/snooze-outcome.ts';
import { createConvert } from '../../analysis/convert.ts';
import { type Table, tabulate, totalOf } from '../../analysis/tabulate.ts';
import { addDays, type Day, dayInZone, daysBetween, earlier, later } from '../../core/day.ts';
import { pathFilter, pathKey } from '../../core/scope-path.ts';
import { dayOfStamp, STEPS_A_DAY } from '../../core/series.ts';
import { listAnomalies, type StoredAnomaly } from '../../store/anomalies.ts';
import { listAnomalyEvents } from '../../store/anomaly-events.ts';
import { readPlaceDays } from '../../store/change-parts.ts';
import type { Context } from '../context.ts';
import { poolsOf } from '../explain/place.ts';

/** Days that are played again. */
export const PREVIEW_DAYS = 90;
const DAY_MS = 86_400_000;

export interface SnoozeChoice {
  readonly label: string;
  readonly days: number;
}

export interface SnoozeLine extends SnoozeChoice {
  /** Messages that would not have come, were nothing asked of its growth. */
  readonly muted: number;
  /** Of these, by percent: so many were that much worse and would have come all the same. */
  readonly worse: ReadonlyMap<number, number>;
}

export interface SnoozePreview {
  /** Messages of these days about the place, and of how many anomalies. */
  readonly messages: number;
  readonly anomalies: number;
  readonly lines: readonly SnoozeLine[];
}

/** As if each anomaly of the place had been snoozed when it was first told. */
export async function snoozePreview(
  context: Context,
  anomaly: StoredAnomaly,
  { choices, growths }: { readonly choices: readonly SnoozeChoice[]; readonly growths: readonly number[] },
): Promise<SnoozePreview> {
  const { store, settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const since = addDays(today, -PREVIEW_DAYS);
  const place = (await listAnomalies(store, { since })).filter(
    (one) => pathKey(one.path) === pathKey(anomaly.path),
  );
  const events = await listAnomalyEvents(
    store,
    place.map(({ id }) => id),
  );
  const from = context.now() - PREVIEW_DAYS * DAY_MS;
  const told = events.filter(
    ({ kind, at }) => (kind === 'told' || kind === 'escalated') && at.getTime() >= from,
  );
  const excess = await readExcess(context, anomaly, place, today);
  const past = place.map((one): PastAnomaly => {
    const times = told.filter(({ anomalyId }) => anomalyId === one.id).map(({ at }) => at.getTime());
    return times.map((at) => ({ at, perDay: excess(one, dayInZone(at, settings.timeZone)) }));
  });
  return {
    messages: told.length,
    anomalies: past.filter((messages) => messages.length > 0).length,
    lines: choices.map((choice) => ({
      ...choice,
      ...snoozeOutcome(past, { length: choice.days * DAY_MS, growths }),
    })),
  };
}

/** Above (below) expected a day, of its anomalous days that were over when somebody was told. */
async function readExcess(
  { store, settings }: Context,
  { path }: StoredAnomaly,
  place: readonly StoredAnomaly[],
  today: Day,
): Promise<(one: StoredAnomaly, on: Day) => number> {
  const start = place.map(({ firstStamp }) => dayOfStamp(firstStamp)).reduce(earlier, today);
  const filter = pathFilter(path);
  const pools = poolsOf(filter, settings.splits);
  const rows = await readPlaceDays(store, { filter, start, end: today, pools });
  const convert = createConvert(settings.fx);
  const tables = new Map<string, Table>();
  const tableIn = (currency: string) => {
    const table = tables.get(currency) ?? tabulate(rows, currency, convert);
    tables.set(currency, table);
    return table;
  };
  return (one, on) => {
    const first = dayOfStamp(one.firstStamp);
    const last = later(first, earlier(dayOfStamp(one.lastStamp), addDays(on, -1)));
    const sum = totalOf(tableIn(one.currency), first, last) ?? 0n;
    const expected = one.expectedMicros * BigInt(STEPS_A_DAY[one.grain]);
    return Math.abs(Number(sum) / (daysBetween(first, last) + 1) - Number(expected));
  };
}
