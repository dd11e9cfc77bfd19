/** Writes what a new analysis, or only the clock, makes of the anomalies; in the caller's transaction. */
import { openAlert, transition } from '../../analysis/alerts/transition.ts';
import type { Effect, Transition } from '../../analysis/alerts/types.ts';
import type { Explanation, FoundAnomaly } from '../../core/anomaly.ts';
import { daysBetween } from '../../core/day.ts';
import { microsToDecimal } from '../../core/money.ts';
import { dayOfStamp } from '../../core/series.ts';
import {
  addAnomaly,
  type NewAnomaly,
  readAnomaly,
  type StoredAnomaly,
  saveAnomaly,
} from '../../store/anomalies.ts';
import { type AnomalyEvent, appendAnomalyEvents } from '../../store/anomaly-events.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { alertStateOf, perDayOf, rulesOf, withAlertState } from '../anomalies/alert-state.ts';
import type { Context } from '../context.ts';
import type { Correction } from './corrections.ts';
import type { Update } from './observe.ts';

/** What is to be done in chat about one anomaly. */
export interface AnomalyEffect {
  readonly id: number;
  readonly effect: Effect;
}

export interface Settled {
  readonly opened: readonly number[];
  readonly updated: readonly number[];
  readonly resolved: readonly number[];
  readonly corrected: readonly number[];
  readonly effects: readonly AnomalyEffect[];
}

export interface Settling {
  readonly tx: StoreTransaction;
  readonly settings: Context['settings'];
  readonly now: number;
  readonly job: string;
}

/** Incidents that ended so long ago when they were found are kept, and nobody is told. */
const OLD_DAYS = 7;
const OLD = 'found in history: it was over before it was found';

export interface FreshAnomaly {
  readonly found: FoundAnomaly;
  readonly explanation?: Explanation;
  readonly completeAt?: Date;
  /** Found in history that was just loaded: what is over by now is no news. */
  readonly backfilled?: boolean;
}

/** Keeps a new anomaly. */
export async function openFresh(settling: Settling, fresh: FreshAnomaly): Promise<Settled> {
  const { tx, settings, now, job } = settling;
  const { found, explanation, completeAt, backfilled } = fresh;
  const rules = rulesOf(settings.anomalies);
  const since = daysBetween(dayOfStamp(found.lastStamp), dayOfStamp(found.judgedThrough));
  const old = since > OLD_DAYS || (backfilled === true && since >= rules.quietDays);
  const { severity, lastStamp } = found;
  const opened = openAlert(
    { kind: 'seen', severity, lastStamp, perDayMicros: perDayOf(asNew(found, now)) },
    rules,
    now,
  );
  const shelved: Transition = {
    next: { ...opened.next, status: 'resolved', statusReason: OLD, resolvedAt: now, notifications: 0 },
    effects: [],
    events: [{ kind: 'resolved', note: OLD }],
  };
  const { next, effects, events } = old ? shelved : opened;
  const { notifiedAt: _at, notifiedMicros: _micros, ...untold } = next;
  const anomaly = {
    ...withAlertState(asNew(found, now), old ? untold : next),
    ...(explanation && { explanation, cause: explanation.cause }),
    ...(completeAt && { completeAt }),
  };
  const id = await addAnomaly(tx, anomaly);
  await appendAnomalyEvents(tx, eventsOf(id, events, { now, job, about: anomaly }));
  return {
    ...NOTHING,
    ...(old ? { resolved: [id] } : { opened: [id] }),
    effects: effects.map((effect) => ({ id, effect })),
  };
}

/** Applies what is new about a kept anomaly to it as it is by now: somebody may have answered meanwhile. */
export async function applyUpdate(
  settling: Settling,
  { known, found, observations, calm, correction }: Update,
  explanation?: Explanation,
): Promise<Settled> {
  const { tx, settings, now, job } = settling;
  const current = await readAnomaly(tx, known.id);
  if (!current) return NOTHING;
  const before = alertStateOf(current);
  const { next, effects, events } = transition(
    before,
    { observations, ...(calm && { calm }) },
    rulesOf(settings.anomalies),
    now,
  );
  const { severity: _severity, ...state } = next;
  const facts: StoredAnomaly = { ...current, ...found };
  const after: StoredAnomaly = {
    ...withAlertState(facts, { ...state, severity: found?.severity ?? next.severity }),
    ...(explanation && { explanation, cause: explanation.cause }),
  };
  if (same(current, after)) return NOTHING;
  await saveAnomaly(tx, { ...after, updatedAt: new Date(now) });
  await appendAnomalyEvents(
    tx,
    eventsOf(current.id, events, { now, job, about: after, before: current, correction }),
  );
  const { id } = current;
  return {
    opened: [],
    updated: next.status !== 'resolved' ? [id] : [],
    resolved: next.status === 'resolved' && before.status !== 'resolved' ? [id] : [],
    corrected: events.some(({ kind }) => kind === 'corrected') ? [id] : [],
    effects: effects.map((effect) => ({ id, effect })),
  };
}

export const NOTHING: Settled = { opened: [], updated: [], resolved: [], corrected: [], effects: [] };

/** One after the other. */
export function together(parts: readonly Settled[]): Settled {
  return {
    opened: parts.flatMap(({ opened }) => opened),
    updated: parts.flatMap(({ updated }) => updated),
    resolved: parts.flatMap(({ resolved }) => resolved),
    corrected: parts.flatMap(({ corrected }) => corrected),
    effects: parts.flatMap(({ effects }) => effects),
  };
}

function asNew(found: FoundAnomaly, now: number): StoredAnomaly {
  const at = new Date(now);
  return { ...found, id: 0, scope: '', status: 'open', openedAt: at, updatedAt: at, notifications: 0 };
}

function eventsOf(
  anomalyId: number,
  events: Transition['events'],
  about: {
    readonly now: number;
    readonly job: string;
    readonly about: NewAnomaly;
    readonly before?: StoredAnomaly;
    readonly correction?: Correction | undefined;
  },
): AnomalyEvent[] {
  const perDay = (anomaly: Pick<NewAnomaly, 'actualMicros'>) => microsToDecimal(anomaly.actualMicros);
  return events.map(({ kind, note, by }) => ({
    anomalyId,
    at: new Date(about.now),
    actor: by ?? `system:${about.job}`,
    kind,
    ...(note !== undefined && { note }),
    data: {
      severity: about.about.severity,
      excess: microsToDecimal(about.about.excessMicros),
      currency: about.about.currency,
      ...(kind === 'corrected' && {
        ...(about.correction && { bill: about.correction.data }),
        ...(about.before && { costBefore: perDay(about.before), costAfter: perDay(about.about) }),
      }),
    },
  }));
}

/** Whether nothing worth writing changed. */
function same(a: StoredAnomaly, b: StoredAnomaly): boolean {
  const text = ({ updatedAt: _, judgedThrough: _through, score: _score, ...rest }: StoredAnomaly) =>
    JSON.stringify(Object.entries(rest).sort(), (_key, value) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
  return text(a) === text(b) && a.judgedThrough === b.judgedThrough;
}
