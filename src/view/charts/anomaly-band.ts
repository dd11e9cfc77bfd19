/** Cost per day or hour against the band it was expected in, with what stands out marked. */
import { microsToNumber } from '../../core/money.ts';
import { checkRows, inUnits } from './compose/amounts-by-step.ts';
import { anomalyBandAlt } from './compose/anomaly-band-alt.ts';
import { firstFrom, lastUntil, perStep, positionOf } from './compose/stamps.ts';
import type { Micros } from './compose/totals.ts';
import type { Chart, ChartLines, ChartSpec } from './types.ts';

export interface AnomalyBandInput {
  /** The finding: "bert training is $1,460 above expected since 18 Nov". */
  readonly title: string;
  readonly subtitle?: string;
  readonly currency: string;
  /** Days 'YYYY-MM-DD' or hours 'YYYY-MM-DDTHH', UTC, at even steps. */
  readonly days: readonly string[];
  /** One amount per step in each row; null is unknown, which is never zero. */
  readonly actual: readonly Micros[];
  readonly expected: readonly Micros[];
  readonly lower: readonly Micros[];
  readonly upper: readonly Micros[];
  readonly anomalous: readonly boolean[];
  /** First day or hour whose data is not complete yet. */
  readonly provisionalFrom?: string;
  /** Spend that was announced: days or hours, both ends included. */
  readonly planned?: readonly { readonly label: string; readonly from: string; readonly to: string }[];
  readonly deploys?: readonly { readonly day: string; readonly label: string }[];
}

/** Builds the chart. Throws INTERNAL when a row does not have one entry per step. */
export function buildAnomalyBand(input: AnomalyBandInput): ChartSpec {
  const { days, currency, actual, expected, lower, upper, anomalous } = input;
  checkRows({ actual, expected, lower, upper, anomalous }, days.length);
  const complete = firstFrom(days, input.provisionalFrom);
  const marked = days.flatMap((_, at) => (anomalous[at] && actual[at] !== null ? [at] : []));
  const worst = worstOf(marked, input);
  const spans = spansOf(input);
  const flags = flagsOf(input);
  const lines: ChartLines = {
    baseline: 'near',
    bands: [{ name: 'expected', lower: inUnits(lower), upper: inUnits(upper), shade: 'expected' }],
    levels: [],
    ...(marked.length > 0 ? { marked: { name: 'anomaly', at: marked } } : {}),
    ...(spans.length > 0 ? { spans } : {}),
    ...(flags.length > 0 ? { flags: { name: 'deploy', at: flags } } : {}),
    ...(worst ? { note: { ...worst, tone: 'marked' } } : {}),
  };
  return {
    id: anomalyBand.id,
    title: input.title,
    subtitle: [input.subtitle, perStep(currency, days)].filter(Boolean).join(' · '),
    currency,
    days,
    series: [
      { name: 'expected', role: 'expected', values: inUnits(expected) },
      { name: 'actual', role: 'actual', values: inUnits(actual) },
    ],
    ...(complete < days.length ? { provisionalFrom: complete } : {}),
    lines,
    alt: anomalyBandAlt({ ...input, marked, complete, spans, flags }),
  };
}

export const anomalyBand = {
  id: 'anomaly-band',
  build: buildAnomalyBand,
} as const satisfies Chart<AnomalyBandInput>;

/** The marked point that is farthest from what was expected, the latest of equals. */
function worstOf(marked: readonly number[], { actual, expected }: AnomalyBandInput) {
  let worst: { at: number; value: number; distance: bigint } | undefined;
  for (const at of marked) {
    const value = actual[at] ?? 0n;
    const apart = value - (expected[at] ?? 0n);
    const distance = apart < 0n ? -apart : apart;
    if (!worst || distance >= worst.distance) worst = { at, value: microsToNumber(value), distance };
  }
  return worst && { at: worst.at, value: worst.value };
}

function spansOf({ days, planned = [] }: AnomalyBandInput) {
  return planned.flatMap(({ label, from, to }) => {
    const span = { name: label, from: firstFrom(days, from), to: lastUntil(days, to) };
    return span.from <= span.to ? [span] : [];
  });
}

function flagsOf({ days, deploys = [] }: AnomalyBandInput) {
  return deploys.flatMap(({ day, label }) => {
    const at = positionOf(days, day);
    return at === undefined ? [] : [{ name: label, at }];
  });
}
