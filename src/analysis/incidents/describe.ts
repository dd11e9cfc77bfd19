/** An incident of the tree as the facts that are kept and told. */
import { type AnomalySettings, SEVERITIES, type Severity } from '../../core/analysis-settings.ts';
import type { FoundAnomaly } from '../../core/anomaly.ts';
import { stampAt } from '../../core/series.ts';
import { excessShare, severityOf } from '../detectors/severity.ts';
import { AGAIN_WITHIN_DAYS } from './again.ts';
import type { Flag, Incident, Judged } from './types.ts';

/** Where the tree begins, and what is severe. */
export interface Terms {
  readonly start: string;
  readonly severity: AnomalySettings['severity'];
  /** The newest step that is judged, unless the place ends before: index. */
  readonly upTo: number;
}

/** What was found, in micros; amounts of statistics, rounded once. */
export function describeIncident(
  { nodes, verdicts }: Judged,
  { node, flag, related }: Incident,
  { start, severity, upTo }: Terms,
): FoundAnomaly {
  const { path, currency, rate, values } = nodes[node] ?? missing();
  const stamp = (index: number) => stampAt({ grain: 'day', start }, index);
  return {
    path,
    grain: 'day',
    detector: flag.detector,
    direction: flag.direction,
    currency,
    firstStamp: stamp(flag.first),
    lastStamp: stamp(flag.last),
    judgedThrough: stamp(Math.max(flag.last, Math.min(upTo, values.length - 1))),
    expectedMicros: micros(flag.expected),
    actualMicros: micros(flag.actual),
    excessMicros: micros(flag.excess),
    severity: asSeen(
      severityBy(severity, {
        excessPerDay: (flag.actual - flag.expected) * (Number.isNaN(rate) ? 1 : rate),
        share: excessShare(flag),
      }),
      isRepeat(flag, verdicts[node]?.flags ?? []),
    ),
    score: Math.min(1, Math.max(0, flag.score)),
    related: related.flatMap(({ node: index, excess }) => {
      const place = nodes[index];
      return place && !Number.isNaN(excess) ? [{ path: place.path, excessMicros: micros(excess) }] : [];
    }),
  };
}

/** Severity by money a day alone, as settings give it; micros of the reporting currency. */
export function severityBy(
  floors: AnomalySettings['severity'],
  excess: { readonly excessPerDay: number; readonly share: number },
): Severity {
  const floor = (least: bigint) => ({ perDay: Number(least) / 1e6, share: 0, alone: Number(least) / 1e6 });
  return severityOf(excess, {
    medium: floor(floors.medium),
    high: floor(floors.high),
    critical: floor(floors.critical),
  });
}

/** A spike as high as one that was found within so many days before is told less loudly. */
const REPEAT_DAYS = 60;
const AS_HIGH = 0.8;

function isRepeat(flag: Flag, flags: readonly Flag[]): boolean {
  return flags.some(
    (other) =>
      other.detector !== 'drift' &&
      other.direction === flag.direction &&
      flag.first - other.last > AGAIN_WITHIN_DAYS &&
      flag.first - other.last <= REPEAT_DAYS &&
      Math.abs(other.actual) >= AS_HIGH * Math.abs(flag.actual),
  );
}

/** One level less for what comes again. */
function asSeen(severity: Severity, repeated: boolean): Severity {
  return repeated ? (SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? severity) : severity;
}

function micros(units: number): bigint {
  return Number.isFinite(units) ? BigInt(Math.round(units * 1e6)) : 0n;
}

function missing(): never {
  throw new RangeError('An incident names a place that is not in the tree.');
}
