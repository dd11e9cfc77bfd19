/** Holds what is kept against what is found: what each kept anomaly is to be told by the newest analysis. */
import type { Observation } from '../../analysis/alerts/types.ts';
import { matchIncidents } from '../../analysis/incidents/match.ts';
import type { FoundAnomaly } from '../../core/anomaly.ts';
import { addDays, type Day, daysBetween } from '../../core/day.ts';
import { decimalToMicros } from '../../core/money.ts';
import { scopeKey } from '../../core/scope.ts';
import { pathScope } from '../../core/scope-path.ts';
import { dayOfStamp } from '../../core/series.ts';
import type { StoredAnomaly } from '../../store/anomalies.ts';
import type { StoredRestatement } from '../../store/restatements.ts';
import { formatMoney, formatRange } from '../../view/format.ts';
import { perDayOf } from '../anomalies/alert-state.ts';
import { type Correction, correctionOf } from './corrections.ts';
import type { Scored } from './score.ts';

/** What is new about a kept anomaly. */
export interface Update {
  readonly known: StoredAnomaly;
  /** As it is found now; absent when it is not found any more. */
  readonly found?: FoundAnomaly;
  readonly observations: readonly Observation[];
  /** Nothing was analysed, and the last analysis saw usual days after its last one. */
  readonly calm?: boolean;
  readonly correction?: Correction;
}

export interface Newest {
  readonly scored: Pick<Scored, 'nodeOf' | 'start'>;
  /** First day whose incidents were looked for. */
  readonly from: Day;
  readonly restatements: readonly StoredRestatement[];
  /** Names of sources whose newest days are unknown, and since when, in words. */
  readonly stale: ReadonlyMap<string, string>;
  readonly today: Day;
}

const CORRECTED = 'Corrected';

/** Closed because the bill was restated: it never was, so nothing can go on from it. */
export function neverWas({ status, statusReason }: Pick<StoredAnomaly, 'status' | 'statusReason'>): boolean {
  return status === 'resolved' && (statusReason?.startsWith(`${CORRECTED} `) ?? false);
}

/** `known`: every anomaly that may go on, oldest first. */
export function observe(
  known: readonly StoredAnomaly[],
  found: readonly FoundAnomaly[],
  newest: Newest,
): { readonly updates: readonly Update[]; readonly fresh: readonly FoundAnomaly[] } {
  const { pairs, fresh, gone } = matchIncidents(known, found);
  const moved = new Map<FoundAnomaly, StoredAnomaly>();
  for (const { known: one, into } of gone) {
    const there = into ? undefined : fresh.find((other) => !moved.has(other) && isMoved(one, other, newest));
    if (there) moved.set(there, one);
  }
  const stay = new Set(moved.values());
  return {
    updates: [
      ...pairs.map((pair) => goesOn(pair.known, pair.found, newest)),
      ...[...moved].map(([there, one]) => goesOn(one, there, newest)),
      ...gone.flatMap((one) => (stay.has(one.known) ? [] : (endedOrNot(one.known, one.into, newest) ?? []))),
    ],
    fresh: fresh.filter((one) => !moved.has(one)),
  };
}

/** A model, stage or service of another name within its team: the old one has no cost any more, the days are the same. */
function isMoved(known: StoredAnomaly, found: FoundAnomaly, { scored }: Newest): boolean {
  return (
    known.path.length > 1 &&
    known.path.length === found.path.length &&
    known.path[0] === found.path[0] &&
    known.path[0] !== '' &&
    known.direction === found.direction &&
    (known.detector === 'drift') === (found.detector === 'drift') &&
    known.firstStamp === found.firstStamp &&
    known.lastStamp <= found.lastStamp &&
    !scored.nodeOf(known.path)
  );
}

function goesOn(known: StoredAnomaly, found: FoundAnomaly, newest: Newest): Update {
  const correction = restatedSince(known, known.updatedAt, newest, found);
  const { severity, lastStamp } = found;
  const isNew = lastStamp > known.lastStamp || severity !== known.severity || correction !== undefined;
  const seen: Observation = {
    kind: 'seen',
    severity,
    lastStamp,
    perDayMicros: perDayOf({ ...known, ...found }),
    ...(correction && {
      corrected: `${CORRECTED} ${shown(newest.today, newest)}: ${correction.sentence}`,
    }),
  };
  return {
    known,
    found,
    observations: [...(isNew ? [seen] : []), ...after({ ...known, ...found }, newest)],
    ...(correction && { correction }),
  };
}

