/** Every incident and every false alarm, for somebody who wants to know why. */
import { stampAt } from '../../../src/core/series.ts';
import type { Scored } from './detection.ts';
import type { SeriesScore } from './score.ts';
import { summarise } from './summary.ts';
import type { LabelledSeries } from './types.ts';

/** One object for JSON; `delay` is null for what was missed. */
export function eventList(scored: Scored, all: readonly LabelledSeries[]): object {
  return { contender: scored.name, up: side(scored.up, all), both: side(scored.both, all) };
}

function side(scores: readonly SeriesScore[], all: readonly LabelledSeries[]): object {
  const stamp = (index: number, at: number) => {
    const series = all[index]?.series;
    return series ? stampAt(series, at) : '';
  };
  return {
    summary: summarise(scores),
    events: scores.flatMap(({ id, events }, index) =>
      events.map(({ incident, delay }) => ({
        id,
        ...incident,
        stamp: stamp(index, incident.first),
        delay: delay ?? null,
      })),
    ),
    falseAlarms: scores.flatMap(({ id, clean, falseAlarms }, index) =>
      falseAlarms.map((span) => ({ id, clean, ...span, stamp: stamp(index, span.first) })),
    ),
  };
}
