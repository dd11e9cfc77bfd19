/** The anomaly chart in words, for people who do not see the picture. */
import { fullAmount } from '../text/amounts.ts';
import { shortStamp, stampRange } from '../text/dates.ts';
import { countUnknown } from './amounts-by-step.ts';
import { altText, arrivingDays, listWords, nameWords } from './sentences.ts';
import { countSteps } from './stamps.ts';
import type { Micros } from './totals.ts';
import { sumOf } from './totals.ts';

export interface AnomalyBandFacts {
  readonly title: string;
  readonly currency: string;
  readonly days: readonly string[];
  readonly actual: readonly Micros[];
  readonly expected: readonly Micros[];
  readonly lower: readonly Micros[];
  readonly upper: readonly Micros[];
  /** Positions that stand out. */
  readonly marked: readonly number[];
  /** The first position that is still arriving; `days.length` when there is none. */
  readonly complete: number;
  readonly spans: readonly { readonly name: string; readonly from: number; readonly to: number }[];
  readonly flags: readonly { readonly name: string; readonly at: number }[];
}

export function anomalyBandAlt(facts: AnomalyBandFacts): string {
  return altText(facts.title, [
    markedWords(facts),
    togetherWords(facts),
    latestWords(facts),
    spanWords(facts),
    flagWords(facts),
    unknownWords(facts),
    arrivingWords(facts),
  ]);
}

function markedWords({ days, actual, expected, marked, currency }: AnomalyBandFacts): string {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return 'No days to show';
  const period = `${countSteps(days.length, days)} (${stampRange(first, last)})`;
  if (actual.every((value) => value === null)) return `The cost of these ${period} is unknown`;
  if (marked.length === 0) return `No anomaly in ${period}`;
  const distance = (at: number): bigint => {
    const apart = (actual[at] ?? 0n) - (expected[at] ?? 0n);
    return apart < 0n ? -apart : apart;
  };
  // The farthest are said, in the order of time.
  const farthest = new Set(
    [...marked]
      .sort((a, b) => (distance(a) < distance(b) ? 1 : distance(a) > distance(b) ? -1 : 0))
      .slice(0, 5),
  );
  const ordered = [...marked.filter((at) => farthest.has(at)), ...marked.filter((at) => !farthest.has(at))];
  const said = (at: number): string => {
    const base = expected[at] ?? null;
    const against = base === null ? '' : ` against ${fullAmount(base, currency)} expected`;
    return `${shortStamp(days[at] ?? '')} ${fullAmount(actual[at] ?? 0n, currency)}${against}`;
  };
  return `Marked as anomaly: ${countSteps(marked.length, days)} of ${period}: ${listWords(ordered, said)}`;
}

function togetherWords({ actual, expected, marked, currency }: AnomalyBandFacts): string | undefined {
  const both = marked.filter((at) => typeof expected[at] === 'bigint');
  if (both.length < 2) return undefined;
  const apart = sumOf(both.map((at) => actual[at] ?? null)) - sumOf(both.map((at) => expected[at] ?? null));
  if (apart === 0n) return undefined;
  return `Together ${fullAmount(apart < 0n ? -apart : apart, currency)} ${apart < 0n ? 'below' : 'above'} expected`;
}

/** The last complete day, if the anomalies have not said it already. */
function latestWords(facts: AnomalyBandFacts): string | undefined {
  const { days, actual, expected, lower, upper, complete, currency, marked } = facts;
  const at = actual.slice(0, complete).findLastIndex((value) => value !== null);
  const value = actual[at] ?? null;
  if (value === null) return undefined;
  const [base, low, high] = [expected[at] ?? null, lower[at] ?? null, upper[at] ?? null];
  const band =
    low === null || high === null
      ? ''
      : ` between ${fullAmount(low, currency)} and ${fullAmount(high, currency)}`;
  if (marked.includes(at)) return band && `Expected on ${shortStamp(days[at] ?? '')}:${band}`;
  const around = base === null ? '' : `, expected ${fullAmount(base, currency)}`;
  return `Latest complete: ${shortStamp(days[at] ?? '')} ${fullAmount(value, currency)}${around}${band && `,${band}`}`;
}

function spanWords({ spans, days }: AnomalyBandFacts): string | undefined {
  if (spans.length === 0) return undefined;
  const said = listWords(
    spans,
    ({ name, from, to }) => `${nameWords(name)} ${stampRange(days[from] ?? '', days[to] ?? '')}`,
  );
  return `Planned: ${said}`;
}

function flagWords({ flags, days }: AnomalyBandFacts): string | undefined {
  if (flags.length === 0) return undefined;
  const latest = [...flags].sort((a, b) => b.at - a.at);
  return `Deploys: ${listWords(latest, ({ name, at }) => `${nameWords(name)} ${shortStamp(days[at] ?? '')}`)}`;
}

function unknownWords({ actual, complete, days }: AnomalyBandFacts): string | undefined {
  const unknown = countUnknown(actual, complete);
  if (unknown === 0 || actual.every((value) => value === null)) return undefined;
  return `Data is missing, not zero, for ${countSteps(unknown, days)}`;
}

function arrivingWords({ days, complete, actual, currency }: AnomalyBandFacts): string | undefined {
  const words = arrivingDays(days, complete, days.length - 1);
  const soFar = actual.slice(complete);
  const amount = soFar.every((value) => value === null)
    ? 'nothing yet'
    : `${fullAmount(sumOf(soFar), currency)} so far`;
  return words && `${words} (${amount})`;
}