/** A restatement counts as a correction when it made a difference here. */
function restatedSince(
  known: StoredAnomaly,
  since: Date,
  newest: Newest,
  found: FoundAnomaly,
): Correction | undefined {
  const sameDays = found.lastStamp === known.lastStamp && found.firstStamp === known.firstStamp;
  const moved =
    Number(found.actualMicros - known.actualMicros) / Math.max(1, Math.abs(Number(known.actualMicros)));
  if (
    sameDays
      ? Math.abs(moved) < NOTICED
      : Math.abs(Number(found.excessMicros)) >= Math.abs(Number(known.excessMicros))
  )
    return undefined;
  return correctionOf(known, newest.restatements, {
    since,
    sources: sourcesOf(known, newest),
    today: newest.today,
  });
}

/** Share of the cost below which a correction is not worth a word. */
const NOTICED = 0.01;

/** What came after its last anomalous step. */
function after(
  anomaly: Pick<StoredAnomaly, 'path' | 'lastStamp' | 'expectedMicros' | 'actualMicros' | 'currency'>,
  newest: Newest,
): Observation[] {
  const node = newest.scored.nodeOf(anomaly.path);
  const silent = (node?.sources ?? []).flatMap((name) => newest.stale.get(name) ?? []);
  if (silent[0] !== undefined) return [{ kind: 'no-data', reason: silent.join('; ') }];
  if (!node) return [];
  const through = addDays(newest.scored.start, node.values.length - 1);
  const days = daysBetween(dayOfStamp(anomaly.lastStamp), through);
  if (days < 1) return [];
  return [{ kind: 'quiet', days, through, ending: endingOf(anomaly, node.values.subarray(-days), newest) }];
}

/** Back to usual, or higher and usual now. */
function endingOf(
  {
    lastStamp,
    expectedMicros,
    actualMicros,
    currency,
  }: Pick<StoredAnomaly, 'lastStamp' | 'expectedMicros' | 'actualMicros' | 'currency'>,
  since: Float64Array,
  newest: Newest,
): string {
  const known = since.filter((value) => !Number.isNaN(value));
  const mean = (known.reduce((sum, value) => sum + value, 0) / known.length) * 1e6;
  const middle = (Number(expectedMicros) + Number(actualMicros)) / 2;
  const stays = actualMicros > expectedMicros ? mean > middle : mean < middle;
  const last = shown(dayOfStamp(lastStamp), newest);
  if (!stays) return `usual again after ${last}`;
  return `${formatMoney(BigInt(Math.round(mean)), currency)} a day is usual now: it has stayed so after ${last}`;
}

/** Not found any more. Undefined: nothing to be said of it. */
function endedOrNot(
  known: StoredAnomaly,
  into: FoundAnomaly | undefined,
  newest: Newest,
): Update | undefined {
  const { restatements, today } = newest;
  const restated = correctionOf(known, restatements, {
    since: known.openedAt,
    sources: sourcesOf(known, newest),
    today,
  });
  const correction = restated && couldExplain(restated, known) ? restated : undefined;
  const over = known.status === 'resolved';
  const looked = dayOfStamp(known.lastStamp) >= newest.from;
  if (looked && correction && !into) {
    const reason = `${CORRECTED} ${shown(today, newest)}: ${correction.sentence}; closed`;
    return { known, correction, observations: [{ kind: 'corrected', reason }] };
  }
  if (over || (known.grain === 'hour' && !isJudgedWhole(known, newest))) return undefined;
  if (looked && into) {
    const reason = `it is told with ${scopeKey(pathScope(into.path))} now`;
    return { known, observations: [{ kind: 'gone', reason }] };
  }
  if (!newest.scored.nodeOf(known.path))
    return { known, observations: [{ kind: 'gone', reason: 'its cost is allocated elsewhere now' }] };
  const rest = after(known, newest);
  if (!looked || rest[0]?.kind === 'no-data') return { known, observations: rest };
  const reason =
    known.grain === 'hour'
      ? 'over the whole day it was not unusual'
      : 'by the rules of today it is not unusual';
  return { known, observations: [{ kind: 'gone', reason }] };
}

/** Bills move by cents all the time: that is not why an anomaly is none any more. */
function couldExplain({ data }: Correction, { excessMicros }: StoredAnomaly): boolean {
  const moved = Math.abs(Number(decimalToMicros(data.after) - decimalToMicros(data.before)));
  return moved >= NOTICED * Math.abs(Number(excessMicros));
}

/** Whether the day of an anomaly that was found by the hour is judged as a day by now. */
function isJudgedWhole({ path, lastStamp }: StoredAnomaly, { scored }: Newest): boolean {
  const node = scored.nodeOf(path);
  return node !== undefined && addDays(scored.start, node.values.length - 1) >= dayOfStamp(lastStamp);
}

function sourcesOf({ path }: Pick<StoredAnomaly, 'path'>, { scored }: Newest): readonly string[] {
  return scored.nodeOf(path)?.sources ?? [];
}

function shown(day: Day, { today }: Newest): string {
  return formatRange({ start: day, end: day }, today);
}
