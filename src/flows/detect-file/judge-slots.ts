/** Judges every slot of a layout, and decides which of them are anomalous. */
import { BRIDGED_STEPS, type Decision, decide } from '../../analysis/detectors/decide.ts';
import { unknownJudgement } from '../../analysis/detectors/judgement.ts';
import type { Detector, Gates, Judgement } from '../../analysis/detectors/types.ts';
import { type Layout, laneSeries } from './lay-out.ts';

export interface JudgedSlots {
  readonly judgement: Judgement;
  readonly decision: Decision;
}

/** Deals the slots to lanes, has each judged by itself, and puts the judgements back in order of time. */
export function judgeSlots(layout: Layout, detector: Detector, params: unknown, gates: Gates): JudgedSlots {
  const { lanes, values, grain } = layout;
  const judgement = unknownJudgement(values.length);
  for (let lane = 0; lane < lanes; lane++) {
    const dealt = detector.judge(laneSeries(layout, lane), params);
    for (let slot = lane; slot < values.length; slot += lanes) {
      if (Number.isNaN(values[slot])) continue;
      for (const row of ['expected', 'lower', 'upper', 'score'] as const)
        judgement[row][slot] = dealt[row][(slot - lane) / lanes] ?? Number.NaN;
    }
  }
  const decision = decide({ grain, start: '', values }, judgement, gates, {
    detector: { bridgedSteps: { day: bridgedSlots(layout, detector), hour: bridgedSlots(layout, detector) } },
  });
  return { judgement, decision };
}

/** As many slots as take the time of the pauses that are bridged; between finer rows, an hour. */
function bridgedSlots({ grain, lanes }: Layout, detector: Detector): number {
  const steps = (detector.bridgedSteps ?? BRIDGED_STEPS)[grain];
  if (lanes > 1) return detector.bridgedSteps ? steps * lanes : Math.max(BRIDGED_STEPS[grain], lanes);
  return steps;
}
