/** What kind of cause the figures point to. */
import type { Cause, UsageChange } from '../../core/anomaly.ts';
import type { ChangeStory } from '../../core/change-story.ts';
import type { UnitMetric } from '../../core/usage.ts';
import { usageShare } from './usage-change.ts';

/** A part explains a change when it is at least this share of it. */
const MOST = 0.6;
const HALF = 0.5;
/** Usage that accounts for less than this share of a change did not bring it about. */
const LITTLE = 0.3;
/** What usually cost less than this share of now counts as new. */
const NOTHING = 0.02;
/** A job that runs this many times its usual length does not end. */
const LONGER = 1.5;

/** What comes out, before what goes in: requests rather than the tokens and hours spent on them. */
const OUTPUT: readonly UsageChange['metric'][] = ['requests', 'epochs'];

/**
 * The first of these that the figures bear out:
 *
 * 1. egress: most of the change is data on its way out
 * 2. runaway: one machine or job, in training or outside production, that costs more while no more comes out, or that runs
 *    much longer than its like; also more GPU-hours for the same epochs
 * 3. price, mix, traffic or efficiency: what most of the price × volume × mix split is; more volume is traffic when the
 *    requests grew with it, and efficiency when each request takes more
 * 4. traffic: usage accounts for at least half of the change; mix: other kinds in place of the ones before
 * 5. one-off: a single day and a single resource, over
 * 6. new-spend: it never cost anything before
 * 7. efficiency: serving costs more for the same usage
 *
 * Otherwise, and where nothing before is known, unknown: the figures say what rose, not why.
 */
export function causeOf(story: ChangeStory): Cause {
  const { split, swap, stage } = story;
  if (story.egressShare >= MOST) return 'egress';
  if (story.unknownBefore) return 'unknown';
  const accounted = accountedFor(story);
  if (isRunaway(story, accounted)) return 'runaway';
  const bySplit = split && causeOfSplit(story);
  if (bySplit) return bySplit;
  const never = isNew(story) && story.lastCost === undefined;
  if (accounted !== null && accounted >= HALF && !never) return 'traffic';
  if (swap && swap.share >= MOST && accounted !== null) return 'mix';
  if (isOneOff(story)) return 'one-off';
  if (never) return 'new-spend';
  if (accounted !== null && accounted < HALF && stage === 'inference') return 'efficiency';
  return 'unknown';
}

/** Share of the change that usage accounts for: that of what comes out where it is known. Null: unknown. */
function accountedFor(story: ChangeStory): number | null {
  const output = bestShare(story, (metric) => OUTPUT.includes(metric));
  return output ?? bestShare(story, (metric) => !OUTPUT.includes(metric));
}

function bestShare(story: ChangeStory, wanted: (metric: UsageChange['metric']) => boolean): number | null {
  const shares = story.usage
    .filter(({ metric }) => wanted(metric))
    .flatMap((usage) => {
      if (isNew(story)) return beginning(usage);
      return usageShare(usage.ratio, costRatio(story)) ?? [];
    });
  return shares.length > 0 ? Math.max(...shares) : null;
}

/** Of what cost nothing before no share can be told: it is used since, used more than twice as much, or used as before. */
function beginning({ before, during, ratio }: UsageChange): number[] {
  if (before === 0 && during !== null) return [during > 0 ? 1 : 0];
  return ratio === null ? [] : [ratio > 1 ? 1 : 0];
}

function costRatio({ actualMicros, expectedMicros }: ChangeStory): number | null {
  return expectedMicros > 0n ? Number(actualMicros) / Number(expectedMicros) - 1 : null;
}

function isNew({ actualMicros, expectedMicros }: ChangeStory): boolean {
  return actualMicros > 0n && Number(expectedMicros) < Number(actualMicros) * NOTHING;
}

function isRunaway(story: ChangeStory, accounted: number | null): boolean {
  const { resource, stage, actualMicros, expectedMicros } = story;
  if (actualMicros <= expectedMicros) return false;
  const training = (resource?.stage ?? stage) === 'training';
  const outside = resource?.environment !== undefined && !/^prod/i.test(resource.environment);
  if (!training && !outside) return false;
  if (training && hoursWithoutEpochs(story)) return true;
  if (!resource || resource.share < MOST) return false;
  const long = resource.usualDays !== undefined && resource.days > resource.usualDays * LONGER;
  if (accounted === null) return long || (resource.running && resource.steady && outside);
  return accounted < LITTLE && (long || resource.running || resource.days > 1);
}

/** More hours for the same epochs. */
function hoursWithoutEpochs(story: ChangeStory): boolean {
  const share = (metric: UnitMetric) =>
    usageShare(story.usage.find((usage) => usage.metric === metric)?.ratio ?? null, costRatio(story));
  const hours = share('gpu_hours') ?? share('training_hours');
  const epochs = share('epochs');
  return hours !== null && epochs !== null && hours >= HALF && epochs < LITTLE;
}

function causeOfSplit(story: ChangeStory): Cause | undefined {
  const { split, usage } = story;
  const change = Number(story.actualMicros - story.expectedMicros);
  if (!split || change === 0) return undefined;
  if (Number(split.priceMicros) / change >= HALF) return 'price';
  if (Number(split.mixMicros) / change >= HALF) return 'mix';
  if (Number(split.volumeMicros) / change < HALF) return undefined;
  if (OUTPUT.includes(split.metric)) return 'traffic';
  const requests = usage.find(({ metric }) => metric === 'requests');
  const carried = usageShare(requests?.ratio ?? null, split.volumeRatio);
  return carried === null || carried >= HALF ? 'traffic' : 'efficiency';
}

function isOneOff({ first, last, over, resource, actualMicros, expectedMicros }: ChangeStory): boolean {
  return first === last && over && actualMicros > expectedMicros && (resource?.share ?? 0) >= MOST;
}
