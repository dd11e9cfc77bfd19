/** Compares alarms with labels: events, not points. The rules are explained in readme.md. */
import { type Grain, type Series, STEPS_A_DAY } from '../../../src/core/series.ts';
import { WARM_UP_DAYS } from './generate.ts';
import type { Incident, LabelledSeries, Span } from './types.ts';

/** Quiet steps between two alarms that make them two episodes, the same for everything that is scored. */
const PAUSE: Readonly<Record<Grain, number>> = { day: 2, hour: 6 };

export interface EventScore {
  readonly incident: Incident;
  /** Steps from its first to the first alarm within it; undefined when it was missed. */
  readonly delay?: number;
}

export interface SeriesScore {
  readonly id: string;
  readonly shape: string;
  readonly grain: Grain;
  /** Nothing goes wrong in it. */
  readonly clean: boolean;
  readonly events: readonly EventScore[];
  /** Episodes of alarms that overlap no incident. */
  readonly falseAlarms: readonly Span[];
  /** Days that were looked at and at which an alarm would be false. */
  readonly quietDays: number;
}

/**
 * Scores the alarms of one series. With `asked` only some kinds of incidents are looked for; alarms within the
 * others are neither right nor false.
 */
export function scoreSeries(
  labelled: LabelledSeries,
  alarms: Uint8Array,
  asked: (incident: Incident) => boolean,
): SeriesScore {
  const { id, shape, series, incidents } = labelled;
  const from = WARM_UP_DAYS * STEPS_A_DAY[series.grain];
  const wanted = incidents.filter(asked);
  const excused = [...labelled.shrugs, ...incidents.filter((one) => !asked(one))];
  const episodes = episodesOf(series, alarms, from);
  return {
    id,
    shape,
    grain: series.grain,
    clean: incidents.length === 0,
    events: wanted.map((incident) => ({ incident, ...foundIn(incident, alarms) })),
    falseAlarms: episodes.flatMap((steps) => falsePart(steps, { wanted, excused, grain: series.grain })),
    quietDays: quietSteps(series, from, [...incidents, ...labelled.shrugs]) / STEPS_A_DAY[series.grain],
  };
}

function foundIn({ first, last }: Incident, alarms: Uint8Array): { delay?: number } {
  for (let at = first; at <= last; at++) if (alarms[at] === 1) return { delay: at - first };
  return {};
}

/** Steps with alarms, from `from` on, cut where it was quiet for longer than a pause. Unknown steps do not cut. */
function episodesOf({ values, grain }: Series, alarms: Uint8Array, from: number): number[][] {
  const episodes: number[][] = [];
  let quiet = Number.POSITIVE_INFINITY;
  for (let at = from; at < values.length; at++) {
    if (alarms[at] === 1) {
      if (quiet >= PAUSE[grain]) episodes.push([]);
      episodes.at(-1)?.push(at);
      quiet = 0;
    } else if (!Number.isNaN(values[at] ?? Number.NaN)) quiet += 1;
  }
  return episodes;
}

/**
 * What of an episode is a false alarm: nothing when it begins while an alarm is excused or within an incident (it may
 * go on for longer); all of it when it meets none; and when it ran for more than a pause before the incident it
 * meets, what lies before: an alarm that is always on is no foresight.
 */
function falsePart(
  steps: readonly number[],
  labels: { wanted: readonly Span[]; excused: readonly Span[]; grain: Grain },
): Span[] {
  const [first = 0, last = first] = [steps[0], steps.at(-1)];
  const within = (at: number) => (span: Span) => at >= span.first && at <= span.last;
  const right = steps.find((at) => labels.wanted.some(within(at)) || labels.excused.some(within(at)));
  if (right === undefined) return [{ first, last }];
  return right - first > PAUSE[labels.grain] ? [{ first, last: right - 1 }] : [];
}

function quietSteps({ values }: Series, from: number, spans: readonly Span[]): number {
  let count = 0;
  for (let at = from; at < values.length; at++) {
    const known = !Number.isNaN(values[at] ?? Number.NaN);
    if (known && !spans.some(({ first, last }) => at >= first && at <= last)) count += 1;
  }
  return count;
}
