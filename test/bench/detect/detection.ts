/** Scores everybody on the same series. */
import type { Contender } from './contenders.ts';
import { type SeriesScore, scoreSeries } from './score.ts';
import type { Incident, LabelledSeries } from './types.ts';

export interface Scored {
  readonly name: string;
  /** Alarms upwards only, drops not asked for: the main figures. */
  readonly up: readonly SeriesScore[];
  /** Alarms to both sides, drops asked for too. */
  readonly both: readonly SeriesScore[];
  readonly seconds: number;
}

export function scoreContender(contender: Contender, all: readonly LabelledSeries[]): Scored {
  const start = performance.now();
  const up = all.map((one) => scoreSeries(one, contender.alarms(one.series, 'up'), isRise));
  const seconds = (performance.now() - start) / 1000;
  const both = all.map((one) => scoreSeries(one, contender.alarms(one.series, 'both'), () => true));
  return { name: contender.name, up, both, seconds };
}

export function isRise({ kind }: Incident): boolean {
  return kind !== 'drop';
}

/**
 * How many of the found incidents are found at the same step by somebody who does not know the steps after it: all of
 * them, or the contender looks ahead.
 */
export function causality(
  contender: Contender,
  all: readonly LabelledSeries[],
  scores: readonly SeriesScore[],
): { readonly same: number; readonly looked: number } {
  let [same, looked] = [0, 0];
  scores.forEach(({ events }, index) => {
    const series = all[index]?.series;
    if (!series) return;
    for (const { incident, delay } of events) {
      if (delay === undefined) continue;
      const at = incident.first + delay;
      const known = { ...series, values: series.values.slice(0, at + 1) };
      looked += 1;
      if (contender.alarms(known, 'up')[at] === 1) same += 1;
    }
  });
  return { same, looked };
}
