/** How good the alerts themselves are: how soon, how many, how right, how quickly taken, and what they caught. */
import type { AnomalyState, Verdict } from '../../core/anomaly.ts';

/** One anomaly as far as it says something about alerts. Times are milliseconds since the epoch. */
export interface AlertFacts {
  readonly state: AnomalyState;
  /** When the data of its first day was complete; absent when unknown (a file that was imported late). */
  readonly completeAt?: number;
  readonly openedAt: number;
  /** Whether people got a message about it. */
  readonly told: boolean;
  readonly acknowledgedAt?: number;
  readonly resolvedAt?: number;
  readonly verdict?: Verdict;
  /** Beyond expected so far, micros of one currency; null where no rate covers it. */
  readonly excessMicros: bigint | null;
}

export interface AlertKpis {
  readonly anomalies: number;
  readonly told: number;
  readonly perWeek: number;
  /** Median hours from complete data to detection; null when no anomaly says. */
  readonly hoursToDetect: number | null;
  /** Median hours from detection to somebody taking it, and to its end. */
  readonly hoursToAcknowledge: number | null;
  readonly hoursToResolve: number | null;
  /** Of the ones people judged: real or expected things rather than false alarms. Null when nobody judged any. */
  readonly precision: number | null;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Beyond expected of everything that was told and is no false alarm; null when nothing is known. */
  readonly caughtMicros: bigint | null;
  /** How many of these amounts could not be converted. */
  readonly unknownAmounts: number;
}

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/**
 * Figures of the anomalies opened from `since` to `until` (milliseconds). Precision = (real + expected) ÷ judged: an
 * expected cost was rightly seen as unusual, a false alarm was not (https://en.wikipedia.org/wiki/Precision_and_recall).
 * Medians, because one forgotten anomaly would spoil a mean.
 */
export function alertKpis(
  facts: readonly AlertFacts[],
  { since, until }: { readonly since: number; readonly until: number },
): AlertKpis {
  const counted = facts.filter(({ openedAt }) => openedAt >= since && openedAt <= until);
  const told = counted.filter((fact) => fact.told);
  const verdicts = { expected: 0, 'false-alarm': 0, real: 0 };
  for (const { verdict } of counted) if (verdict) verdicts[verdict] += 1;
  const judged = verdicts.expected + verdicts.real + verdicts['false-alarm'];
  const caught = told.filter(({ verdict }) => verdict !== 'false-alarm' && verdict !== 'expected');
  const amounts = caught.flatMap(({ excessMicros }) => (excessMicros === null ? [] : [excessMicros]));
  return {
    anomalies: counted.length,
    told: told.length,
    perWeek: until > since ? (told.length * WEEK) / (until - since) : 0,
    hoursToDetect: medianHours(counted, ({ completeAt, openedAt }) => [completeAt, openedAt]),
    hoursToAcknowledge: medianHours(told, ({ openedAt, acknowledgedAt }) => [openedAt, acknowledgedAt]),
    hoursToResolve: medianHours(told, ({ openedAt, resolvedAt }) => [openedAt, resolvedAt]),
    precision: judged === 0 ? null : (verdicts.real + verdicts.expected) / judged,
    verdicts,
    caughtMicros:
      caught.length > 0 && amounts.length === 0 ? null : amounts.reduce((sum, micros) => sum + micros, 0n),
    unknownAmounts: caught.length - amounts.length,
  };
}

function medianHours(
  facts: readonly AlertFacts[],
  ends: (fact: AlertFacts) => readonly [number | undefined, number | undefined],
): number | null {
  const hours = facts
    .flatMap((fact) => {
      const [from, to] = ends(fact);
      return from === undefined || to === undefined ? [] : [Math.max(0, to - from) / HOUR];
    })
    .sort((a, b) => a - b);
  const middle = Math.floor(hours.length / 2);
  const upper = hours[middle];
  if (upper === undefined) return null;
  return hours.length % 2 === 1 ? upper : (upper + (hours[middle - 1] ?? upper)) / 2;
}
