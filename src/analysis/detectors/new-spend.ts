/** Something that costs for the first time, or again after a long rest. */
import * as z from 'zod';
import { type Series, STEPS_A_DAY } from '../../core/series.ts';
import { learnable, limitScore, plannedAt, unknownJudgement } from './judgement.ts';
import { numberWith } from './parameter.ts';
import type { Detector, Hints, Judgement } from './types.ts';

const params = z.strictObject({
  quietDays: numberWith(30, {
    meaning: 'Days without cost after which something that costs again is new.',
    least: 1,
    most: 730,
    whole: true,
  }),
  historyDays: numberWith(7, {
    meaning: 'Days that must be known to have cost nothing before a first cost is new.',
    least: 1,
    most: 730,
    whole: true,
  }),
  newDays: numberWith(3, {
    meaning: 'Days for which it stays new; after that it is usual.',
    least: 1,
    most: 90,
    whole: true,
  }),
  minimum: numberWith(0, {
    meaning:
      'Cost per step (a day, an hour) up to which nobody is told; a hundredth of it counts as nothing.',
    least: 0,
    most: 1e15,
  }),
});
type Params = z.infer<typeof params>;

/**
 * `new-spend`: nothing was expected and something came. Says nothing (NaN) of what has a usual cost already. A
 * first cost is new after `historyDays` of known nothing; cost after earlier cost, after `quietDays` of nothing.
 */
export const newSpend: Detector<Params> = {
  id: 'new-spend',
  about: 'Something that never cost before, or nothing for 30 days.',
  grains: ['day', 'hour'],
  params,
  minPoints: (grain, { historyDays }) => historyDays * STEPS_A_DAY[grain],
  judge,
};

function judge(series: Series, settings: Params, hints?: Hints): Judgement {
  const { values, grain } = series;
  const steps = STEPS_A_DAY[grain];
  const quiet = settings.quietDays * steps;
  const history = settings.historyDays * steps;
  const fresh = settings.newDays * steps;
  const trace = settings.minimum / 100;
  const learnt = learnable(series, hints);
  const upper = settings.minimum * (hints?.bandFactor ?? 1);
  const judgement = unknownJudgement(values.length);
  /** Known steps without cost since the last usual cost; whether anything usual ever cost; when the new began. */
  let [rest, everCost, begun] = [0, false, -1];
  for (let index = 0; index < values.length; index++) {
    if (begun >= 0 && index - begun >= fresh) {
      [rest, everCost, begun] = [0, true, -1];
    }
    const value = values[index] ?? Number.NaN;
    const rested = begun >= 0 || rest >= (everCost ? quiet : history);
    if (rested && !Number.isNaN(value)) {
      const planned = plannedAt(hints, index);
      judgement.expected[index] = planned;
      judgement.lower[index] = 0;
      judgement.upper[index] = upper + planned;
      judgement.score[index] = value > trace ? limitScore(value, planned, upper + planned) : 0;
    }
    const seen = learnt[index] ?? Number.NaN;
    if (hints?.accepted?.[index] === 1 && value > trace) {
      [rest, everCost, begun] = [0, true, -1];
    } else if (seen > trace && begun < 0) {
      if (rested) begun = index;
      else [rest, everCost] = [0, true];
    } else if (seen <= trace && begun < 0) rest++;
  }
  return judgement;
}
