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
  { nodes }: Pick<Judged, 'nodes'>,
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
      flag.detector !== 'drift' && isRepeat(flag, values),
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

/** Days before that are looked through for the same again, and the share of the excess that makes it the same. */
const REPEAT_DAYS = 60;
const AS_HIGH = 0.8;

/** Whether as many days in a row were as dear within the weeks before: people know it, and did not stop it. */
function isRepeat({ first, last, expected, actual }: Flag, values: Float64Array): boolean {
  const length = last - first + 1;
  const enough = AS_HIGH * (actual - expected) * length;
  if (!(enough > 0)) return false;
  for (let end = first - AGAIN_WITHIN_DAYS; end - length >= Math.max(0, first - REPEAT_DAYS); end--) {
    let excess = 0;
    for (let day = end - length; day < end; day++) excess += (values[day] || 0) - expected;
    if (excess >= enough) return true;
  }
  return false;
}

/** One level less for what comes again. */
function asSeen(severity: Severity, repeated: boolean): Severity {
  return repeated ? (SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? severity) : severity;
}

/** The largest amount that a database keeps: nine trillion of any currency. */
const MOST = 9_000_000_000_000_000_000;

function micros(units: number): bigint {
  return Number.isFinite(units) ? BigInt(Math.round(Math.max(-MOST, Math.min(MOST, units * 1e6)))) : 0n;
}

function missing(): never {
  throw new RangeError('An incident names a place that is not in the tree.');
}
