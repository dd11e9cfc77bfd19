/** A slow rise that no single day gives away: weekly levels that climb a line, week after week. */
import * as z from 'zod';
import { type Grain, type Series, STEPS_A_DAY, STEPS_A_WEEK } from '../../core/series.ts';
import { lineOf, tQuantile } from './drift/line.ts';
import { stepError } from './drift/step-error.ts';
import { weeklyLevels } from './drift/weekly-levels.ts';
import { learnable, plannedAt, unknownJudgement } from './judgement.ts';
import { numberWith } from './parameter.ts';
import type { Detector, Hints, Judgement } from './types.ts';

/** Fewer levels make no line. */
const LEAST_WEEKS = 5;
/** A single step must explain the levels this much worse than a line does. */
const WORSE_AS_STEP = 2;
const ROUNDING = 1e-9;

const params = z.strictObject({
  weeks: numberWith(8, {
    meaning: 'Weeks over which a rise is looked for; a steep one is found after 5.',
    least: LEAST_WEEKS,
    most: 24,
    whole: true,
  }),
  share: numberWith(0.2, {
    meaning: 'Rise over these weeks that counts, as a share of where it began: 0.2 is 20 %.',
    least: 0.01,
    most: 100,
  }),
});
type Params = z.infer<typeof params>;

/**
 * `drift`: a least-squares line through the weekly levels of the last 5 … `weeks` whole weeks (up to the step
 * before) rises by at least `share` of where it began, and by more than noise: Student's t of its slope over the
 * 99.95 % quantile (Draper & Smith, Applied Regression Analysis, 1998, ch. 1). A line must also explain the levels
 * clearly better than one step, so that a launch or a price change is not told a second time as a drift. The
 * expected value is that of the same weekday (and hour) when the longest of these windows began.
 */
export const drift: Detector<Params> = {
  id: 'drift',
  about: 'A slow rise over weeks, in which no single day stands out.',
  grains: ['day', 'hour'],
  params,
  // The level drifts on while single days lie low.
  bridgedSteps: { day: 7, hour: 168 },
  minPoints: (grain) => LEAST_WEEKS * STEPS_A_WEEK[grain],
  judge,
};

function judge(series: Series, { weeks, share }: Params, hints?: Hints): Judgement {
  const { values, grain } = series;
  const week = STEPS_A_WEEK[grain];
  const learnt = learnable(series, hints);
  const levels = weeklyLevels(learnt, STEPS_A_DAY[grain]);
  const judgement = unknownJudgement(values.length);
  let [known, begin] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    const room = Math.min(weeks, Math.floor((index - begin) / week));
    if (known >= LEAST_WEEKS * week && !Number.isNaN(value))
      judgeStep({ judgement, levels, learnt, index, room, grain, share, hints });
    if (!Number.isNaN(learnt[index] ?? Number.NaN)) known++;
    // What people accepted is the level from which a later drift is measured.
    if (hints?.accepted?.[index] === 1) begin = index + 1;
  }
  return judgement;
}

interface Step {
  readonly judgement: Judgement;
  readonly levels: Float64Array;
  readonly learnt: Float64Array;
  readonly index: number;
  /** Whole weeks that may be looked back. */
  readonly room: number;
  readonly grain: Grain;
  readonly share: number;
  readonly hints: Hints | undefined;
}

function judgeStep({ judgement, levels, learnt, index, room, grain, share, hints }: Step): void {
  let [longest, best, needed] = [0, -1, Number.NaN];
  const week = STEPS_A_WEEK[grain];
  for (let count = LEAST_WEEKS; count <= room; count++) {
    const window = levelsBefore(levels, index, week, count);
    if (!window) break;
    const found = climb(window, share, hints?.bandFactor ?? 1);
    longest = count;
    if (found.score > best) [best, needed] = [found.score, found.needed];
  }
  const expected = earlierValue(learnt, index, week, longest);
  if (longest === 0 || Number.isNaN(expected)) return;
  const planned = plannedAt(hints, index);
  judgement.expected[index] = expected + planned;
  judgement.lower[index] = expected - needed;
  judgement.upper[index] = expected + needed + planned;
  judgement.score[index] = best;
}

/** How clearly the levels climb (or fall) a line, as a score, and the rise that would be on the edge. */
function climb(levels: readonly number[], share: number, factor: number): { score: number; needed: number } {
  const { first, rise, squares, riseError } = lineOf(levels);
  const needed = factor * Math.max(share * Math.abs(first), tQuantile(levels.length - 2) * riseError);
  const size = Math.abs(rise);
  if (size <= ROUNDING * Math.max(...levels.map(Math.abs))) return { score: 0, needed };
  const clearness = stepError(levels) / (WORSE_AS_STEP * squares);
  const ratio = Math.min(size / needed, clearness);
  return { score: ratio === Number.POSITIVE_INFINITY ? 1 : ratio / (1 + ratio), needed };
}

/** The levels of `count` whole weeks that end before the step, oldest first; undefined when one is unknown. */
function levelsBefore(
  levels: Float64Array,
  index: number,
  week: number,
  count: number,
): number[] | undefined {
  const window: number[] = [];
  for (let back = count - 1; back >= 0; back--) {
    const level = levels[index - 1 - back * week] ?? Number.NaN;
    if (Number.isNaN(level)) return undefined;
    window.push(level);
  }
  return window;
}

/** The median of the same step of the week in the three oldest weeks of the window. */
function earlierValue(learnt: Float64Array, index: number, week: number, count: number): number {
  const known = [count, count - 1, count - 2]
    .map((back) => learnt[index - back * week] ?? Number.NaN)
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const [low = Number.NaN, middle = low, high] = known;
  return known.length === 2 ? (low + middle) / 2 : high === undefined ? low : middle;
}
