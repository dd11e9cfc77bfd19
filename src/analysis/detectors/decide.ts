/** From a judgement to alarms: which unusual steps are worth telling, and which of them are one incident. */
import type { Grain, Series } from '../../core/series.ts';
import { episodeOf } from './decide/episode.ts';
import { type Side, sideAt } from './decide/side.ts';
import type { Detector, Episode, Gates, Judgement } from './types.ts';

/** Costs that rise by a fifth, at once; no least amount, because that depends on the organisation. */
export const DEFAULT_GATES: Readonly<Record<Grain, Gates>> = {
  day: { direction: 'up', minimumImpact: 0, minimumShare: 0.2, minimumSteps: 1 },
  hour: { direction: 'up', minimumImpact: 0, minimumShare: 0.2, minimumSteps: 1 },
};

/** Usual or unknown steps in a row that do not end an incident. */
export const BRIDGED_STEPS: Readonly<Record<Grain, number>> = { day: 1, hour: 3 };

export interface Decision {
  /**
   * 1 where an alarm is raised or goes on, knowing nothing of later steps: in a run that must last, the steps
   * before it has lasted are 0 for ever.
   */
  readonly anomalous: Uint8Array;
  /** Incidents, oldest first; the first steps of a run that had to last belong to them, in hindsight. */
  readonly episodes: readonly Episode[];
}

/**
 * Decides which steps of a judged series are anomalous and joins them to episodes. A step counts when its score is
 * over EDGE_SCORE, it lies to a side that is asked for, and differs enough in money and percent. Short pauses are
 * bridged (`detector` may have its own measure of short); a step that is unusual to the other side always ends the
 * episode.
 */
export function decide(
  series: Series,
  judgement: Judgement,
  gates: Gates,
  options: { readonly detector?: Pick<Detector, 'bridgedSteps'> } = {},
): Decision {
  const bridge = (options.detector?.bridgedSteps ?? BRIDGED_STEPS)[series.grain];
  const anomalous = new Uint8Array(series.values.length);
  const episodes: Episode[] = [];
  let run: Run | undefined;
  const close = (): void => {
    if (run && run.steps >= gates.minimumSteps) episodes.push(episodeOf(series, judgement, run));
    run = undefined;
  };
  for (let index = 0; index < series.values.length; index++) {
    const { side, told } = sideAt(series, judgement, gates, index);
    if (run && ((side !== 0 && side !== run.side) || index - run.last > bridge + (told ? 1 : 0))) close();
    if (!told) continue;
    run = run ? { ...run, last: index, steps: run.steps + 1 } : { first: index, last: index, steps: 1, side };
    if (run.steps >= gates.minimumSteps) anomalous[index] = 1;
  }
  close();
  return { anomalous, episodes };
}

interface Run {
  readonly first: number;
  readonly last: number;
  /** Steps in it that count, without bridged ones. */
  readonly steps: number;
  readonly side: Side;
}
