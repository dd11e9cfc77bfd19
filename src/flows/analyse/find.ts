/** What would be found as of a day, or day by day over many: read only, nothing is kept and nobody is told. */
import { matchIncidents } from '../../analysis/incidents/match.ts';
import type { FoundAnomaly } from '../../core/anomaly.ts';
import { addDays, type Day, dayToMs, later } from '../../core/day.ts';
import { dayOfStamp } from '../../core/series.ts';
import type { Context } from '../context.ts';
import { type Scored, type ScoreOptions, scoreHierarchy } from './score.ts';

export interface FindOptions extends ScoreOptions {
  /** Days to be replayed one by one, `at` being the last; only that one unless told. */
  readonly days?: number;
}

/** An incident of a replay, as it stood on the last day it was seen. */
export interface ReplayedAnomaly extends FoundAnomaly {
  /** The day with whose data it was found first. */
  readonly foundOn: Day;
}

/** What came again within days is one incident, so some days before are looked at too. */
const DAYS_BEFORE = 30;
/** An incident whose last step is older is over. */
const GOES_ON_DAYS = 2;

/**
 * Incidents as they would have been found with the data up to `at` (the newest complete day unless told), day by day
 * when `days` says so: each day is judged from earlier days only, by the rules of today. Oldest first.
 * @example findAnomalies(context, { at: '2026-11-18', days: 90, detector: 'static' })
 */
export async function findAnomalies(
  context: Pick<Context, 'store' | 'settings' | 'now'>,
  { days = 1, ...options }: FindOptions = {},
): Promise<ReplayedAnomaly[]> {
  const scored = await scoreHierarchy(context, options);
  return scored ? replay(scored, days) : [];
}

/** The same from what is scored already. */
export function replay(scored: Scored, days: number): ReplayedAnomaly[] {
  let known: ReplayedAnomaly[] = [];
  for (
    let day = later(scored.start, addDays(scored.end, 1 - days));
    day <= scored.end;
    day = addDays(day, 1)
  ) {
    const found = scored.incidents({ from: addDays(day, -DAYS_BEFORE), upTo: day }).filter(goesOn);
    const { pairs, fresh } = matchIncidents(known, found);
    const now = new Map(pairs.map((pair) => [pair.known, pair.found]));
    known = [
      ...known.map((one) => ({ ...one, ...now.get(one), foundOn: one.foundOn })),
      ...fresh.map((one) => ({ ...one, foundOn: day })),
    ];
  }
  return known.sort((a, b) => (a.firstStamp < b.firstStamp ? -1 : 1));
}

function goesOn({ lastStamp, judgedThrough }: FoundAnomaly): boolean {
  return dayToMs(dayOfStamp(judgedThrough)) - dayToMs(dayOfStamp(lastStamp)) < GOES_ON_DAYS * 86_400_000;
}
