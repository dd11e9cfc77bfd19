/** How anomalies are called and measured in messages. */
import type { Severity } from '../../core/analysis-settings.ts';
import type { AnomalyState, FoundAnomaly, Verdict } from '../../core/anomaly.ts';
import { type Day, dayInZone } from '../../core/day.ts';
import { parseScope, scopeKey } from '../../core/scope.ts';
import { pathScope, type ScopePath, sliceOf } from '../../core/scope-path.ts';
import { dayOfStamp, type Grain, STEPS_A_DAY } from '../../core/series.ts';
import { formatDay, formatMoney, formatShare } from '../format.ts';
import { scopeTitle } from './scope-words.ts';

/** An anomaly as messages show it. Amounts are micros per step, but for the excess so far. */
export interface AnomalyShown {
  readonly id: number;
  readonly path: ScopePath;
  /** "model:bert/training"; also where the path does not say, as for an environment. */
  readonly scope: string;
  readonly grain: Grain;
  readonly detector: string;
  readonly direction: 'up' | 'down';
  readonly currency: string;
  readonly firstStamp: string;
  readonly lastStamp: string;
  readonly judgedThrough: string;
  readonly expectedMicros: bigint;
  readonly actualMicros: bigint;
  readonly excessMicros: bigint;
  readonly severity: Severity;
  readonly state: AnomalyState;
  readonly statusReason?: string;
  /** "Why" in one sentence. */
  readonly why?: string;
  readonly openedAt: Date;
  /** By name. */
  readonly owner?: string;
  readonly acknowledgedBy?: string;
  readonly acknowledgedAt?: Date;
  readonly snoozedUntil?: Date;
  readonly expectedUntil?: Day;
  readonly resolvedAt?: Date;
  readonly verdict?: Verdict;
  /** 0 to 1; 0.5 is the edge of the band. */
  readonly score?: number;
  /** Other places where it shows. */
  readonly related?: FoundAnomaly['related'];
}

/** Days in a month on average: 365.25 ÷ 12. */
const MONTH_HUNDREDTHS = 3_044n;

const MARKS: Readonly<Record<Severity, string>> = {
  critical: '🔴 Critical',
  high: '🔴 High',
  medium: '🟠 Medium',
  low: '⚪ Low',
};

export function anomalyId(id: number): string {
  return `ANM-${id}`;
}

/** One status mark with its word. */
export function severityMark(severity: Severity): string {
  return MARKS[severity];
}

/** "bert training", "bert training on Amazon SageMaker", "unallocated cost of team search", "environment dev". */
export function placeOf({ path, scope }: Pick<AnomalyShown, 'path' | 'scope'>): string {
  const [team, model, , service] = path;
  if (path.length === 0 || sliceOf(path)) return scopeTitle(parseScope(scope));
  const on = typeof service === 'string' ? ` on ${service}` : '';
  if (typeof model === 'string') return `${scopeTitle(pathScope(path.slice(0, 3)))}${on}`;
  if (model === null)
    return typeof team === 'string'
      ? `cost of team ${team} that no model claims${on}`
      : `cost that nobody claims${on}`;
  return team === null ? `cost that nobody claims${on}` : scopeTitle(parseScope(scopeKey(pathScope(path))));
}

/** "🔴 High: bert training is $1,460 above expected since Tue 18 Nov". */
export function anomalyHeadline(anomaly: AnomalyShown, today: Day): string {
  return `${severityMark(anomaly.severity)}: ${anomalyFinding(anomaly, today)}`;
}

/** Whether its newest judged day is one of its days. */
export function goesOn({
  lastStamp,
  judgedThrough,
}: Pick<AnomalyShown, 'lastStamp' | 'judgedThrough'>): boolean {
  return dayOfStamp(lastStamp) >= dayOfStamp(judgedThrough);
}

/** The headline without its mark: "bert training is $1,460 above expected since Tue 18 Nov". */
export function anomalyFinding(anomaly: AnomalyShown, today: Day): string {
  const { excessMicros, direction, currency, firstStamp, lastStamp } = anomaly;
  const size = formatMoney(excessMicros < 0n ? -excessMicros : excessMicros, currency);
  const first = formatDay(dayOfStamp(firstStamp), today);
  const last = formatDay(dayOfStamp(lastStamp), today);
  const on = goesOn(anomaly);
  const verb = on ? 'is' : 'was';
  const when = on ? `since ${first}` : first === last ? `on ${first}` : `from ${first} to ${last}`;
  return `${placeOf(anomaly)} ${verb} ${size} ${direction === 'up' ? 'above' : 'below'} expected ${when}`;
}

/** "$2,310 a day against $850 expected; $43,800 a month if it goes on." */
export function anomalyRates(anomaly: AnomalyShown): string {
  const { grain, actualMicros, expectedMicros, currency } = anomaly;
  const steps = BigInt(STEPS_A_DAY[grain]);
  const actual = `${formatMoney(actualMicros, currency)} ${grain === 'day' ? 'a day' : 'an hour'}`;
  const month = ((actualMicros - expectedMicros) * steps * MONTH_HUNDREDTHS) / 100n;
  const onward =
    goesOn(anomaly) && month > 0n ? `; ${formatMoney(month, currency)} a month more if it goes on` : '';
  return `${actual} against ${formatMoney(expectedMicros, currency)} expected${ratioOf(anomaly)}${onward}.`;
}

function ratioOf({ actualMicros, expectedMicros }: AnomalyShown): string {
  if (expectedMicros <= 0n || actualMicros <= expectedMicros) return '';
  const ratio = Number(actualMicros) / Number(expectedMicros);
  return ratio >= 2 ? ` (${ratio.toFixed(1)} times)` : ` (+${formatShare(ratio - 1)})`;
}

/** Where it stands, with who and when. */
export function stateLine(anomaly: AnomalyShown, timeZone: string, today: Day): string {
  const { state, acknowledgedBy, acknowledgedAt, snoozedUntil, expectedUntil, statusReason } = anomaly;
  const reason = statusReason ? `: ${statusReason}` : '';
  const day = (at: Date) => formatDay(dayInZone(at.getTime(), timeZone), today);
  switch (state) {
    case 'open':
      return `Open since ${day(anomaly.openedAt)}${reason}`;
    case 'acknowledged':
      return `Acknowledged${acknowledgedBy ? ` by ${acknowledgedBy}` : ''}${acknowledgedAt ? `, ${day(acknowledgedAt)}` : ''}${reason}`;
    case 'snoozed':
      return `Snoozed${snoozedUntil ? ` until ${day(snoozedUntil)}` : ''}${reason}`;
    case 'expected':
      return `Expected${expectedUntil ? ` until ${formatDay(expectedUntil, today)}` : ''}${reason}`;
    case 'no-data':
      return `Unknown: its data stopped arriving${reason}`;
    case 'resolved':
      return `Resolved${anomaly.resolvedAt ? ` ${day(anomaly.resolvedAt)}` : ''}${reason}`;
  }
}

/** One word per state, for tables. */
export function stateWord({ state, verdict }: Pick<AnomalyShown, 'state' | 'verdict'>): string {
  if (verdict === 'false-alarm') return 'false alarm';
  return state === 'no-data' ? 'unknown' : state;
}
